// kill -9 in the middle of sending: nothing is lost, and little is doubted.
import { spawn } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { type Jobs, startWorker } from '../../src/jobs/worker.ts'
import { createReceiver } from '../../src/turn.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson, addTurn, readLedger } from './people.ts'
import { openPlatform, type Platform } from './platform.ts'

/** Two handfuls. */
const UNDER_WAY = 20

let database: TestDatabase
let platform: Platform
let jobs: Jobs | undefined

beforeEach(async () => {
  database = await freshDatabase()
  platform = await openPlatform()
})
afterEach(async () => {
  await jobs?.stop()
  await platform.close()
  await database.close()
})

/** Lets a process send until the platform has taken so much; kills it while the next messages are in flight. */
async function sendAndDie(after: number): Promise<void> {
  const program = new URL('./doomed-process.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, database.url, String(platform.port)], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  const full = Promise.withResolvers<void>()
  platform.judge = async (): Promise<'take'> => {
    if (platform.taken.length < after) return 'take'
    full.resolve()
    // What is in flight at the kill has arrived, and its sender will never know.
    await ended
    return 'take'
  }
  await full.promise
  child.kill('SIGKILL')
  await ended
  platform.judge = () => 'take'
  await shiftClock(database.house.db, '16 seconds')
}

function startAnother(): void {
  const { house, url } = database
  jobs = startWorker(house, [platform.bot()], { databaseUrl: url, redisUrl: undefined, pace: false })
}

const copies = (): number[] => [...Map.groupBy(platform.taken, ({ id }) => id).values()].map(({ length }) => length)
const inState = async (...wanted: string[]) =>
  (await readLedger(database.house)).filter(({ state }) => wanted.includes(state))

test('notices: at most two handfuls are uncertain, each is there, none more than twice', {
  timeout: 60_000,
}, async () => {
  const { house } = database
  const people = await Promise.all(Array.from({ length: 60 }, () => addPerson(house)))
  await Promise.all(people.map(person => addTurn(house, person, [`besok, ${person.address}`])))
  await sql`update ledger set purpose = 'h_1', priority = 20, state = 'queued', attempts = 0`.execute(house.db)
  await sendAndDie(25)

  startAnother()
  await expect.poll(() => inState('queued', 'claimed', 'attempted')).toEqual([])
  const doubted = await inState('uncertain')
  expect(doubted.length).toBeGreaterThan(0)
  expect(doubted.length).toBeLessThanOrEqual(UNDER_WAY)
  await shiftClock(house.db, '61 seconds')
  await expect.poll(() => inState('accepted')).toHaveLength(60)
  expect(copies()).toHaveLength(60)
  expect(Math.max(...copies())).toBeLessThanOrEqual(2)
  expect(copies().filter(count => count > 1).length).toBeLessThanOrEqual(UNDER_WAY)
})

test('replies: everybody is answered, nobody more than twice', { timeout: 60_000 }, async () => {
  const { house } = database
  const receive = createReceiver(house)
  await receive(
    Array.from({ length: 50 }, (_, i) => ({
      channel: 'telegram',
      account: '1',
      address: `orang ${i}`,
      messageId: randomUUIDv7(),
      order: i,
      said: { kind: 'text', text: 'halo' } as const,
    })),
  )
  await sendAndDie(20)

  startAnother()
  await expect.poll(() => inState('queued', 'claimed', 'attempted')).toEqual([])
  expect((await inState('accepted')).length).toBe((await readLedger(house)).length)
  expect(new Set(platform.taken.map(({ address }) => address)).size).toBe(50)
  expect(Math.max(...copies())).toBeLessThanOrEqual(2)
})
