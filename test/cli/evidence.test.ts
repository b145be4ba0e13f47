import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { accept } from '../../src/cli/decide.ts'
import { check, keep } from '../../src/cli/results-import.ts'
import { approve, publish } from '../../src/cli/results-publish.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addRegistration, importSample, sapa, setClock } from './support.ts'

const EVENT = 'pasuruan-2025-10'
const TITLES = [
  'nomor_pendaftaran',
  'nik',
  'hasil',
  'nomor_sertifikat',
  'tanggal_terbit',
  'berlaku_sampai',
  'umpan_balik',
]

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
  const { house } = database
  await setClock(house, '2025-10-01T09:00:00+07:00')
  await importSample(house)
  const people = [await addRegistration(house, 1), await addRegistration(house, 2), await addRegistration(house, 3)]
  await accept(house, { numbers: people.map(({ number }) => number) }, 'Bu Rini')
  await setClock(house, '2025-10-20T09:00:00+07:00')
  const rows = [
    TITLES,
    [people[0]?.number ?? '', '3575011708859001', 'K', 'SKK-1', '2025-10-20', '2030-10-20', ''],
    [people[1]?.number ?? '', '3575011708859002', 'BK', '', '', '', 'Perlu latihan'],
  ]
  await keep(house, EVENT, await check(house, EVENT, rows), 'Bu Rini')
  await publish(house, EVENT, 'Bu Rini')
  await approve(house, EVENT, 'Pak Hadi')
  await setClock(house, '2025-10-20T10:00:00+07:00')
})
afterEach(() => database.close())

test('the folder holds what an inspector asks for, its sums equal the ledger and the log, and no NIK is in it', async () => {
  const folder = join(database.house.dataDir, 'bukti')
  const { code, stdout } = await sapa(database, [
    'evidence',
    '--event',
    EVENT,
    '--out',
    folder,
    '--by',
    'Bu Rini',
    '--json',
  ])
  expect(code).toBe(0)
  const { counts, audit_head } = JSON.parse(stdout)
  const { db } = database.house
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  const lines = async (name: string) => (await read(name)).trimEnd().split('\r\n').slice(1)
  const ledger = await db.selectFrom('ledger').select('id').where('event_id', '=', EVENT).execute()
  const sums = (await lines('ledger.csv')).map(line => Number(line.split(',').at(-1)))
  expect(sums.reduce((a, b) => a + b, 0)).toBe(ledger.length)
  expect(ledger).toHaveLength(5)
  expect(await lines('results.csv')).toHaveLength(2)
  expect(await lines('attendance.csv')).toHaveLength(3)
  const entries = await db.selectFrom('audit').select('seq').execute()
  expect(counts).toMatchObject({ audit: entries.length, results: 2, appeals: 0 })
  expect((await read('audit.csv')).trimEnd().endsWith(audit_head)).toBe(true)
  const all = await Promise.all(
    ['attendance', 'results', 'decisions', 'ledger', 'audit'].map(name => read(`${name}.csv`)),
  )
  expect(all.join()).not.toContain('3575011708859')
  for (const line of (await read('SHA256SUMS')).trimEnd().split('\n')) {
    const [sum, name] = line.split('  ')
    expect(
      createHash('sha256')
        .update(await read(name ?? ''))
        .digest('hex'),
    ).toBe(sum)
  }
  const verified = await sapa(database, ['audit', 'verify', '--head', audit_head])
  expect(verified).toMatchObject({ code: 0, stderr: '' })
})

test('a log that was tampered with refuses the folder, and the verification names the entry', async () => {
  await database.house.db.updateTable('audit').set({ by: 'Pak Lain' }).where('seq', '=', 2).execute()
  const [refused, verified] = await Promise.all([
    sapa(database, ['evidence', '--out', join(database.house.dataDir, 'bukti')]),
    sapa(database, ['audit', 'verify']),
  ])
  expect(refused.stderr).toBe('sapa: the audit log was tampered with: see sapa audit verify\n')
  expect(verified.stdout).toContain('entry 2: it was changed, or stood elsewhere')
  expect(verified.code).toBe(1)
})
