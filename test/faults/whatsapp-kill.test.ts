// kill -9 in the worst moments: the real program as a process of its own, killed while a lock or the server holds it there.
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { loadSampleEvent } from '../../src/sample-event.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { TEST_KEY } from '../support/key.ts'
import { type Program, startServer } from '../support/program.ts'
import { linkNumber } from '../support/whatsapp-desk.ts'
import type { Person } from '../support/whatsapp-server/people.ts'
import { startWhatsAppServer, type WhatsAppServer } from '../support/whatsapp-server/server.ts'

const TRUST = fileURLToPath(new URL('../support/whatsapp-server/trust.ts', import.meta.url))

let data: TestDatabase
let server: WhatsAppServer
let program: Program

const start = () =>
  startServer(data.house.dataDir, {
    DATABASE_URL: data.url,
    SAPA_KEY: Buffer.from(TEST_KEY).toString('base64'),
    WHATSAPP: 'baileys',
    WHATSAPP_WS_URL: server.url,
    SAPA_PACE: 'off',
    NODE_OPTIONS: `--import=${TRUST}`,
  })

beforeAll(async () => {
  data = await freshDatabase()
  await loadSampleEvent(data.house)
  server = await startWhatsAppServer()
  program = start()
  await program.ready
  await linkNumber(data.house, server)
}, 90_000)
afterEach(() => {
  server.world.options.deaf = false
})
afterAll(async () => {
  program?.kill('SIGTERM')
  await program?.ended
  await server?.close()
  await data?.close()
})

/** Another process waits for the socket; `takeOver` kills the first and gives the seconds until this one is online. */
async function standBy(): Promise<{ takeOver: (meanwhile?: () => Promise<void>) => Promise<number> }> {
  const next = start()
  await next.ready
  return {
    takeOver: async meanwhile => {
      const killed = performance.now()
      program.kill('SIGKILL')
      await program.ended
      program = next
      await meanwhile?.()
      await server.until(() => 'the next process online', server.isOnline, 30_000)
      return (performance.now() - killed) / 1000
    },
  }
}

/**
 * Keeps everybody from writing a table until the returned function is called. What waited for it by then dies with its
 * process: PostgreSQL would carry out a dead process' last statement.
 */
async function lock(table: 'inbox' | 'ledger'): Promise<() => Promise<void>> {
  const locked = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const done = data.house.db.transaction().execute(async trx => {
    await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(trx)
    locked.resolve()
    await release.promise
  })
  await locked.promise
  return async () => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(data.house.db)
    release.resolve()
    await done
  }
}

const count = async (query: ReturnType<typeof sql<{ n: number }>>) => (await query.execute(data.house.db)).rows[0]?.n
/** The bot's messages that a phone showed, and how often each arrived. */
const shown = ({ account }: Person) =>
  account.messages.filter(one => one.byBot).map(({ id }) => account.arrivals.get(id))

it('between decrypt and inbox: the message is answered by the next process, which takes over within 15 s', async () => {
  const person = server.person('6281300000001')
  const next = await standBy()
  const unlock = await lock('inbox')
  await person.says('P')
  await expect.poll(() => count(sql`select count(*)::int as n from whatsapp_journal where taken_at is null`)).toBe(1)
  await server.until(
    () => 'the receipt',
    () => [...(server.owner().devices[0]?.pending.keys() ?? [])].length === 0,
  )
  expect(await count(sql`select count(*)::int as n from inbox`)).toBe(0)
  expect(await next.takeOver(unlock)).toBeLessThan(15)
  await person.hears(/setuju/i, 15_000)
  expect(shown(person)).toEqual([1])
}, 90_000)

it('between claim and send: it leaves once', async () => {
  const person = server.person('6281300000002')
  const next = await standBy()
  server.world.options.deaf = true
  await person.says('P')
  await expect.poll(() => count(sql`select count(*)::int as n from ledger where state = 'attempted'`)).toBe(1)
  await next.takeOver(async () => {
    server.world.options.deaf = false
  })
  await person.hears(/setuju/i, 30_000)
  expect(shown(person)).toEqual([1])
}, 90_000)

it('between the server’s ack and the ledger: it comes again under the same id, and the phone shows it once', async () => {
  const person = server.person('6281300000003')
  const next = await standBy()
  person.account.mute = true
  server.fails('silence', { to: person.pn })
  await person.says('P')
  const { id } = await person.hears(/setuju/i)
  const unlock = await lock('ledger')
  server.tell({ tag: 'ack', attrs: { class: 'message', id, from: `${person.account.lid}@lid`, t: '1' } })
  // The ack has come where its writing waits for the ledger.
  await expect
    .poll(() => count(sql`select count(*)::int as n from pg_locks where not granted and relation = 'ledger'::regclass`))
    .toBeGreaterThan(0)
  await next.takeOver(unlock)
  await server.until(
    () => 'the repeat',
    () => person.account.arrivals.get(id) === 2,
    30_000,
  )
  expect(shown(person)).toEqual([2])
  await expect
    .poll(() => count(sql`select count(*)::int as n from ledger where message_id = ${id} and state = 'accepted'`))
    .toBe(1)
}, 90_000)

it('refuses to start on damaged keys, and says which', async () => {
  program.kill('SIGTERM')
  await program.ended
  const { db } = data.house
  const row = await db
    .selectFrom('whatsapp_key')
    .select(['key', 'value'])
    .where('type', '=', 'session')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('whatsapp_key')
    .set({ value: row.value.fill(0, 20, 30) })
    .where('key', '=', row.key)
    .execute()
  const refused = start()
  const { code, stderr } = await refused.ended
  expect(code).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain(`session ${row.key.toString('hex').slice(0, 12)}`)
}, 90_000)
