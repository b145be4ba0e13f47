// What the house stands on goes away while people register: PostgreSQL, its backends, Redis; and a stop under load.
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { afterEach, expect, inject, it } from 'vitest'
import { onServer } from '../support/admin.ts'
import { ownPostgres } from '../support/own-postgres.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { openBench } from './bench.ts'
import { AWAY_SECONDS, CROWD } from './measure.ts'
import { expectAllRight, register } from './registering.ts'

const PEOPLE = Array.from({ length: CROWD }, (_, i) => i + 1)

let bench: Awaited<ReturnType<typeof openBench>>
afterEach(() => bench.close())

/** Lets everybody register, and `hurt` once a third of all is said; then everything must be right. */
async function hurtInTheMiddle(hurt: () => Promise<void>): Promise<void> {
  let heard = 0
  const third = Promise.withResolvers<void>()
  const registering = Promise.all(
    PEOPLE.map(n =>
      register(bench.registrant(n), n, () => {
        if (++heard === PEOPLE.length * 5) third.resolve()
      }),
    ),
  )
  await Promise.race([third.promise, registering])
  await hurt()
  await registering
  await expectAllRight(bench, PEOPLE)
}

it('PostgreSQL stops and comes back', { timeout: 240_000 }, async () => {
  const own = await ownPostgres()
  bench = await openBench(own.data)
  const address = await bench.start().ready
  await hurtInTheMiddle(async () => {
    await own.stop()
    expect((await fetch(`${address}/healthz`)).status).toBe(503)
    await pause(AWAY_SECONDS * 1_000)
    await own.start()
  })
  expect((await fetch(`${address}/healthz`)).status).toBe(200)
})

it('PostgreSQL’s backends are terminated, three times', { timeout: 120_000 }, async () => {
  bench = await openBench()
  const { house, url } = bench.data
  const address = await bench.start().ready
  await hurtInTheMiddle(async () => {
    const database = new URL(url).pathname.slice(1)
    for (let times = 0; times < 3; times++) {
      await onServer(
        inject('server').url,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`,
      )
      await pause(200)
    }
    await sql`select 1`.execute(house.db).catch(() => {})
  })
  expect((await fetch(`${address}/healthz`)).status).toBe(200)
})

it.runIf(hasRedis)('Redis is emptied, then killed', { timeout: 120_000 }, async () => {
  const redis = await startRedis()
  bench = await openBench()
  await bench.start({ REDIS_URL: redis.url }).ready
  await hurtInTheMiddle(async () => {
    const client = new Redis(redis.url)
    await client.flushall()
    client.disconnect()
    await pause(500)
    await redis.close()
  })
})

it('SIGTERM in the middle: it ends with 0 within 10 s, and the next goes on', { timeout: 120_000 }, async () => {
  bench = await openBench()
  const first = bench.start()
  await first.ready
  await hurtInTheMiddle(async () => {
    const asked = performance.now()
    first.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)
    expect(performance.now() - asked).toBeLessThan(10_000)
    bench.start()
  })
  const doubted = () =>
    bench.data.house.db.selectFrom('ledger').select(['state', 'why']).where('state', '!=', 'accepted').execute()
  await expect.poll(doubted).toEqual([])
})
