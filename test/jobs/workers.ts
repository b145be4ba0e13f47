// What tests of the whole worker share: a database, a platform, workers that stop after each test, people who write.
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Bot } from '../../src/bots/port.ts'
import type { House } from '../../src/house.ts'
import { type Jobs, startWorker } from '../../src/jobs/worker.ts'
import { createReceiver } from '../../src/turn.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { openPlatform, type Platform } from './platform.ts'

export const AT = { channel: 'telegram', account: '1' } as const

export let database: TestDatabase
let platform: Platform
const running: Jobs[] = []

/** Opens all of it for the tests of a file. */
export function openWorkers(): void {
  beforeAll(async () => {
    database = await freshDatabase()
    platform = await openPlatform()
  })
  afterEach(stopWorkers)
  afterAll(async () => {
    await platform.close()
    await database.close()
  })
}

export async function stopWorkers(): Promise<void> {
  await Promise.all(running.splice(0).map(jobs => jobs.stop()))
}

export function start({
  redisUrl,
  bots = [platform.bot()],
  databaseUrl = database.url,
  house = database.house,
}: {
  redisUrl?: string
  bots?: Bot[]
  databaseUrl?: string
  house?: House
} = {}): Jobs {
  const jobs = startWorker(house, bots, { databaseUrl, redisUrl, pace: false })
  running.push(jobs)
  return jobs
}

/** Stores a message and rings nobody. */
export async function write(address: string, account = '1'): Promise<void> {
  const said = { kind: 'text', text: 'halo' } as const
  await createReceiver(database.house)([
    { ...AT, account, address, messageId: randomUUIDv7(), order: Date.now(), said },
  ])
}

export const answersTo = (address: string): number => platform.taken.filter(one => one.address === address).length
