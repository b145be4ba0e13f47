// The whole worker: from a stored message to its answer, on either queue.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSweepAges } from '../../src/db/sweep.ts'
import { freshDatabase } from '../support/database.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { AT, answersTo, database, openWorkers, start, stopWorkers, write } from './workers.ts'

const NAME = 'telegram-1'

openWorkers()

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
      await stopWorkers()
      await neighbour.close()
    },
  )
})
