// The second road: what can't reach a person on one chat goes to another one, once; else somebody is asked to help.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addNotices } from '../../src/db/registration-decide.ts'
import { createDeliverer } from '../../src/jobs/deliver.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import { createPace } from '../../src/jobs/pace.ts'
import { restrict } from '../../src/jobs/restrict.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { setClock } from '../cli/support.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { emptyHouse } from '../support/empty.ts'
import { openEvent } from '../support/world.ts'
import { addPerson, addRegistration, type Person } from './people.ts'
import { openPlatform, type Platform } from './platform.ts'

const EVENT = 'pasuruan-2025-10'
const TELEGRAM = { channel: 'telegram', account: '1' } as const
const WHATSAPP = { channel: 'whatsapp', account: 'main' } as const

let database: TestDatabase
let platform: Platform
const stops: (() => Promise<void>)[] = []
/** Both accounts of one process are swept. */
let run: () => Promise<void>

beforeAll(async () => {
  database = await freshDatabase()
  platform = await openPlatform()
  const { house } = database
  const bots = [TELEGRAM, WHATSAPP].map(({ channel, account }) => platform.bot(channel, account))
  const deliverer = createDeliverer(house, bots, { room: () => {}, due: () => {} })
  const outbox = createOutbox(house, bots, deliverer, createPace(house, false))
  stops.push(outbox.stop, deliverer.stop)
  run = async () => {
    for (const at of [TELEGRAM, WHATSAPP]) await sweep(house, at, (what, to) => what === 'notices' && outbox.ring(to))
  }
})

beforeEach(async () => {
  const { house } = database
  await emptyHouse(house)
  await setClock(house, '2025-09-20T10:00:00+07:00')
  await openEvent(house)
  platform.taken.length = 0
  platform.judge = () => 'take'
})

afterAll(async () => {
  for (const stop of stops) await stop()
  await platform.close()
  await database.close()
})

/** Somebody with a chat on Telegram and one on WhatsApp, who wrote on WhatsApp last. */
async function twoChats(): Promise<{ readonly telegram: Person; readonly whatsapp: Person }> {
  const { house } = database
  const telegram = await addPerson(house)
  const whatsapp = await addPerson(house, { ...WHATSAPP, conversationId: telegram.conversationId })
  await sql`insert into inbox (id, chat_id, channel, account, message_id, place, handled_at)
    values (gen_random_uuid(), ${whatsapp.chatId}, 'whatsapp', 'main', gen_random_uuid(), 1, app_now())`.execute(
    house.db,
  )
  return { telegram, whatsapp }
}

async function queueNotice(person: Person): Promise<void> {
  const { house } = database
  const { id } = await addRegistration(house, EVENT, person)
  const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(house.db)
  const due_at = (rows[0] as { now: Date }).now
  const expires_at = new Date(due_at.getTime() + 86_400_000)
  const notice = { purpose: 'diterima', event_id: EVENT, occurrence: 'accepted', priority: 10, due_at, expires_at }
  await addNotices(house.db, notice, [{ id, conversation_id: person.conversationId, revision: 0 }])
}

