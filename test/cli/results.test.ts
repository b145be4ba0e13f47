import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { accept } from '../../src/cli/decide.ts'
import { check, keep } from '../../src/cli/results-import.ts'
import { approve, publish, undo } from '../../src/cli/results-publish.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addRegistration, importSample, type Registered, sapa, setClock } from './support.ts'

const EVENT = 'pasuruan-2025-10'
const TITLES = 'nomor_pendaftaran,nik,hasil,nomor_sertifikat,tanggal_terbit,berlaku_sampai,umpan_balik'
const nik = (n: number) => `357501170885${9000 + n}`

let database: TestDatabase
let people: Registered[]
beforeEach(async () => {
  database = await freshDatabase()
  await setClock(database.house, '2025-10-01T09:00:00+07:00')
  await importSample(database.house)
  people = []
  for (let n = 1; n <= 4; n++) people.push(await addRegistration(database.house, n))
  await accept(database.house, { numbers: people.map(({ number }) => number) }, 'Bu Rini')
  await setClock(database.house, '2025-10-20T09:00:00+07:00')
})
afterEach(() => database.close())

const number = (n: number) => people[n - 1]?.number as string
const results = (...args: string[]) => sapa(database, ['results', ...args])
async function file(...lines: readonly string[]): Promise<string> {
  const path = join(database.house.dataDir, 'hasil.csv')
  await writeFile(path, [TITLES, ...lines].join('\n'))
  return path
}
const good = () =>
  file(
    `${number(1)},${nik(1)},K,SKK-0001,2025-10-20,2030-10-20,`,
    `${number(2)},'${nik(2)},bk,,,,Perlu latihan membaca gambar kerja`,
  )
const first = () => `${number(1)},${nik(1)},K,,,,`
const second = () => `${number(2)},${nik(2)},BK,,,,Perlu latihan`
const told = () =>
  database.house.db.selectFrom('ledger').selectAll().where('purpose', 'in', ['hasil', 'sertifikat']).execute()
const imports = () => database.house.db.selectFrom('result_import').selectAll().execute()

test('a dry run says what a file would do, and keeps nothing', async () => {
  const { code, stdout } = await results('import', await good(), '--dry-run')
  expect(stdout).toBe(
    [
      `note: line 2, ${number(1)}: has a result, and was never checked in`,
      `note: line 3, ${number(2)}: has a result, and was never checked in`,
      '2 results: 1 Kompeten, 1 Belum Kompeten',
      '2 accepted people are not in the file and hear nothing:',
      `  ${number(3)}  Budi Santoso (was never checked in)`,
      `  ${number(4)}  Budi Santoso (was never checked in)`,
      'nothing was kept: that was a dry run',
      '',
    ].join('\n'),
  )
  expect(code).toBe(0)
  expect(await imports()).toEqual([])
})

test('each wrong row is named in words, and one wrong row refuses the file', async () => {
  const path = await file(
    `${number(1)},${nik(1)},K,,,,`,
    `PSR-00001C,${nik(1)},K,,,,`,
    `PSR-00009K,${nik(9)},K,,,,`,
    `${number(2)},${nik(1)},K,,,,`,
    `${number(3)},3.57501E+15,K,,,,`,
    `${number(3)},${nik(3).slice(1)},K,,,,`,
    `${number(3)},${nik(3)},lulus,,,,`,
    `${number(3)},${nik(3)},BK,,,,`,
    `${number(3)},${nik(3)},BK,SKK-9,,,ulang`,
    `${number(3)},${nik(3)},K,,,2030-10-20,`,
    `${number(3)},${nik(3)},K,SKK-9,2025-10-20,2025-10-20,`,
    `${number(1)},${nik(1)},K,,,,`,
  )
  const { code, stdout, stderr } = await results('import', path)
  expect(stdout.split('\n')).toEqual([
    'line 3, PSR-00001C: "PSR-00001C" is no registration number',
    'line 4, PSR-00009K: not registered for this event',
    `line 5, ${number(2)}: the NIK belongs to somebody else`,
    `line 6, ${number(3)}: Excel has cut the NIK: make the column text and fill it in again`,
    `line 7, ${number(3)}: a NIK has 16 digits, this one 15`,
    `line 8, ${number(3)}: hasil must be K or BK, not "LULUS"`,
    `line 9, ${number(3)}: BK without umpan_balik: the worker needs to know what to work on`,
    `line 10, ${number(3)}: BK, and yet a certificate number`,
    `line 11, ${number(3)}: dates of a certificate, but no nomor_sertifikat`,
    `line 12, ${number(3)}: berlaku_sampai is not after tanggal_terbit`,
    `line 13, ${number(1)}: the same person as in line 2`,
    `note: line 2, ${number(1)}: has a result, and was never checked in`,
    `note: line 13, ${number(1)}: has a result, and was never checked in`,
    '',
  ])
  expect(stderr).toBe(`sapa: nothing was imported: 11 mistakes in ${path}\n`)
  expect(code).toBe(1)
  expect(await imports()).toEqual([])
})

