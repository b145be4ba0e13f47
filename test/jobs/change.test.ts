// An event changes: who knows the former truth is told the new one once, and what waits follows it.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { moveSession } from '../../src/cli/event-move.ts'
import { importEvent } from '../../src/db/event-import.ts'
import { listEvents } from '../../src/db/event-list.ts'
import type { EventFile } from '../../src/domain/event-file.ts'
import { planCorrections } from '../../src/jobs/correct.ts'
import { createDeliverer } from '../../src/jobs/deliver.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import { createPace } from '../../src/jobs/pace.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { setClock } from '../cli/support.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { emptyHouse } from '../support/empty.ts'
import { openEvent } from '../support/world.ts'
import { addPerson, addRegistration, type Person } from './people.ts'
import { openPlatform, type Platform } from './platform.ts'

const EVENT = 'pasuruan-2025-10'
const AT = { channel: 'telegram', account: '1' } as const

let database: TestDatabase
let platform: Platform
const stops: (() => Promise<void>)[] = []
let run: () => Promise<void>

beforeAll(async () => {
  database = await freshDatabase()
  platform = await openPlatform()
  const { house } = database
  const bots = [platform.bot()]
  const deliverer = createDeliverer(house, bots, { room: () => {}, due: () => {} })
  const outbox = createOutbox(house, bots, deliverer, createPace(house, false))
  stops.push(outbox.stop, deliverer.stop)
  run = () => sweep(house, AT, (what, to) => what === 'notices' && outbox.ring(to))
})

beforeEach(async () => {
  const { house } = database
  await emptyHouse(house)
  await setClock(house, '2025-10-05T10:00:00+07:00')
  await openEvent(house)
  platform.taken.length = 0
  platform.judge = () => 'take'
})

afterAll(async () => {
  for (const stop of stops) await stop()
  await platform.close()
  await database.close()
})

const at = (local: string) => setClock(database.house, `${local}+07:00`)
const instant = (local: string) => Temporal.Instant.from(`${local}+07:00`)

/** The event's file is replaced; nothing else is done. */
async function change(how: (file: EventFile) => EventFile): Promise<void> {
  const { db, seal } = database.house
  const [event] = await listEvents(db)
  const imported = await importEvent(db, seal, how((event as { file: EventFile }).file), 'test')
  if (!imported.ok) throw new Error(imported.why)
}

const move = (id: string, to: string) => change(file => moveSession(file, id, instant(to)))

