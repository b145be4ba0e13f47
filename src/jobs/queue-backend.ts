// The two places BullMQ can keep its queues: Redis where there is one, else a schema of its own in PostgreSQL.
import {
  createPostgresBackend,
  type Job,
  type PgPool,
  Queue as RedisQueue,
  Worker as RedisWorker,
  runMigrations,
  withBackend,
} from 'bullmq'
import { Redis } from 'ioredis'
import type { Kysely } from 'kysely'
import { Pool } from 'pg'
import { installationId } from '../db/installation.ts'
import type { Database } from '../db/schema.ts'
import type { QueueSettings } from './queues.ts'

export type Queue = Pick<RedisQueue, 'add' | 'upsertJobScheduler' | 'close'>
export type Worker = { readonly close: () => Promise<void> }

export type Backend = {
  readonly queue: (name: string) => Queue
  readonly worker: (name: string, hear: (what: string) => Promise<void>) => Worker
  /** Throws where the server does not answer. */
  readonly ask: () => Promise<void>
  readonly close: () => Promise<void>
}

type Trouble = (error: Error) => void

export const openBackend = async (
  db: Kysely<Database>,
  { databaseUrl, redisUrl }: QueueSettings,
  trouble: Trouble,
): Promise<Backend> =>
  redisUrl ? openRedis(redisUrl, `sapa-${await installationId(db)}`, trouble) : openPostgres(databaseUrl, trouble)

const SCHEMA = 'bullmq'

/** BullMQ needs its own connections, straight to the server: a pooler would lose LISTEN. */
async function openPostgres(connectionString: string, trouble: Trouble): Promise<Backend> {
  const { Queue, Worker } = withBackend(createPostgresBackend)
  const pool = new Pool({
    connectionString,
    options: `-c search_path=${SCHEMA}`,
    application_name: 'sapa queue',
    // One to listen for each account, and a few for the jobs.
    max: 20,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  })
  pool.on('error', trouble)
  // The pool hears only of its idle connections; unheard, the loss of one in use would end the process.
  pool.on('connect', client => client.on('error', trouble))
  // BullMQ describes the pools of pg in words of its own, which pg's own types don't quite match.
  const connection = pool as unknown as PgPool
  try {
    const client = await pool.connect()
    try {
      await runMigrations(client, SCHEMA)
    } finally {
      client.release()
    }
  } catch (error) {
    await pool.end()
    throw error
  }
  return {
    queue: name => {
      const queue = new Queue(name, { connection })
      queue.on('error', trouble)
      return queue
    },
    worker: (name, hear) => {
      const worker = new Worker(name, (job: Job) => hear(job.name), { connection, concurrency: 3 })
      worker.on('error', trouble)
      return worker
    },
    ask: async () => {
      await pool.query('select 1')
    },
    close: () => pool.end(),
  }
}

/** A Redis may serve several installations, with the same account even: `prefix` keeps their bells apart. */
async function openRedis(url: string, prefix: string, trouble: Trouble): Promise<Backend> {
  const retryStrategy = (times: number) => Math.min(times * 200, 2_000)
  // A bell that can't ring now is not kept for later.
  const ringer = new Redis(url, { maxRetriesPerRequest: null, enableOfflineQueue: false, retryStrategy })
  const listener = new Redis(url, { maxRetriesPerRequest: null, retryStrategy })
  for (const client of [ringer, listener]) client.on('error', trouble)
  return {
    queue: name => {
      const queue = new RedisQueue(name, { connection: ringer, prefix })
      queue.on('error', trouble)
      return queue
    },
    worker: (name, hear) => {
      const worker = new RedisWorker(name, (job: Job) => hear(job.name), {
        connection: listener,
        prefix,
        concurrency: 3,
      })
      worker.on('error', trouble)
      return worker
    },
    ask: async () => {
      await ringer.ping()
    },
    close: async () => {
      for (const client of [ringer, listener]) client.disconnect()
    },
  }
}
