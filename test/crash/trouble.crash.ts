// What a platform, a server and an operator do to the program in mid-run: no try is burnt, nothing leaves blindly, nothing
// is doubled.
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, expect, it } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import type { TestDatabase } from '../support/database.ts'
import { ownPostgres } from '../support/own-postgres.ts'
import { type Fleet, ON_TELEGRAM, openFleet } from './fleet.ts'
import { judge, unfinished } from './judge.ts'
import { TROUBLE_SECONDS } from './measure.ts'
import { acceptEverybody, addTelegramChats } from './people.ts'

const REMINDERS = 3
const PROCESSES = 2
const HANDFUL = 10
/** A second longer than a process' hold on its messages, and a sweep. */
const PAST_LEASE_MS = 20_000

let fleet: Fleet
afterEach(() => fleet.close())

/** A fleet on Telegram that has so many people to remind, three times each, at once. */
async function open(people: number, given?: TestDatabase): Promise<void> {
  fleet = await openFleet([0, 0, 0], given)
  const { data, telegram } = fleet
  const ids = Array.from({ length: people }, (_, n) => n + 1)
  for (const id of ids) telegram.world.chat(id).started = true
  await addTelegramChats(data.house, String(telegram.world.botId), ids)
  await acceptEverybody(data.house)
  for (let n = 0; n < PROCESSES; n++) fleet.add(ON_TELEGRAM)
}

const shown = (): number =>
  [...fleet.telegram.world.chats.values()].reduce((sum, { messages }) => sum + messages.length, 0)
const until = (count: number) => expect.poll(shown, { timeout: 60_000 }).toBeGreaterThanOrEqual(count)

/** Everything has left, each message once. */
async function expectOnce(people: number): Promise<void> {
  await expect.poll(() => unfinished(fleet), { timeout: 180_000 }).toBe(0)
  const verdict = await judge(fleet, people * REMINDERS)
  expect(verdict).toMatchObject({ lost: 0, doubledEffects: 0, copies: 0, uncertain: 0, failed: 0 })
  expect(verdict.messages).toBe(people * REMINDERS)
}

it(`429 on every second message for ${TROUBLE_SECONDS} s burns no try`, async () => {
  await open(100)
  const end = fleet.telegram.fails('sendMessage', { status: 429, retryAfter: 1 }, { every: 2, times: 1_000_000 })
  await until(1)
  await pause(TROUBLE_SECONDS * 1_000)
  end()
  await expectOnce(100)
  const { rows } = await sql`select distinct attempts from ledger`.execute(fleet.data.house.db)
  expect(rows).toEqual([{ attempts: 1 }])
})

it(`PostgreSQL away for ${TROUBLE_SECONDS} s: nothing leaves meanwhile, and nothing twice afterwards`, async () => {
  const own = await ownPostgres()
  await open(100, own.data)
  await until(60)
  await own.stop()
  // What was marked as attempted before may leave.
  const before = shown()
  await pause(TROUBLE_SECONDS * 1_000)
  expect(shown() - before).toBeLessThanOrEqual(HANDFUL * PROCESSES)
  expect(shown()).toBeLessThan(300)
  await own.start()
  await expectOnce(100)
})

it('a process that sleeps through its leases sends nothing that another has taken over', async () => {
  await open(150)
  await until(100)
  const [sleeper] = fleet.members
  sleeper?.program.kill('SIGSTOP')
  await pause(PAST_LEASE_MS)
  sleeper?.program.kill('SIGCONT')
  const { db } = fleet.data.house
  const left = async () =>
    (await sql`select from ledger where state in ('queued', 'claimed', 'attempted')`.execute(db)).rows.length
  await expect.poll(left, { timeout: 60_000 }).toBe(0)
  await shiftClock(db, '61 seconds')
  await expectOnce(150)
})

it('a rolling restart doubles nothing and leaves nothing in doubt', async () => {
  await open(150)
  for (const [n, member] of [...fleet.members].entries()) {
    await until(100 * (n + 1))
    await fleet.replace(member, 'SIGTERM')
  }
  await expectOnce(150)
  const { rows } = await sql`select distinct attempts from ledger`.execute(fleet.data.house.db)
  expect(rows).toEqual([{ attempts: 1 }])
})
