// Leases: what only one process may do at a time. A lease that is not renewed falls to whoever asks next.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** Takes a free or lapsed lease; gives its fence, which is higher than any before, or undefined where another holds it. */
export async function takeLease(
  db: Kysely<Database>,
  name: string,
  holder: string,
  seconds: number,
): Promise<number | undefined> {
  const { rows } = await sql<{ fence: number }>`
    insert into lease (name, holder, until) values (${name}, ${holder}, app_now() + ${seconds} * interval '1 second')
    on conflict (name) do update set holder = excluded.holder, fence = lease.fence + 1, until = excluded.until
      where lease.until <= app_now()
    returning fence`.execute(db)
  return rows[0]?.fence
}

/** Prolongs a lease. False where it has a new holder. */
export async function renewLease(db: Kysely<Database>, name: string, fence: number, seconds: number): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update lease set until = app_now() + ${seconds} * interval '1 second'
    where name = ${name} and fence = ${fence}`.execute(db)
  return numAffectedRows > 0n
}

/** Gives a lease back, so that the next holder need not wait for it to lapse. */
export async function releaseLease(db: Kysely<Database>, name: string, fence: number): Promise<void> {
  await sql`update lease set until = app_now() where name = ${name} and fence = ${fence}`.execute(db)
}

/** Nobody waits longer: a clock that was set back leaves reservations in a far future. */
const LONGEST = '10 seconds'

/**
 * Reserves the next stretch of time of a name, whichever process asks; gives how long to wait until it begins. Who
 * sends at a pace reserves as long as the pace wants for the messages: the processes together keep it.
 */
export async function reserveTime(
  db: Kysely<Database>,
  name: string,
  holder: string,
  seconds: number,
): Promise<number> {
  const { rows } = await sql<{ wait: number }>`
    insert into lease as reserved (name, holder, until)
    values (${name}, ${holder}, app_now() + ${seconds} * interval '1 second')
    on conflict (name) do update set holder = excluded.holder, fence = reserved.fence + 1,
      until = least(greatest(reserved.until, app_now()), app_now() + ${LONGEST}::interval) + ${seconds} * interval '1 second'
    returning extract(epoch from until - app_now())::float8 - ${seconds}::float8 as wait`.execute(db)
  return Math.max(0, rows[0]?.wait ?? 0)
}