/** "purpose state" of each row, by the time it is due. */
async function rows(): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    select purpose || ' ' || state as row from ledger order by due_at, created_at, purpose`.execute(database.house.db)
  return rows.map(({ row }) => row)
}

/** The same after another sweep. */
async function swept(): Promise<string[]> {
  await run()
  return rows()
}

/** Somebody who got the reminder of three days before. */
async function told(): Promise<Person> {
  const person = await addPerson(database.house)
  await addRegistration(database.house, EVENT, person)
  await run()
  await expect.poll(rows).toContain('h-3 accepted')
  return person
}

test('whoever was told hears once what changed; who was told nothing hears the new truth alone', async () => {
  const person = await told()
  const fresh = await addPerson(database.house)
  await addRegistration(database.house, EVENT, fresh, 'MENUNGGU_VERIFIKASI')
  await move('d1-reg', '2025-10-08T08:00:00')
  await run()
  await run()
  await expect.poll(rows).toEqual(['h-3 accepted', 'perubahan accepted'])
  expect(platform.taken.at(-1)).toMatchObject({
    address: person.address,
    text: expect.stringContaining('sekarang Rabu, 8 Oktober 2025, 08.00 WIB (sebelumnya 07.30 WIB).'),
  })
  await sql`update registration set status = 'DITERIMA', changed_at = app_now()`.execute(database.house.db)
  await run()
  await expect.poll(() => platform.taken.filter(({ address }) => address === fresh.address)).toHaveLength(1)
  expect(platform.taken.at(-1)?.text).toContain('08.00 WIB')
  expect(platform.taken.at(-1)?.text).not.toContain('perubahan')
  expect(platform.taken).toHaveLength(3)
})

test('two changes before the first correction leaves become one that tells all; back again, none', async () => {
  await told()
  await at('2025-10-05T22:00:00')
  await move('d1-reg', '2025-10-08T08:00:00')
  await run()
  await move('d2-reg', '2025-10-09T09:00:00')
  await run()
  expect((await rows()).slice(1).toSorted()).toEqual(['perubahan queued', 'perubahan superseded'])
  await at('2025-10-06T06:00:01')
  await run()
  await expect.poll(() => platform.taken).toHaveLength(2)
  expect(platform.taken[1]?.text).toMatch(
    /08\.00 WIB \(sebelumnya 07\.30 WIB\)[\s\S]*09\.00 WIB \(sebelumnya 07\.30 WIB\)/,
  )

  await at('2025-10-06T22:00:00')
  await move('d2-reg', '2025-10-09T10:00:00')
  await run()
  await move('d2-reg', '2025-10-09T09:00:00')
  await at('2025-10-07T06:00:01')
  await run()
  await expect.poll(async () => (await rows()).filter(row => /(queued|claimed|attempted)$/.test(row))).toEqual([])
  expect((await rows()).filter(row => row.startsWith('perubahan')).toSorted()).toEqual([
    'perubahan accepted',
    'perubahan cancelled',
    'perubahan superseded',
    'perubahan superseded',
  ])
  expect(platform.taken).toHaveLength(2)
})

test('what was rendered before a change and leaves after it is corrected', async () => {
  const { house } = database
  const person = await addPerson(house)
  await addRegistration(house, EVENT, person)
  let release = () => {}
  platform.judge = () =>
    new Promise(resolve => {
      release = () => resolve('take')
    })
  await run()
  await expect.poll(rows).toEqual(['h-3 attempted'])
  await move('d1-reg', '2025-10-08T08:00:00')
  await planCorrections(house)
  expect(await rows()).toEqual(['h-3 attempted', 'perubahan queued'])
  platform.judge = () => 'take'
  release()
  await expect.poll(rows).toContain('h-3 accepted')
  await run()
  await expect.poll(rows).toEqual(['h-3 accepted', 'perubahan accepted'])
})

test('a reminder that waits follows the new hour, and is not told twice where the day stays', async () => {
  await told()
  await at('2025-10-08T06:00:01')
  // Nothing leaves for a while.
  const { db } = database.house
  await sql`insert into pause (id, channel, account, until, why)
    values (new_id(), 'telegram', '1', app_now() + interval '10 minutes', 'test')`.execute(db)
  await run()
  expect(await rows()).toContain('pagi queued')
  await move('d1-reg', '2025-10-08T13:00:00')
  await at('2025-10-08T06:20:00')
  await run()
  await expect.poll(rows).toEqual(['h-3 accepted', 'h-1 expired', 'perubahan accepted', 'pagi queued'])
  const { rows: pagi } = await sql`select due_at, expires_at from ledger where purpose = 'pagi'`.execute(db)
  // An hour and a half before is Dzuhur, which yields to what must be told before the session.
  expect(pagi).toEqual([
    { due_at: new Date('2025-10-08T12:45:00+07:00'), expires_at: new Date('2025-10-08T13:00:00+07:00') },
  ])
})

test('on another day people are reminded anew, and a reminder that the correction makes idle is not sent', async () => {
  await told()
  await at('2025-10-07T18:30:01')
  await run()
  await expect.poll(rows).toEqual(['h-3 accepted', 'h-1 accepted'])
  await change(file => {
    const later = (text: string) =>
      text.replace(/^2025-10-0[89]/, day => (day.endsWith('8') ? '2025-10-15' : '2025-10-16'))
    const sessions = file.sessions.map(one => ({ ...one, start: later(one.start), end: later(one.end) }))
    const event = { ...file.event, date_start: '2025-10-15', date_end: '2025-10-16' } as unknown as EventFile['event']
    return { ...file, event, sessions }
  })
  await run()
  await run()
  await expect.poll(rows).toEqual(['h-3 accepted', 'h-1 accepted', 'perubahan accepted'])
  expect(platform.taken.at(-1)?.text).toMatch(/Ada \d+ perubahan jam lagi: ketik JADWAL/)
  await at('2025-10-12T09:00:01')
  await run()
  await expect.poll(() => platform.taken.at(-1)?.text).toContain('3 hari lagi')
  await at('2025-10-14T18:30:01')
  await run()
  await expect.poll(() => platform.taken.at(-1)?.text).toContain('besok')
  expect(platform.taken).toHaveLength(5)
})

test('who withdrew or was rejected hears nothing more, not even what had waited', async () => {
  const person = await told()
  platform.judge = () => ({ kind: 'wait', seconds: 1, scope: 'account' })
  await at('2025-10-07T18:30:01')
  await run()
  await expect.poll(rows).toEqual(['h-3 accepted', 'h-1 queued'])
  await sql`update registration set status = 'MENGUNDURKAN_DIRI', changed_at = app_now()
    where conversation_id = ${person.conversationId}`.execute(database.house.db)
  await move('d1-reg', '2025-10-08T08:00:00')
  platform.judge = () => 'take'
  await at('2025-10-07T18:31:00')
  await expect.poll(swept).toEqual(['h-3 accepted', 'h-1 cancelled'])
  expect(platform.taken).toHaveLength(1)
})

test('a change that is near leaves in the night, too', async () => {
  await told()
  await at('2025-10-07T18:30:01')
  await run()
  await expect.poll(rows).toContain('h-1 accepted')
  await at('2025-10-07T23:00:00')
  await move('d1-reg', '2025-10-08T05:00:00')
  await run()
  await expect.poll(rows).toContain('perubahan accepted')
})
