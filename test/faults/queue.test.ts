// A queue that can't be reached, is wiped out or dies costs time, and nothing else.
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { freePort } from '../../src/db/port.ts'
import { answersTo, database, openWorkers, start, write } from '../jobs/workers.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

openWorkers()

test('with a queue that can’t be reached everything is sent by the sweep', async () => {
  const nowhere = `redis://127.0.0.1:${await freePort()}`
  const jobs = start({ redisUrl: nowhere })
  await shiftClock(database.house.db, '11 seconds')
  for (const name of ['a', 'b', 'c']) {
    await write(name)
    // A sweep that nobody schedules is noticed 10 s late, and comes every 3 s from then on.
    await expect.poll(() => answersTo(name), { timeout: 25_000 }).toBeGreaterThan(0)
  }
  expect(await jobs.health()).toEqual({ queue: 'away' })
}, 80_000)

test.runIf(hasRedis)('a queue that is wiped out again and again costs only time', async () => {
  const redis = await startRedis()
  start({ redisUrl: redis.url })
  const client = new Redis(redis.url)
  for (let round = 0; round < 3; round++) {
    await client.flushall()
    await write(`flushed ${round}`)
    await client.flushall()
    await shiftClock(database.house.db, '11 seconds')
    await expect.poll(() => answersTo(`flushed ${round}`)).toBeGreaterThan(0)
  }
  client.disconnect()
  await redis.close()
})

test.runIf(hasRedis)('a queue that dies in the middle costs only time, and the worker still stops', async () => {
  const own = await startRedis()
  const jobs = start({ redisUrl: own.url })
  await expect.poll(jobs.health).toEqual({ queue: 'ok' })
  await own.close()
  await write('after its death')
  await shiftClock(database.house.db, '11 seconds')
  await expect.poll(() => answersTo('after its death')).toBeGreaterThan(0)
  expect(await jobs.health()).toEqual({ queue: 'away' })
  await jobs.stop()
})
