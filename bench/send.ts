// Sending what is due: the HTTP client alone, a bare BullMQ worker and ours in alternation, to one provider.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { connect } from '../src/db/connect.ts'
import { loadEventsNow } from '../src/db/event-read.ts'
import { checkInstallation } from '../src/db/installation.ts'
import { migrate } from '../src/db/migrate.ts'
import { planReminders } from '../src/jobs/plan.ts'
import { createLog } from '../src/log.ts'
import { createSeal } from '../src/seal.ts'
import { acceptEverybody, addTelegramChats } from '../test/crash/people.ts'
import { onServer, withDatabase } from '../test/support/admin.ts'
import { TEST_KEY } from '../test/support/key.ts'
import { hasRedis, startRedis } from '../test/support/redis.ts'
import { openEvent } from '../test/support/world.ts'
import { withCluster } from './cluster.ts'

const ROUNDS = 3
const MESSAGES = 16_000
const TOKEN = '4242:bench'
/** The evening reminder is due. */
const NOW = '2025-10-07T18:30:05+07:00'

const SIDES = ['http', 'bare', 'ours'] as const
type Side = (typeof SIDES)[number]

/** Messages a second, each side's median. */
export async function measureSending(serverUrl: string): Promise<Record<Side, number>> {
  const seeded = `bench_seeded_${crypto.randomUUID().slice(0, 8)}`
  await onServer(serverUrl, `create database ${seeded}`)
  await seed(withDatabase(serverUrl, seeded))
  const redis = hasRedis ? await startRedis() : undefined
  const rates: Record<Side, number[]> = { http: [], bare: [], ours: [] }
  try {
    for (let round = 0; round < ROUNDS; round++)
      for (const side of SIDES) rates[side].push(await runSide(side, serverUrl, seeded, redis?.url ?? ''))
  } finally {
    await redis?.close()
    await onServer(serverUrl, `drop database ${seeded}`)
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number
  return { http: median(rates.http), bare: median(rates.bare), ours: median(rates.ours) }
}

async function seed(url: string): Promise<void> {
  const db = connect(url, () => {})
  const house = { db, seal: createSeal(TEST_KEY), log: createLog('silent'), dataDir: '' }
  await migrate(db)
  await checkInstallation(db, house.seal, true)
  await sql`update installation set clock_shift = ${NOW}::timestamptz - clock_timestamp()`.execute(db)
  await openEvent(house)
  await addTelegramChats(
    house,
    TOKEN.split(':')[0] as string,
    Array.from({ length: MESSAGES }, (_, n) => n + 1),
  )
  await acceptEverybody(house)
  const added = await planReminders(house, await loadEventsNow(house.db))
  if (added < MESSAGES) throw new Error(`only ${added} reminders were planned`)
  // What has just changed is looked at again for a minute; these people were accepted long ago.
  await sql`update registration set changed_at = changed_at - interval '1 day'`.execute(db)
  await sql`delete from ledger where state <> 'queued'`.execute(db)
  await sql`vacuum analyze`.execute(db)
  await db.destroy()
}

async function runSide(side: Side, serverUrl: string, seeded: string, redisUrl: string): Promise<number> {
  const database = `bench_${side}_${crypto.randomUUID().slice(0, 8)}`
  await onServer(serverUrl, `create database ${database} template ${seeded}`)
  await onServer(serverUrl, 'checkpoint')
  const provider = run('provider')
  const lines = createInterface({ input: provider.stdout })[Symbol.asyncIterator]()
  const answer = async () => JSON.parse((await lines.next()).value ?? '')
  const { root } = await answer()
  provider.stdin.write(`${MESSAGES}\n`)
  const url = withDatabase(serverUrl, database)
  const sender =
    side === 'http' ? run('send-http', root, TOKEN, String(MESSAGES)) : run(`send-${side}`, url, redisUrl, root, TOKEN)
  try {
    const { perSecond } = await answer()
    return perSecond
  } finally {
    for (const child of [sender, provider]) {
      if (child.exitCode === null) child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
    await onServer(serverUrl, `drop database ${database} with (force)`)
  }
}

const run = (name: string, ...args: string[]) =>
  spawn(process.execPath, [new URL(`${name}.ts`, import.meta.url).pathname, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })

if (import.meta.main) console.log(await withCluster(measureSending))
