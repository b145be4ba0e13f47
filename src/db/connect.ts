// Connects to PostgreSQL.
import { Kysely, PostgresDialect } from 'kysely'
import { Pool, types } from 'pg'
import type { Database } from './schema.ts'

const INT8 = 20

/** A pool of connections; nothing is connected before the first query. */
export function connect(url: string, onError: (error: Error) => void, connections = 10): Kysely<Database> {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    application_name: 'sapa',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // Compiling a plan costs more than any of our statements runs: a read of 3 ms took 1 s at a million rows.
    options: '-c jit=off',
    types: { getTypeParser },
  })
  // An idle connection that the server closes (57P01 at its stop) is replaced by the next query; unheard it would
  // end the process.
  pool.on('error', onError)
  // The same of a connection in use: the query under way fails by itself, the event must only be heard.
  pool.on('connect', client => client.on('error', onError))
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

/** Our int8 values (counts, places, fences) stay far below 2^53: plain numbers. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === INT8 && format !== 'binary' ? Number : types.getTypeParser(oid, format as 'text')
