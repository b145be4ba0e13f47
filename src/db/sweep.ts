// When each account was last swept, so that a sweep that stopped is noticed.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** Notes that this sweep runs now. */
export async function noteSweep(db: Kysely<Database>, name: string): Promise<void> {
  await sql`
    insert into sweep (name, ran_at) values (${name}, app_now())
    on conflict (name) do update set ran_at = excluded.ran_at`.execute(db)
}

/** How many seconds ago each of these sweeps ran; Infinity where it never did. */
export async function readSweepAges(db: Kysely<Database>, names: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; age: number }>`
    select name, extract(epoch from app_now() - ran_at)::float8 as age from sweep where name = any(${names})`.execute(
    db,
  )
  const ages = new Map(rows.map(({ name, age }) => [name, age]))
  return new Map(names.map(name => [name, ages.get(name) ?? Number.POSITIVE_INFINITY]))
}
