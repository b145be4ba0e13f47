// On a real database, with and without Redis; the run's own servers where none is named.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { TEST_KEY } from '../support/key.ts'
import { startServer, temporaryFolder } from '../support/program.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

let database: TestDatabase
let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  database = await freshDatabase()
  folder = await temporaryFolder()
})
afterAll(async () => {
  await database.close()
  await folder.remove()
})

/** Starts on the test's database, waits until all is well, stops. */
async function startAndStop(environment: Record<string, string> = {}): Promise<void> {
  const key = TEST_KEY.toString('base64')
  const server = startServer(folder.path, { DATABASE_URL: database.url, SAPA_KEY: key, ...environment })
  const address = await server.ready
  await expect
    .poll(async () => (await fetch(`${address}/healthz`)).json())
    .toMatchObject({ status: 'ok', database: 'ok', queue: 'ok' })
  server.kill('SIGTERM')
  expect(await server.ended).toMatchObject({ code: 0, stderr: '' })
}

test('PostgreSQL alone', () => startAndStop())

test.runIf(hasRedis)('PostgreSQL and Redis', async () => {
  const redis = await startRedis()
  await startAndStop({ REDIS_URL: redis.url })
  await redis.close()
})

test('an empty database gets its tables, and no sample event', async () => {
  await sql`drop schema public cascade; create schema public`.execute(database.house.db)
  await startAndStop()
  expect(await database.house.db.selectFrom('event').selectAll().execute()).toEqual([])
})

test('two processes that start at once on an empty database wait for each other', async () => {
  await sql`drop schema public cascade; create schema public`.execute(database.house.db)
  await Promise.all([startAndStop(), startAndStop({ SAPA_ROLES: 'web' })])
})

test('a database that goes away is said by /healthz with 503', async () => {
  const key = TEST_KEY.toString('base64')
  const other = await freshDatabase()
  const server = startServer(folder.path, { DATABASE_URL: other.url, SAPA_KEY: key })
  const address = await server.ready
  await other.close()
  await expect.poll(async () => (await fetch(`${address}/healthz`)).status).toBe(503)
  server.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)
})

test('a token that Telegram refuses is said by /healthz and logged; the rest is served', async () => {
  const platform = createServer((_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ ok: false, error_code: 401, description: 'Unauthorized' }))
  }).listen(0, '127.0.0.1')
  await once(platform, 'listening')
  const { port } = platform.address() as { port: number }
  const server = startServer(folder.path, {
    DATABASE_URL: database.url,
    SAPA_KEY: TEST_KEY.toString('base64'),
    TELEGRAM_BOT_TOKEN: '123456:not-the-token',
    TELEGRAM_API_ROOT: `http://127.0.0.1:${port}`,
  })
  const address = await server.ready
  await expect
    .poll(async () => (await fetch(`${address}/healthz`)).json())
    .toMatchObject({ status: 'ok', channels: { telegram: expect.stringContaining('unauthorized'), whatsapp: 'off' } })
  server.kill('SIGTERM')
  const { code, stderr } = await server.ended
  expect(code).toBe(0)
  expect(stderr).toContain('telegram')
  expect(stderr).not.toContain('not-the-token')
  platform.close()
})
