// Planning: whom a rule concerns at which moment, each once, whatever happened meanwhile and however many plan at once.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
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
beforeEach(() => sql`truncate event, conversation, chat cascade`.execute(database.house.db))
afterAll(() => database.close())

const at = (local: string) => setClock(database.house, `${local}+07:00`)
const plan = () => planReminders(database.house)
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

test("beyond the day's limit a message leaves the next day", async () => {
  await at('2025-10-05T09:00:01')
  await openEvent(database.house)
  const { id } = await person()
  for (const n of [1, 2, 3])
    await sql`insert into ledger (id, purpose, recipient, occurrence, registration_id, conversation_id, state)
      select gen_random_uuid(), 'data-kurang', id, ${String(n)}, id, conversation_id, 'accepted' from registration where id = ${id}`.execute(
      database.house.db,
    )
  await plan()
  const { rows } = await sql`select due_at, state from ledger where purpose = 'h-3'`.execute(database.house.db)
  expect(rows).toEqual([{ due_at: new Date('2025-10-06T06:00:00+07:00'), state: 'queued' }])
})
