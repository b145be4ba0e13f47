// When each account was last swept, so that a sweep that stopped is noticed.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** What is tidied up is nobody's in particular, and waits: whichever sweep comes by does it. */
const TIDY = 'tidy'
const TIDY_EVERY = '1 minute'

/**
 * Notes that this sweep runs now; true where it is to tidy up, too. A beat that a crash of the server loses is beaten
 * again: it needn't wait for the disk.
 */
export async function noteSweep(db: Kysely<Database>, name: string): Promise<boolean> {
  const { rows } = await sql`
    with now as materialized (
      select app_now() as at, set_config('synchronous_commit', 'off', true)
    ), beat as (
      insert into sweep (name, ran_at) select ${name}, at from now
      on conflict (name) do update set ran_at = excluded.ran_at
    )
    insert into sweep (name, ran_at) select ${TIDY}, at from now
    on conflict (name) do update set ran_at = excluded.ran_at
      where sweep.ran_at not between excluded.ran_at - ${TIDY_EVERY}::interval and excluded.ran_at
    returning name`.execute(db)
  return rows.length > 0
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
