// What officers hear of their association's results: numbers, once, after the members; nothing that was undone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accept } from '../../src/cli/decide.ts'
import { approve, publish, undo } from '../../src/cli/results-publish.ts'
import { importEvent } from '../../src/db/event-import.ts'
import { listEvents } from '../../src/db/event-list.ts'
import type { EventFile } from '../../src/domain/event-file.ts'
import { acronym } from '../../src/flows/office-desk.ts'
import workersFile from '../domain/workers.json' with { type: 'json' }
import { bringWorkers, EVENT, importTable, resultTable, setTime, type Worker } from '../support/assessed.ts'
import { leave } from '../support/office.ts'
import { officerOf, say } from '../support/officers.ts'
import { answerUntil, createWorld, openEvent, type Person, type World } from '../support/world.ts'

let world: World
let workers: readonly Worker[]
const officers = new Map<string, Person>()
beforeAll(async () => {
  world = await createWorld('whatsapp')
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
  for (const id of await quotas()) officers.set(id, await officerOf(world, id))
  workers = await bringWorkers(world)
  // Two of the four who were absent from the assessment were there on the first day.
  const came = workersFile.results.filter(({ attendance }) => attendance.d2 === 'HADIR').map(({ id }) => id)
  const second = workers.filter(({ id }) => came.includes(id))
  await world.house.db
    .insertInto('check_in')
    .values(
      second.map(({ registration: registration_id }) => {
        return { registration_id, session: 'd2-reg', by: 'test', at: new Date('2025-10-09T00:30:00Z') }
      }),
    )
    .execute()
  await setTime(world, '2025-10-20T08:30:00+07:00')
}, 120_000)
afterAll(() => world.close())

const quotas = async () => Object.keys((await theFile()).quotas)
const theFile = async () => (await listEvents(world.house.db))[0]?.file as EventFile
const announce = async () => {
  await publish(world.house, EVENT, 'Bu Rina')
  return approve(world.house, EVENT, 'Pak Hadi')
}
/** The texts of everything that leaves at this time. */
async function leaves(at: string): Promise<readonly string[]> {
  await setTime(world, `${at}+07:00`)
  const texts: string[] = []
  for (let sent = await leave(world); sent.length > 0; sent = await leave(world))
    texts.push(...sent.map(({ text }) => text))
  return texts
}
const toOfficers = (texts: readonly string[]) => texts.filter(text => text.startsWith('Hasil uji anggota'))
const summaries = () => world.house.db.selectFrom('ledger').selectAll().where('purpose', '=', 'hasil-anggota').execute()
const associationOf = new Map(workersFile.workers.map(({ id, association_id }) => [id, association_id]))
const nameOf = (id: string) => workersFile.workers.find(one => one.id === id)?.display_name as string
const membersOf = (association: string) => workers.filter(({ id }) => associationOf.get(id) === association)
const hasil = (association: string) => say(officers.get(association) as Person, 'HASIL')

/** The sentence with an association's numbers; `more` are Kompeten after a correction. */
function numbersOf(association: string, more = 0): string {
  const count = (outcome: Worker['outcome']) => membersOf(association).filter(one => one.outcome === outcome).length
  return `Hasil uji anggota ${acronym(association)} pada Uji Kompetensi Tenaga Kerja Konstruksi 2025: ${count('K') + more} Kompeten, ${count('BK') - more} Belum Kompeten, ${count(null)} tidak hadir.`
}

test('what is published and undone reaches no officer, and HASIL shows nothing of it meanwhile', async () => {
  await importTable(world, resultTable(workers))
  expect(await announce()).toMatchObject({ hasil: 71, officers: 10 })
  expect(await hasil('gapensi')).toContain('belum diumumkan')
  await undo(world.house, EVENT, 'Bu Rina')
  expect(await leaves('2025-10-20T09:30:00')).toEqual([])
  expect((await summaries()).map(({ state }) => state)).toEqual(Array(10).fill('cancelled'))
  expect(await hasil('gapensi')).toContain('belum diumumkan')
}, 60_000)

test('published again, each officer hears the numbers of the own members once, when these have heard', async () => {
  await setTime(world, '2025-10-20T19:46:00+07:00')
  await announce()
  expect(await leaves('2025-10-20T20:01:00')).toEqual([])
  expect(await hasil('gapensi')).toContain('kami kabarkan kepada anggotanya dulu')
  const letters = [...(await leaves('2025-10-21T08:01:00')), ...(await leaves('2025-10-21T08:04:00'))]
  const texts = toOfficers(letters)
  const associations = await quotas()
  for (const association of associations) {
    const nth = letters.findIndex(text => text.startsWith(numbersOf(association)))
    const heard = membersOf(association).map(({ id }) => letters.findIndex(text => text.includes(nameOf(id))))
    expect(nth).toBeGreaterThan(Math.max(...heard))
  }
  expect(texts.map(text => text.split('\n')[0]).sort()).toEqual(associations.map(id => numbersOf(id)).sort())
  const sum = (pattern: RegExp) => texts.reduce((all, text) => all + Number(pattern.exec(text)?.[1]), 0)
  expect([sum(/(\d+) Kompeten/), sum(/(\d+) Belum/), sum(/(\d+) tidak hadir/)]).toEqual([63, 8, 4])
  for (const { display_name } of workersFile.workers) expect(texts.join()).not.toContain(display_name)
  expect(await leaves('2025-10-22T09:00:00')).toEqual([])
}, 60_000)