test('a file with other columns is refused, and its mistakes are JSON for who wants JSON', async () => {
  const path = join(database.house.dataDir, 'lain.csv')
  await writeFile(path, 'nomor_pendaftaran,nik,nilai\nx,y,z\n')
  const { code, stdout } = await results('import', path, '--json')
  expect(code).toBe(1)
  expect(JSON.parse(stdout).mistakes).toContainEqual({ line: 1, number: '', why: 'the column hasil is missing' })
  expect(JSON.parse(stdout).mistakes).toContainEqual({ line: 1, number: '', why: 'nobody knows the column "nilai"' })
})

test('an Excel file with columns of units is read as a csv is', async () => {
  const path = join(database.house.dataDir, 'hasil.xlsx')
  const rows = [
    [...TITLES.split(','), 'unit F.45.TB.001', 'unit F.45.TB.002'],
    [number(1), nik(1), 'K', '', '', '', '', 'K', 'K'],
    [number(2), nik(2), 'BK', '', '', '', 'Ulangi plesteran', 'K', 'BK'],
  ]
  await writeXlsxFile(rows.map(row => row.map(value => ({ value, type: String })))).toFile(path)
  const { code, stdout } = await results('import', path, '--json', '--by', 'Bu Rini')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ import: 1, competent: 1, not_yet: 1, missing: [number(3), number(4)] })
  const rowsKept = await database.house.db.selectFrom('result').selectAll().execute()
  const sealed = rowsKept.find(row => row.registration_id === people[1]?.id)
  const place = `result.detail:${sealed?.import_id} ${sealed?.registration_id}`
  expect(database.house.seal.openJson(place, sealed?.detail as Buffer)).toEqual({
    certificate: null,
    issued: null,
    validUntil: null,
    feedback: 'Ulangi plesteran',
    units: [
      ['F.45.TB.001', 'K'],
      ['F.45.TB.002', 'BK'],
    ],
  })
})

