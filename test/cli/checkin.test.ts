import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadEventsNow } from '../../src/db/event-read.ts'
import { ticketText } from '../../src/files/ticket.ts'
import { planReminders } from '../../src/jobs/plan.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addRegistration, importSample, type Registered, sapa, setClock } from './support.ts'

let database: TestDatabase
let here: Registered
let away: Registered
let waiting: Registered
beforeAll(async () => {
  database = await freshDatabase()
  const { house } = database
  await setClock(house, '2025-10-08T07:30:00+07:00')
  await importSample(house)
  here = await addRegistration(house, 1)
  away = await addRegistration(house, 2, { name: 'Siti Aminah' })
  waiting = await addRegistration(house, 3, { name: 'Slamet' })
  const accepted = [here.id, away.id]
  await house.db.updateTable('registration').set({ status: 'DITERIMA' }).where('id', 'in', accepted).execute()
})
afterAll(() => database.close())

const checkin = (...args: string[]) => sapa(database, ['checkin', ...args, '--session', 'd1-reg', '--by', 'Rini'])
const preview = async (at: string) =>
  JSON.parse((await sapa(database, ['reminders', 'preview', '--at', at, '--json'])).stdout)

test('a preview says who gets a reminder, who does not and why, and how long it takes', async () => {
  const { rules, pace } = await preview('2025-10-07T18:30:00+07:00')
  const of = (id: string) => rules.find((one: { rule: string }) => one.rule === id)
  expect(of('h-1').recipients.map((one: { number: string }) => one.number)).toEqual([here.number, away.number])
  expect(of('h-1').excluded).toEqual([{ number: waiting.number, reason: 'not accepted: MENUNGGU_VERIFIKASI' }])
  expect(of('pagi').silent).toBe('due 2025-10-08 06:00')
  expect(of('hasil').silent).toBe('waits for results')
  expect(pace).toEqual([{ channel: 'telegram', messages: 2, seconds: 1, days: 1 }])
  expect((await sapa(database, ['reminders', 'preview', '--at', 'besok'])).code).toBe(2)
  const later = await preview('2025-10-08T08:30:00+07:00')
  const missing = later.rules.find((one: { rule: string }) => one.rule === 'belum-hadir')
  expect(missing.silent).toBe('nobody was checked in at d1-reg yet')
})

test('a preview names who said BERHENTI, who can be reached nowhere, and who was told already', async () => {
  const { db } = database.house
  const { id: told, conversation } = here
  await db.updateTable('conversation').set({ stopped_at: new Date() }).where('id', '=', away.conversation).execute()
  await sql`insert into ledger (id, purpose, recipient, occurrence, registration_id, conversation_id, state, created_at)
    values (new_id(), 'diterima', ${told}, 'accepted', ${told}, ${conversation}, 'accepted', '2025-10-07T19:00:00+07:00')`.execute(
    db,
  )
  const excluded = async () => {
    const { rules } = await preview('2025-10-07T20:00:00+07:00')
    return rules.find((one: { rule: string }) => one.rule === 'h-1').excluded.slice(0, 2)
  }
  expect(await excluded()).toEqual([
    { number: here.number, reason: 'was told all of it since it was due' },
    { number: away.number, reason: 'said BERHENTI' },
  ])
  await db.updateTable('conversation').set({ stopped_at: null }).execute()
  await db
    .updateTable('chat')
    .set({ blocked_at: new Date() })
    .where('conversation_id', '=', away.conversation)
    .execute()
  expect((await excluded())[1]).toEqual({ number: away.number, reason: 'can be reached nowhere' })
  await db.updateTable('chat').set({ blocked_at: null }).execute()
  await db.deleteFrom('ledger').execute()
})

test("a ticket's text checks in, a second time says when it was; what is forged or not accepted checks nobody in", async () => {
  const ticket = ticketText(database.house.seal, here.number)
  const first = await checkin(ticket)
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toMatch(/Budi Santoso: checked in at d1-reg, 2025-10-08 07:3/)
  const second = await checkin(here.number)
  expect(second.code).toBe(0)
  expect(second.stdout).toMatch(/was checked in already at d1-reg, 2025-10-08 07:3\d, by Rini/)
  const forged = await checkin(`${away.number}.AAAAAAAA`, here.number)
  expect(forged).toMatchObject({ code: 1, stdout: '' })
  expect(forged.stderr).toMatch(/nobody was checked in: .*neither a ticket of ours nor a registration number/)
  expect((await checkin(waiting.number)).stderr).toContain('not accepted: MENUNGGU_VERIFIKASI')
  const session = await sapa(database, ['checkin', away.number, '--session', 'd9'])
  expect(session.stderr).toContain('its event has no session "d9"')
})

test('the sheet to sign shows who is there, and only who is not gets the reminder', async () => {
  const sheet = await sapa(database, ['attendance', 'sheet', '--session', 'd1-reg'])
  expect(sheet.stdout).toMatch(/1 +PSR-\S+ +Budi Santoso +gapensi +yes +_+/)
  expect(sheet.stdout).toMatch(/2 +PSR-\S+ +Siti Aminah/)
  expect(sheet.stdout).not.toContain('Slamet')
  await setClock(database.house, '2025-10-08T08:30:01+07:00')
  await planReminders(database.house, await loadEventsNow(database.house.db))
  const rows = await database.house.db
    .selectFrom('ledger')
    .select('recipient')
    .where('purpose', '=', 'belum-hadir')
    .execute()
  expect(rows).toEqual([{ recipient: away.id }])
})
