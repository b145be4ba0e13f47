// Notices: rendered when they leave, to the chat the person used last, exactly once.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Channel } from '../../src/bots/port.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { addNotices } from '../../src/db/registration-decide.ts'
import type { Account } from '../../src/jobs/account.ts'
import { createDeliverer } from '../../src/jobs/deliver.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import { createPace } from '../../src/jobs/pace.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { setClock } from '../cli/support.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { openEvent } from '../support/world.ts'
import { addPerson, addRegistration, addTurn, type Person, readLedger, states } from './people.ts'
import { openPlatform, type Platform } from './platform.ts'

const AT = { channel: 'telegram', account: '1' }
const EVENT = 'pasuruan-2025-10'

let database: TestDatabase
let platform: Platform
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  database = await freshDatabase()
  platform = await openPlatform()
  await shiftClock(database.house.db, `${(Date.parse('2025-09-20T03:00:00Z') - Date.now()) / 1000} seconds`)
  await openEvent(database.house)
})

beforeEach(async () => {
  const { db } = database.house
  for (const table of ['ledger', 'pause', 'task', 'registration'] as const) await db.deleteFrom(table).execute()
  platform.taken.length = 0
  platform.judge = () => 'take'
})

afterAll(async () => {
  for (const stop of stops) await stop()
  await platform.close()
  await database.close()
})

/** One process: its sweep for this account. */
function startProcess(at: Account = AT, paced = false): () => Promise<void> {
  const { house } = database
  const bot = platform.bot(at.channel as Channel, at.account)
  const deliverer = createDeliverer(house, [bot], { room: () => {}, due: () => {} })
  const outbox = createOutbox(house, [bot], deliverer, createPace(house, paced))
  stops.push(async () => {
    await outbox.stop()
    await deliverer.stop()
  })
  return () => sweep(house, at, (what, account) => what === 'notices' && outbox.ring(account))
}

async function queueNotice(
  people: readonly Person[],
  status = 'DITERIMA',
  purpose = 'diterima',
  priority = 10,
): Promise<void> {
  const { house } = database
  const to = await Promise.all(
    people.map(async person => {
      const { id } = await addRegistration(house, EVENT, person, status)
      return { id, conversation_id: person.conversationId, revision: 0 }
    }),
  )
  const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(house.db)
  const due_at = (rows[0] as { now: Date }).now
  const expires_at = new Date(due_at.getTime() + 86_400_000)
  await addNotices(house.db, { purpose, event_id: EVENT, occurrence: 'decision', priority, due_at, expires_at }, to)
}

const manyPeople = (count: number) => Promise.all(Array.from({ length: count }, () => addPerson(database.house)))

test('a notice is written from the facts of the moment it leaves', async () => {
  const { house } = database
  const person = await addPerson(house)
  await queueNotice([person])
  await house.db.updateTable('registration').set({ name: 'Siti Aminah' }).execute()
  await startProcess()()
  await expect.poll(() => states(house)).toEqual(['accepted'])
  expect(platform.taken).toMatchObject([{ address: person.address, text: expect.stringContaining('Siti Aminah') }])
})

test('one that is no longer true is cancelled', async () => {
  const { house } = database
  await queueNotice([await addPerson(house)], 'DITOLAK', 'diterima')
  await startProcess()()
  await expect.poll(() => states(house)).toEqual(['cancelled'])
  expect(platform.taken).toEqual([])
})

test('two processes send every notice exactly once', async () => {
  const { house } = database
  await queueNotice(await manyPeople(200))
  const [one, other] = [startProcess(), startProcess()]
  await Promise.all([one(), other()])
  await expect.poll(() => states(house)).toEqual(Array(200).fill('accepted'))
  expect(new Set(platform.taken.map(({ address }) => address)).size).toBe(200)
  expect(platform.taken).toHaveLength(200)
})

test('it goes to the chat the person used last, wherever that is', async () => {
  const { house } = database
  const first = await addPerson(house)
  const second = await addPerson(house, { account: '2', conversationId: first.conversationId })
  for (const { chatId, account } of [first, second]) {
    await sql`insert into inbox (id, chat_id, channel, account, message_id, place, handled_at)
      values (gen_random_uuid(), ${chatId}, 'telegram', ${account}, gen_random_uuid(), 1, app_now())`.execute(house.db)
    await shiftClock(house.db, '1 minute')
  }
  await queueNotice([first])
  await startProcess()()
  expect(await states(house)).toEqual(['queued'])
  await startProcess({ ...AT, account: '2' })()
  await expect.poll(() => states(house)).toEqual(['accepted'])
  expect(platform.taken).toMatchObject([{ address: second.address }])
})

