// Leases: one holder at a time, taken over when it dies, given up when it is lost.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { reserveTime, takeLease } from '../../src/db/lease.ts'
import { withLease } from '../../src/jobs/lease.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

/** Holds until told to end, and tells what happens. */
function contender(name: string, log: string[], label: string) {
  const stop = new AbortController()
  const done = withLease(
    database.house,
    name,
    2,
    async signal => {
      log.push(`${label} begins`)
      await new Promise(resolve => signal.addEventListener('abort', resolve))
      log.push(`${label} ends`)
    },
    stop.signal,
  )
  return async () => {
    stop.abort()
    await done
  }
}

test('one of two runs, and the other takes over when it stops', async () => {
  const log: string[] = []
  const stopA = contender('poller', log, 'a')
  await expect.poll(() => log).toEqual(['a begins'])
  const stopB = contender('poller', log, 'b')
  await stopA()
  await expect.poll(() => log).toEqual(['a begins', 'a ends', 'b begins'])
  await stopB()
})

test('the lease of a dead process falls to the next after its time, and the fence rises', async () => {
  const { db } = database.house
  expect(await takeLease(db, 'socket', randomUUID(), 15)).toBe(1)
  expect(await takeLease(db, 'socket', randomUUID(), 15)).toBeUndefined()
  await shiftClock(db, '15 seconds')
  expect(await takeLease(db, 'socket', randomUUID(), 15)).toBe(2)
})

test('who lost the lease hears of it', async () => {
  const { db } = database.house
  const log: string[] = []
  const stop = contender('lost', log, 'a')
  await expect.poll(() => log).toEqual(['a begins'])
  await db.updateTable('lease').set({ holder: randomUUID(), fence: 99 }).where('name', '=', 'lost').execute()
  await expect.poll(() => log.slice(0, 2)).toEqual(['a begins', 'a ends'])
  await stop()
})

test('the processes of an account together keep its pace', async () => {
  const { db } = database.house
  const waits = []
  for (let i = 0; i < 4; i++) waits.push(await reserveTime(db, 'pace', randomUUID(), 3))
  expect(waits.map(Math.round)).toEqual([0, 3, 6, 9])
})
