// Connects to PostgreSQL.
import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import { Kysely, PostgresDialect } from 'kysely'
import { Pool, type PoolClient, types } from 'pg'
import type { Database } from './schema.ts'

const INT8 = 20

/**
 * A few connections that stay open, since each plans its statements anew: 18 ms for those of a turn, which then takes 1.
 * Nothing is connected before the first query.
 */
export function connect(url: string, onError: (error: Error) => void, connections = 4): Kysely<Database> {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    application_name: 'sapa',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 0,
    keepAlive: true,
    // What is sent together travels together (trips.ts).
    pipeline: true,
    // Compiling a plan costs more than any of our statements runs: a read of 3 ms took 1 s at a million rows.
    // A named statement is planned once a connection: planning with each call's lists took more time than most of them.
    // Such a plan is kept, and may be made while the house is empty, when reading a whole table looks cheapest. Every
    // query has its index, so only those are looked at: a plain scan, since that also marks what it finds dead, where
    // a bitmap of 54 messages under way read 5,066. PostgreSQL's part of a turn fell from 0.48 to 0.35 ms.
    options: '-c jit=off -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off',
    types: { getTypeParser },
  })
  // An idle connection that the server closes (57P01 at its stop) is replaced by the next query; unheard it would
  // end the process.
  pool.on('error', onError)
  // The same of a connection in use: the query under way fails by itself, the event must only be heard.
  pool.on('connect', client => {
    client.on('error', onError)
    nameStatements(client)
  })
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

/** Our int8 values (counts, places, fences) stay far below 2^53: plain numbers. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === INT8 && format !== 'binary' ? Number : types.getTypeParser(oid, format as 'text')

/** What runs again and again; a migration is several statements at once, which have no plan. */
const MANY = /^\s*(select|with|insert|update|delete)\b/

/** As many statements as a connection may keep prepared: lists of varying length must not fill the server's memory. */
const MOST_NAMES = 200
const names = new Map<string, string>()

/**
 * Lets PostgreSQL plan each statement once a connection: of a small batch's cost planning is the larger part. What is
 * sent in one breath leaves in one write.
 */
function nameStatements(client: PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  Object.assign(client, {
    query: (text: unknown, values?: unknown, ...more: unknown[]) => {
      gather(client)
      const plain = typeof text === 'string' && Array.isArray(values) && more.length === 0 && MANY.test(text)
      const name = plain ? nameOf(text) : undefined
      return name === undefined ? query(text, values, ...more) : query({ name, text, values })
    },
  })
}

/** Lets what is sent in one breath leave in one write: each costs as much as a turn where it wakes the server. */
function gather(client: PoolClient): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection
  stream.cork()
  queueMicrotask(() => stream.uncork())
}

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= MOST_NAMES) return known
  const name = createHash('sha1').update(text).digest('base64url')
  names.set(text, name)
  return name
}