test('a chat that is closed is passed over for another one; without any the notice fails', async () => {
  const { house } = database
  const person = await addPerson(house)
  const second = await addPerson(house, { conversationId: person.conversationId })
  const close = (chatId: string) =>
    house.db.updateTable('chat').set({ blocked_at: new Date() }).where('id', '=', chatId).execute()
  await queueNotice([person])
  const run = startProcess()
  await sql`update ledger set chat_id = ${person.chatId}, channel = 'telegram', account = '1'`.execute(house.db)
  await close(person.chatId)
  await run()
  await expect.poll(() => readLedger(house)).toMatchObject([{ channel: null }])
  await run()
  await expect.poll(() => states(house)).toEqual(['accepted'])
  expect(platform.taken).toMatchObject([{ address: second.address }])

  await close(second.chatId)
  await house.db.deleteFrom('ledger').execute()
  await house.db.deleteFrom('registration').execute()
  await queueNotice([person])
  await run()
  expect(await readLedger(house)).toMatchObject([{ state: 'failed', why: 'no chat' }])
})

test('who said BERHENTI to reminders is told all the same what the office decided', async () => {
  const { house } = database
  const person = await addPerson(house)
  await house.db.updateTable('conversation').set({ stopped_at: new Date() }).execute()
  await queueNotice([person])
  await startProcess()()
  await expect.poll(() => states(house)).toEqual(['accepted'])
})

test('no reminder goes to who said BERHENTI until MULAI, and nothing when its time is over', async () => {
  const { house } = database
  const person = await addPerson(house)
  const stopped = (at: Date | null) =>
    house.db.updateTable('conversation').set({ stopped_at: at }).where('id', '=', person.conversationId).execute()
  await stopped(new Date())
  await queueNotice([person], 'DITERIMA', 'diterima', 20)
  const run = startProcess()
  await run()
  await run()
  expect(await states(house)).toEqual(['queued'])
  await stopped(null)
  await run()
  await expect.poll(() => states(house)).toEqual(['accepted'])

  await house.db.deleteFrom('ledger').execute()
  await house.db.deleteFrom('registration').execute()
  await queueNotice([await addPerson(house)])
  await shiftClock(house.db, '2 days')
  await run()
  await expect.poll(() => states(house)).toEqual(['expired'])
  expect(platform.taken).toHaveLength(1)
})

test('a reminder that was held up waits for the end of the night, what the office decided does not', async () => {
  const { house } = database
  const [one, other] = await manyPeople(2)
  await setClock(house, '2025-09-25T22:30:00+07:00')
  await queueNotice([one as Person], 'DITERIMA', 'diterima', 20)
  await queueNotice([other as Person], 'DITERIMA', 'diterima', 10)
  const run = startProcess()
  await run()
  await run()
  await expect.poll(() => platform.taken.map(({ address }) => address)).toEqual([other?.address])
  await shiftClock(house.db, '7 hours')
  await run()
  await run()
  expect(platform.taken).toHaveLength(1)
  await shiftClock(house.db, '31 minutes')
  await run()
  await expect.poll(() => platform.taken.map(({ address }) => address)).toEqual([other?.address, one?.address])
})

test('a platform that asks to wait at a notice stops the whole account, and burns no try', async () => {
  const { house } = database
  await queueNotice(await manyPeople(30))
  let calls = 0
  platform.judge = () => (++calls > 5 ? { kind: 'wait', seconds: 20, scope: 'chat' } : 'take')
  const run = startProcess()
  await run()
  await expect.poll(async () => (await states(house)).filter(state => state === 'queued').length).toBe(25)
  expect(calls).toBeLessThanOrEqual(20)
  expect((await readLedger(house)).filter(({ attempts }) => attempts > 0)).toHaveLength(5)

  platform.judge = () => 'take'
  await shiftClock(house.db, '21 seconds')
  await startProcess()()
  await expect.poll(() => states(house)).toEqual(Array(30).fill('accepted'))
  expect(platform.taken).toHaveLength(30)
})

test('a reply that had to wait leaves at once, while notices keep their pace', async () => {
  const { house } = database
  const at = { channel: 'whatsapp', account: '1' } as const
  await queueNotice(await Promise.all([1, 2, 3].map(() => addPerson(house, at))))
  const run = startProcess(at, true)
  await run()
  await expect.poll(() => platform.taken).toHaveLength(1)
  const person = await addPerson(house, at)
  const [reply] = await addTurn(house, person, ['Baik, kita lanjutkan.'])
  await house.db
    .updateTable('ledger')
    .set({ state: 'queued', lease_until: null })
    .where('id', '=', reply?.id ?? '')
    .execute()
  const asked = performance.now()
  await run()
  await expect.poll(() => platform.taken.at(-1)?.text).toBe('Baik, kita lanjutkan.')
  expect(performance.now() - asked).toBeLessThan(2_000)
  expect(platform.taken).toHaveLength(2)
})