/** "road channel state why" of each row. */
async function roads(): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    select concat_ws(' ', road, channel, state, why) as row from ledger order by road, created_at`.execute(
    database.house.db,
  )
  return rows.map(({ row }) => row)
}

/** The same after another sweep. */
async function swept(): Promise<string[]> {
  await run()
  return roads()
}

const tasks = async () =>
  (await database.house.db.selectFrom('task').select(['kind', 'matter']).orderBy('created_at').execute()).map(
    ({ kind }) => kind,
  )

test('who blocked us on one channel is reached on the other, once, on the second road', async () => {
  const { telegram, whatsapp } = await twoChats()
  await queueNotice(telegram)
  platform.judge = ({ address }) => (address === whatsapp.address ? { kind: 'blocked', why: '403' } : 'take')
  await expect.poll(swept).toEqual(['1 whatsapp failed blocked', '2 telegram accepted'])
  expect(platform.taken.map(({ address }) => address)).toEqual([telegram.address])
  expect(await tasks()).toEqual([])
})

test('a message that the first channel can not take goes the second road, too, and not back', async () => {
  const { telegram } = await twoChats()
  await queueNotice(telegram)
  platform.judge = () => ({ kind: 'rejected', why: '400' })
  await expect.poll(swept).toEqual(['1 whatsapp failed 400', '2 telegram failed 400'])
  await run()
  expect(await roads()).toHaveLength(2)
  expect(await tasks()).toEqual(['undelivered'])
})

test('who is reachable nowhere becomes one task, however many messages he misses', async () => {
  const { house } = database
  const person = await addPerson(house)
  await queueNotice(person)
  await sql`update ledger set occurrence = 'first'`.execute(house.db)
  const { rows } = await sql<{ id: string }>`select id from registration`.execute(house.db)
  const times = { due_at: new Date('2025-09-20T03:00:00Z'), expires_at: new Date('2025-10-01T03:00:00Z') }
  await addNotices(house.db, { purpose: 'diterima', event_id: EVENT, occurrence: 'second', priority: 10, ...times }, [
    { id: rows[0]?.id as string, conversation_id: person.conversationId, revision: 0 },
  ])
  platform.judge = () => ({ kind: 'blocked', why: '403' })
  await expect.poll(async () => (await swept()).filter(row => row.includes('failed'))).toHaveLength(2)
  expect(await tasks()).toEqual(['undelivered'])
})

test('while WhatsApp is restricted, those with another channel hear there, the others wait', async () => {
  const { house } = database
  const { telegram } = await twoChats()
  const alone = await addPerson(house, WHATSAPP)
  await queueNotice(telegram)
  await queueNotice(alone)
  await restrict(house, WHATSAPP, '463')
  await expect.poll(swept).toEqual(['1 whatsapp failed 463', '1 whatsapp queued 463', '2 telegram accepted'])
  expect(await tasks()).toEqual(['restricted'])
})

test('a number that was logged out is passed by in the same way', async () => {
  const { house } = database
  const { telegram } = await twoChats()
  await sql`insert into whatsapp_number (account, standing) values ('main', 'logged out')`.execute(house.db)
  // Nothing leaves where nobody is linked.
  platform.judge = ({ address }) => (address === telegram.address ? 'take' : { kind: 'unreachable', why: 'logged out' })
  await queueNotice(telegram)
  await expect.poll(swept).toEqual(['1 whatsapp failed logged out', '2 telegram accepted'])
})

test('a short pause is waited for', async () => {
  const { house } = database
  const { telegram } = await twoChats()
  await queueNotice(telegram)
  platform.judge = () => ({ kind: 'wait', seconds: 30, scope: 'account' })
  await expect.poll(swept).toEqual(['1 whatsapp queued wait 30 s'])
  await run()
  expect(await roads()).toEqual(['1 whatsapp queued wait 30 s'])
  expect(await house.db.selectFrom('ledger').select('attempts').execute()).toEqual([{ attempts: 0 }])
})

test('more notices than one statement routes are routed by one sweep', async () => {
  const { house } = database
  const person = await addPerson(house)
  await addRegistration(house, EVENT, person)
  await sql`
    insert into ledger (id, purpose, recipient, occurrence, conversation_id, registration_id, event_id, state, due_at, expires_at)
    select new_id(), 'diterima', new_id(), n::text, registration.conversation_id, registration.id, event_id, 'queued', app_now(),
      app_now() + interval '1 day'
    from generate_series(1, 2500) as n, registration`.execute(house.db)
  // Nothing leaves meanwhile.
  await sql`insert into pause (id, channel, account, until, why) values (new_id(), 'telegram', '1', app_now() + interval '1 minute', 'test')`.execute(
    house.db,
  )
  await run()
  const { rows } = await sql`select count(*)::int as routed from ledger where chat_id = ${person.chatId}`.execute(
    house.db,
  )
  expect(rows).toEqual([{ routed: 2500 }])
})
