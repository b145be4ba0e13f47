// The whole worker: from a stored message to its answer, on either queue, with a dead queue and without one.
import { randomUUIDv7 } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Bot } from '../../src/bots/port.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { freePort } from '../../src/db/port.ts'
import { readSweepAges } from '../../src/db/sweep.ts'
import type { House } from '../../src/house.ts'
import { type Jobs, startWorker } from '../../src/jobs/worker.ts'
import { createReceiver } from '../../src/turn.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { openPlatform, type Platform } from './platform.ts'

const AT = { channel: 'telegram', account: '1' } as const
const NAME = 'telegram-1'

let database: TestDatabase
let platform: Platform
const running: Jobs[] = []

beforeAll(async () => {
  database = await freshDatabase()
  platform = await openPlatform()
})
afterEach(async () => {
  await Promise.all(running.splice(0).map(jobs => jobs.stop()))
})
afterAll(async () => {
  await platform.close()
  await database.close()
})

function start({
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
async function write(address: string, account = '1'): Promise<void> {
  const said = { kind: 'text', text: 'halo' } as const
  await createReceiver(database.house)([
    { ...AT, account, address, messageId: randomUUIDv7(), order: Date.now(), said },
  ])
}

const answersTo = (address: string): number => platform.taken.filter(one => one.address === address).length

test('a message is answered at once when its process is rung', async () => {
  const jobs = start()
  await write('budi')
  jobs.ring('turns', AT)
  await expect.poll(() => answersTo('budi'), { timeout: 2_500 }).toBeGreaterThan(0)
})

test('what was stored while no worker ran is answered at its start', async () => {
  await write('siti')
  start()
  await expect.poll(() => answersTo('siti')).toBeGreaterThan(0)
})

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

describe.each(['postgres', ...(hasRedis ? ['redis'] : [])])('on %s', kind => {
  let redis: Awaited<ReturnType<typeof startRedis>> | undefined
  beforeAll(async () => {
    if (kind === 'redis') redis = await startRedis()
  })
  afterAll(() => redis?.close())

  const here = () => (redis ? { redisUrl: redis.url } : {})

  test('a process that only stores wakes the one that serves the account', async () => {
    start(here())
    const web = start({ ...here(), bots: [] })
    await expect.poll(web.health).toEqual({ queue: 'ok' })
    await write(`${kind} web`)
    web.ring('turns', AT)
    await expect.poll(() => answersTo(`${kind} web`)).toBeGreaterThan(0)
  })

  test('the sweep is rung by the queue', async () => {
    const { db } = database.house
    start(here())
    const age = async () => (await readSweepAges(db, [NAME])).get(NAME) as number
    await expect.poll(age).toBeLessThan(1)
    const { ran_at: first } = await db
      .selectFrom('sweep')
      .select('ran_at')
      .where('name', '=', NAME)
      .executeTakeFirstOrThrow()
    const ran = () => db.selectFrom('sweep').select('ran_at').where('name', '=', NAME).executeTakeFirstOrThrow()
    await expect.poll(async () => (await ran()).ran_at > first).toBe(true)
    await write(`${kind} swept`)
    await expect.poll(() => answersTo(`${kind} swept`)).toBeGreaterThan(0)
  })

  test('a sweep that stopped is started again', async () => {
    const { db } = database.house
    const jobs = start(here())
    await expect.poll(jobs.health).toEqual({ queue: 'ok' })
    await db
      .updateTable('sweep')
      .set({ ran_at: new Date(0) })
      .execute()
    await write(`${kind} late`)
    await expect.poll(() => answersTo(`${kind} late`)).toBeGreaterThan(0)
  })

  test.runIf(kind === 'redis')(
    'two installations with the same account on one Redis hear only their own bells',
    async () => {
      const neighbour = await freshDatabase()
      start(here())
      start({ ...here(), house: neighbour.house, databaseUrl: neighbour.url })
      const web = start({ ...here(), bots: [] })
      await expect.poll(web.health).toEqual({ queue: 'ok' })
      // What a neighbour took would be answered only once the sweep finds it, 10 s late.
      for (let bell = 0; bell < 8; bell++) {
        await write(`own bell ${bell}`)
        web.ring('turns', AT)
        await expect.poll(() => answersTo(`own bell ${bell}`), { timeout: 5_000 }).toBeGreaterThan(0)
      }
      await Promise.all(running.splice(0).map(jobs => jobs.stop()))
      await neighbour.close()
    },
  )

  test.runIf(kind === 'redis')('a queue that is wiped out again and again costs only time', async () => {
    start(here())
    const client = new Redis((redis as { url: string }).url)
    for (let round = 0; round < 3; round++) {
      await client.flushall()
      await write(`flushed ${round}`)
      await client.flushall()
      await shiftClock(database.house.db, '11 seconds')
      await expect.poll(() => answersTo(`flushed ${round}`)).toBeGreaterThan(0)
    }
    client.disconnect()
  })

  test.runIf(kind === 'redis')(
    'a queue that dies in the middle costs only time, and the worker still stops',
    async () => {
      const own = await startRedis()
      const jobs = start({ redisUrl: own.url })
      await expect.poll(jobs.health).toEqual({ queue: 'ok' })
      await own.close()
      await write('after its death')
      await shiftClock(database.house.db, '11 seconds')
      await expect.poll(() => answersTo('after its death')).toBeGreaterThan(0)
      expect(await jobs.health()).toEqual({ queue: 'away' })
      await jobs.stop()
    },
  )
})