test('one name publishes, another approves, and until the minutes are over an undo leaves no trace', async () => {
  const { house } = database
  const rows = [TITLES, first(), second()].map(line => line.split(','))
  await keep(house, EVENT, await check(house, EVENT, rows), 'Bu Rini')
  expect((await results('publish')).code).toBe(2)
  await expect(approve(house, EVENT, 'Pak Hadi')).rejects.toThrow('import 1 is not published yet')
  expect((await results('publish', '--by', 'Bu Rini')).stdout).toContain('published by Bu Rini; nobody was told')
  await expect(approve(house, EVENT, 'bu rini ')).rejects.toThrow('another name must approve')
  expect(await told()).toEqual([])
  const approved = JSON.parse((await results('approve', '--by', 'Pak Hadi', '--json')).stdout)
  expect(approved).toMatchObject({ approved: 1, hasil: 2, sertifikat: 0 })
  expect(approved.leaves_at).toMatch(/^2025-10-20T02:1\d/)
  expect(await told()).toMatchObject([
    { purpose: 'hasil', state: 'queued', occurrence: '1.1' },
    { purpose: 'hasil', state: 'queued', occurrence: '1.1' },
  ])
  expect((await results('undo', '--by', 'Bu Rini')).stdout).toContain(
    'waits for its publication again; nobody was told',
  )
  expect((await told()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
})

test('what was undone is told after all when it is published again, as it was or from another file', async () => {
  await announce('2025-10-20T09:00:00+07:00', first(), second())
  await undo(database.house, EVENT, 'a')
  await publish(database.house, EVENT, 'a')
  await approve(database.house, EVENT, 'b')
  await undo(database.house, EVENT, 'a')
  await announce('2025-10-20T09:02:00+07:00', first(), second())
  expect((await told()).filter(({ state }) => state === 'queued')).toHaveLength(2)
  await setClock(database.house, '2025-10-20T09:30:00+07:00')
  await expect(undo(database.house, EVENT, 'a')).rejects.toThrow("can't be undone any more")
  expect(JSON.parse((await results('--json')).stdout).standing).toEqual({ K: 1, BK: 1 })
})

/** Publishes and approves a table at a time, as the commands do. */
async function announce(at: string, ...lines: readonly string[]) {
  await setClock(database.house, at)
  const rows = [TITLES, ...lines].map(line => line.split(','))
  await keep(database.house, EVENT, await check(database.house, EVENT, rows), 'a', true)
  await publish(database.house, EVENT, 'a')
  return approve(database.house, EVENT, 'b')
}

test('a result is told between the hours of its rule, and not in a prayer time', async () => {
  const due = async (at: string) => {
    const { leavesAt } = await announce(at, first(), second())
    await undo(database.house, EVENT, 'a')
    return leavesAt.toISOString().slice(0, 15)
  }
  expect(await due('2025-10-20T19:55:00+07:00')).toBe('2025-10-21T01:0')
  expect(await due('2025-10-24T11:00:00+07:00')).toBe('2025-10-24T06:0')
  expect(await due('2025-10-25T05:00:00+07:00')).toBe('2025-10-25T01:0')
})

test('a second import waits for --yes, and none may come between while the first can be undone', async () => {
  await results('import', await good())
  expect((await results('import', await good())).stderr).toContain('--yes puts this file in its place')
  await announce('2025-10-20T09:00:00+07:00', first())
  expect((await results('import', await good())).stderr).toContain('can be undone until')
})

test('who has heard a result hears only what is new: a certificate, or a corrected result', async () => {
  const hears = async (at: string, ...lines: readonly string[]) => {
    const { hasil, sertifikat } = await announce(at, ...lines)
    return { hasil, sertifikat }
  }
  expect(await hears('2025-10-20T09:00:00+07:00', first(), second())).toEqual({ hasil: 2, sertifikat: 0 })
  const withCertificate = `${number(1)},${nik(1)},K,SKK-0001,2025-10-20,2030-10-20,`
  expect(await hears('2025-10-22T09:00:00+07:00', withCertificate, second())).toEqual({ hasil: 0, sertifikat: 1 })
  const corrected = `${number(2)},${nik(2)},K,SKK-0002,2025-10-23,2030-10-23,`
  expect(await hears('2025-10-23T09:00:00+07:00', corrected)).toEqual({ hasil: 1, sertifikat: 0 })
  await setClock(database.house, '2025-10-24T14:00:00+07:00')
  const taken = `${number(3)},${nik(3)},K,skk 0001,,,`
  const rows = [TITLES, taken].map(line => line.split(','))
  expect((await check(database.house, EVENT, rows)).mistakes).toEqual([
    { line: 2, number: number(3), why: `that certificate is ${number(1)}'s` },
  ])
})

test('a result that has not left yet is overtaken by a corrected one, and not by its certificate', async () => {
  await announce('2025-10-20T09:00:00+07:00', first(), second())
  const withCertificate = `${number(1)},${nik(1)},K,SKK-0001,2025-10-20,2030-10-20,`
  const corrected = `${number(2)},${nik(2)},K,,,,`
  await announce('2025-10-20T10:00:00+07:00', withCertificate, corrected)
  const rows = (await told()).map(row => [row.registration_id === people[0]?.id ? 1 : 2, row.purpose, row.state])
  expect(rows.map(row => row.join(' ')).sort()).toEqual([
    '1 hasil queued',
    '1 sertifikat queued',
    '2 hasil queued',
    '2 hasil superseded',
  ])
})

test('a correction that is undone lets the result wait again that it had overtaken', async () => {
  await announce('2025-10-20T20:30:00+07:00', first(), second())
  await announce('2025-10-20T20:45:00+07:00', `${number(2)},${nik(2)},K,,,,`)
  await undo(database.house, EVENT, 'a')
  const rows = (await told()).map(({ occurrence, state }) => `${occurrence} ${state}`)
  expect(rows.sort()).toEqual(['1.1 queued', '1.1 queued', '2.1 cancelled'])
})

test('an event file that is imported again does not shorten the life of a result', async () => {
  await announce('2025-10-20T09:00:00+07:00', first())
  await importSample(database.house, file => {
    file.event.dress = 'Rapi'
  })
  const [row] = await told()
  expect(row?.state).toBe('queued')
  expect(row?.expires_at?.toISOString()).toMatch(/^2026-01-18/)
})

test("the summary names each association's people and outcomes, once they are published", async () => {
  expect((await results('summary')).stdout).toBe('no results are published yet\n')
  await announce('2025-10-20T09:00:00+07:00', first(), second())
  await setClock(database.house, '2025-10-20T09:30:00+07:00')
  expect(JSON.parse((await results('summary', '--json')).stdout)).toMatchObject([
    { association: 'gapensi', number: number(1), outcome: 'Kompeten' },
    { association: 'gapensi', number: number(2), outcome: 'Belum Kompeten' },
  ])
})