test('HASIL and KENAPA are answered also when the event is over', async () => {
  expect((await hasil('ataki')).split('\n')[0]).toBe(numbersOf('ataki'))
  const why = await say(officers.get('ataki') as Person, 'kenapa')
  expect(why).toMatch(/pengurus asosiasi, dan hasil uji anggotanya sudah diumumkan\. Aturan: hasil-anggota/)
  expect(await say(officers.get('ataki') as Person, 'KUOTA')).toContain('Acara ini sudah selesai')
})

test('a certificate and a corrected result are no second message to officers; HASIL counts what is corrected', async () => {
  await importTable(world, resultTable(workers, true))
  expect(await announce()).toMatchObject({ sertifikat: 63, officers: 0 })
  expect(toOfficers(await leaves('2025-10-22T10:00:00'))).toEqual([])
  const wrong = workers.find(({ outcome }) => outcome === 'BK') as Worker
  const association = associationOf.get(wrong.id) as string
  const [titles = []] = resultTable([])
  await importTable(world, [titles, [wrong.number, wrong.nik, 'K', '', '', '', '']])
  expect(await announce()).toMatchObject({ hasil: 1, officers: 0 })
  expect(await hasil(association)).toContain(numbersOf(association))
  await setTime(world, '2025-10-22T10:30:00+07:00')
  expect(await hasil(association)).toContain('kami kabarkan kepada anggotanya dulu')
  expect(await leaves('2025-10-22T10:31:00')).toHaveLength(1)
  expect(await leaves('2025-10-22T13:30:00')).toEqual([])
  expect(await hasil(association)).toContain(numbersOf(association, 1))
}, 60_000)

test('of a file that comes in parts only officers hear whose members have a first result, and none who was removed', async () => {
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
  for (const id of ['ataki', 'gapensi', 'aksi']) await officerOf(world, id)
  const niks = { ataki: '3575011708859001', gapensi: '3575011708859002' }
  for (const [association, nik] of Object.entries(niks))
    await answerUntil(world.person(association), 'confirm', { association, nik })
  await accept(world.house, { allOf: EVENT }, 'Bu Rina')
  await leaves('2025-10-09T09:00:00')
  const people = await world.house.db.selectFrom('registration').selectAll().orderBy('number').execute()
  const [titles = []] = resultTable([])
  const row = (n: number) => [people[n]?.number ?? '', Object.values(niks)[n] ?? '', 'K', '', '', '', '']
  await setTime(world, '2025-10-20T18:00:00+07:00')
  await importTable(world, [titles, row(0)])
  expect(await announce()).toMatchObject({ hasil: 1, officers: 1 })
  await setTime(world, '2025-10-20T20:30:00+07:00')
  // Written anew, the event file shortens no message's life.
  const file = await theFile()
  await importEvent(world.house.db, world.house.seal, { ...file, event: { ...file.event, dress: 'Rapi' } }, 'Bu Rina')
  expect((await summaries())[0]?.expires_at?.toISOString()).toMatch(/^2026-01/)
  await importTable(world, [titles, row(0), row(1)])
  expect(await announce()).toMatchObject({ hasil: 1, officers: 1 })
  await world.house.db
    .updateTable('officer')
    .set({ removed_at: new Date() })
    .where('association', '=', 'gapensi')
    .execute()
  await leaves('2025-10-21T08:01:00')
  expect(await leaves('2025-10-21T08:04:00')).toEqual([
    expect.stringMatching(/^Hasil uji anggota ATAKI .*: 1 Kompeten, 0/),
  ])
  expect((await summaries()).map(({ state }) => state).sort()).toEqual(['accepted', 'cancelled'])
}, 60_000)

test('an officer who took part himself sees the numbers as an officer, and the own result as a worker', async () => {
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
  const both = await officerOf(world, 'aksi')
  await say(both, 'PESERTA')
  await answerUntil(both, 'confirm', { association: 'aksi' })
  await accept(world.house, { allOf: EVENT }, 'Bu Rina')
  const { number } = await world.house.db.selectFrom('registration').select('number').executeTakeFirstOrThrow()
  await setTime(world, '2025-10-20T08:00:00+07:00')
  await importTable(world, [resultTable([])[0] ?? [], [number, '3575011708859001', 'K', '', '', '', '']])
  await announce()
  expect(await leaves('2025-10-20T08:30:00')).toHaveLength(1)
  expect(await leaves('2025-10-20T08:33:00')).toHaveLength(1)
  await say(both, '17-08-1985')
  expect(await say(both, 'HASIL')).toContain('balas dengan tanggal lahir')
  expect(await say(both, '17-08-1985')).toContain(': Kompeten.')
  await say(both, 'PENGURUS')
  const numbers = await say(both, 'HASIL')
  expect(numbers).toContain('1 Kompeten, 0 Belum Kompeten')
  expect(numbers).toContain('Mau melihat hasil Bapak/Ibu sendiri? Ketik PESERTA, lalu HASIL.')
  await say(both, 'PESERTA')
  expect(await say(both, 'HASIL')).toContain('balas dengan tanggal lahir')
}, 60_000)
