// Planning: whom a rule concerns at which moment, each once, whatever happened meanwhile and however many plan at once.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { loadEventsNow } from '../../src/db/event-read.ts'
import { planReminders } from '../../src/jobs/plan.ts'
import { setClock } from '../cli/support.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { openEvent } from '../support/world.ts'
import { addPerson, addRegistration } from './people.ts'

const EVENT = 'pasuruan-2025-10'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(() => sql`truncate event, conversation, chat, inbox, ledger cascade`.execute(database.house.db))
afterAll(() => database.close())

const at = (local: string) => setClock(database.house, `${local}+07:00`)
const plan = async () => planReminders(database.house, await loadEventsNow(database.house.db))
const person = async (status = 'DITERIMA') =>
  addRegistration(database.house, EVENT, await addPerson(database.house), status)

/** The ledger in a word a row, in the order in which they are due. */
async function rows(): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    select purpose || ' ' || state as row from ledger order by due_at, expires_at, purpose, state`.execute(
    database.house.db,
  )
  return rows.map(({ row }) => row)
}

test('a rule that is due concerns who is accepted, once', async () => {
  await at('2025-10-05T08:59:00')
  await openEvent(database.house)
  await person()
  await person('MENUNGGU_VERIFIKASI')
  expect(await plan()).toBe(0)
  await at('2025-10-05T09:00:01')
  expect(await plan()).toBe(1)
  expect(await plan()).toBe(0)
  expect(await rows()).toEqual(['h-3 queued'])
})

test('eight planners at once plan everybody once', async () => {
  await at('2025-10-05T09:00:01')
  await openEvent(database.house)
  for (let i = 0; i < 40; i++) await person()
  const added = await Promise.all(Array.from({ length: 8 }, plan))
  expect(added.reduce((sum, count) => sum + count, 0)).toBe(40)
  expect(await rows()).toEqual(Array(40).fill('h-3 queued'))
})

test('of what was missed only the latest that is of use leaves, the others are written down', async () => {
  await at('2025-09-30T09:00:00')
  await openEvent(database.house)
  await person()
  await person('PERLU_PERBAIKAN')
  await at('2025-10-08T06:10:00')
  await plan()
  expect(await rows()).toEqual([
    'data-kurang expired',
    'data-kurang expired',
    'data-kurang expired',
    'h-3 expired',
    'h-1 expired',
    'pagi queued',
  ])
})

test('what was missed at night waits for the end of the quiet hours, or is of no use any more', async () => {
  await at('2025-10-04T09:00:00')
  await openEvent(database.house)
  await person()
  await at('2025-10-05T23:00:00')
  await plan()
  const { rows } = await sql`select due_at from ledger where state = 'queued'`.execute(database.house.db)
  expect(rows).toEqual([{ due_at: new Date('2025-10-06T06:00:00+07:00') }])
})

test('who is accepted late gets the newest reminder; with a message at the acceptance that is the newest', async () => {
  await at('2025-10-05T10:00:00')
  await openEvent(database.house)
  await person()
  await plan()
  await at('2025-10-07T19:00:00')
  await plan()
  const late = await person()
  const told = await person()
  await sql`insert into ledger (id, purpose, recipient, occurrence, registration_id, state)
    values (gen_random_uuid(), 'diterima', ${told.id}, 'accepted', ${told.id}, 'accepted')`.execute(database.house.db)
  await plan()
  const of = async (id: string) =>
    (
      await sql<{
        row: string
      }>`select purpose || ' ' || state as row from ledger where recipient = ${id} order by due_at`.execute(
        database.house.db,
      )
    ).rows.map(({ row }) => row)
  expect(await of(late.id)).toEqual(['h-3 expired', 'h-1 queued'])
  expect((await of(told.id)).toSorted()).toEqual(['diterima accepted', 'h-1 expired', 'h-3 expired'])
})

test('a reminder that still waits is overtaken by the next of its session', async () => {
  await at('2025-10-05T09:00:01')
  await openEvent(database.house)
  await person()
  await plan()
  await at('2025-10-07T18:30:01')
  await plan()
  expect(await rows()).toEqual(['h-3 superseded', 'h-1 queued'])
})

test('until somebody is checked in nobody is missed; then those who are not, and the second day is for those who were', async () => {
  await at('2025-10-08T08:30:01')
  await openEvent(database.house)
  const here = await person()
  await person()
  await plan()
  expect((await rows()).filter(row => /belum-hadir|hari-2/.test(row))).toEqual([])
  await sql`insert into check_in (registration_id, session, by) values (${here.id}, 'd1-reg', 'test')`.execute(
    database.house.db,
  )
  await plan()
  expect((await rows()).filter(row => /belum-hadir|hari-2/.test(row))).toEqual(['belum-hadir queued'])
  await at('2025-10-08T19:00:01')
  await plan()
  expect((await rows()).filter(row => /belum-hadir|hari-2/.test(row))).toEqual(['belum-hadir queued', 'hari-2 queued'])
})

/** Another event with the same rules. */
const otherEvent = ({ event, registration }: Record<string, unknown>) => {
  return {
    event: { ...(event as object), id: 'lain-2025' },
    registration: { ...(registration as object), number_prefix: 'LAIN' },
  }
}

/** So many messages of a purpose were sent to a person today. */
async function sent(id: string, purpose: string, count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await sql`insert into ledger (id, purpose, recipient, occurrence, registration_id, conversation_id, state, created_at)
      select gen_random_uuid(), ${purpose}, id, ${String(n)}, id, conversation_id, 'accepted', app_now() - interval '1 minute'
      from registration
      where id = ${id}`.execute(database.house.db)
}
const dueOf = async (purpose: string) =>
  (await sql`select due_at, state from ledger where purpose = ${purpose}`.execute(database.house.db)).rows

test("beyond the day's limit a message leaves the next day", async () => {
  await at('2025-10-05T09:00:01')
  await openEvent(database.house)
  const { id } = await person()
  await sent(id, 'data-kurang', 3)
  await plan()
  expect(await dueOf('h-3')).toEqual([{ due_at: new Date('2025-10-06T06:00:00+07:00'), state: 'queued' }])
})

test('beyond the limit what would be too late tomorrow leaves all the same', async () => {
  await at('2025-10-08T06:00:01')
  await openEvent(database.house)
  const { id } = await person()
  await sent(id, 'data-kurang', 3)
  await plan()
  expect(await dueOf('pagi')).toEqual([{ due_at: new Date('2025-10-08T06:00:00+07:00'), state: 'queued' }])
})

test('replies, decisions, corrections and results take nothing from the limit', async () => {
  await at('2025-10-05T09:00:01')
  await openEvent(database.house)
  const { id } = await person()
  for (const purpose of ['reply', 'diterima', 'perubahan', 'perbaikan', 'tawaran', 'hasil', 'sertifikat'])
    await sent(id, purpose, 3)
  await plan()
  expect(await dueOf('h-3')).toEqual([{ due_at: new Date('2025-10-05T09:00:00+07:00'), state: 'queued' }])
})

test('the limit is a person’s, however many events he is registered for', async () => {
  await at('2025-10-05T09:00:01')
  await openEvent(database.house)
  await openEvent(database.house, file => ({ ...file, ...otherEvent(file) }))
  const both = await addPerson(database.house)
  const { id } = await addRegistration(database.house, EVENT, both)
  await addRegistration(database.house, 'lain-2025', both)
  await sent(id, 'data-kurang', 2)
  await plan()
  const due = (await dueOf('h-3')).map(row => (row as { due_at: Date }).due_at.toISOString())
  expect(due.toSorted()).toEqual(['2025-10-05T02:00:00.000Z', '2025-10-05T23:00:00.000Z'])
})

test('what was missed before a session leaves in a soft prayer time where it would be of no use after it', async () => {
  await at('2025-10-08T11:30:00')
  await openEvent(database.house, file => {
    const { reminders } = file as { reminders: { plan: unknown[] } }
    const plan = [{ id: 'siang', to: 'accepted', session: 'd1-m3', before: 'PT150M' }]
    const sessions = (file.sessions as { id: string; start: string }[]).map(session =>
      session.id === 'd1-m3' ? { ...session, start: '2025-10-08T12:40:00+07:00' } : session,
    )
    return { ...file, sessions, reminders: { ...reminders, plan } }
  })
  await person()
  await plan()
  const [row] = await dueOf('siang')
  expect(row).toMatchObject({ state: 'queued' })
  expect((row as { due_at: Date }).due_at.toISOString()).toMatch(/^2025-10-08T04:30:0/)
})

test.each([
  ['Asia/Jakarta', '+07:00'],
  ['Asia/Makassar', '+08:00'],
  ['Asia/Jayapura', '+09:00'],
])('in %s a rule fires on the clock of its own zone', async (timezone, offset) => {
  const moved = (file: Record<string, unknown>) => {
    const there = JSON.parse(JSON.stringify(file).replaceAll('+07:00', offset))
    return { ...there, event: { ...there.event, timezone } }
  }
  await setClock(database.house, `2025-10-07T18:29:00${offset}`)
  await openEvent(database.house, moved)
  await person()
  await plan()
  expect(await dueOf('h-1')).toEqual([])
  await setClock(database.house, `2025-10-07T18:30:01${offset}`)
  await plan()
  expect(await dueOf('h-1')).toEqual([{ due_at: new Date(`2025-10-07T18:30:00${offset}`), state: 'queued' }])
})
