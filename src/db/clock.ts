// The house's clock within a statement.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/**
 * A common table: `with ${clock} … select at from clock`. Read once, so that all rows of a statement have one time; a
 * plain app_now() would be called for every row.
 */
export const clock = sql`clock as materialized (select app_now() as at)`

/** What time it is in the house. */
export async function readNow(db: Kysely<Database>): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(db)
  return (rows[0] as { now: Date }).now
}
