// Files on their way: which process fetches which.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'
import type { Account } from './waiting.ts'

const LEASE_SECONDS = 15

export type ClaimedFetch = {
  readonly inbox_id: string
  /** The sealed message. */
  readonly payload: Buffer
  /** How long ago the message came. */
  readonly seconds: number
  readonly tries: number
}

/** Takes files of an account that nobody fetches at the moment, the oldest first. */
export async function claimFetches(
  db: Kysely<Database>,
  { channel, account }: Account,
  limit: number,
): Promise<ClaimedFetch[]> {
  const { rows } = await sql<ClaimedFetch>`
    with due as (
      select inbox_id, payload, extract(epoch from now.at - received_at)::float8 as seconds, now.at
      from (select app_now() as at) as now, file_fetch join inbox on inbox.id = inbox_id
      where file_fetch.channel = ${channel} and file_fetch.account = ${account}
        and (lease_until is null or lease_until <= now.at) and handled_at is null and payload is not null
      order by received_at limit ${limit}
      for update of file_fetch skip locked
    )
    update file_fetch set lease_until = due.at + ${LEASE_SECONDS} * interval '1 second', tries = tries + 1
    from due where file_fetch.inbox_id = due.inbox_id
    returning due.inbox_id, payload, seconds, tries`.execute(db)
  return rows
}

/** Prolongs the leases of fetches under way; with a smaller `seconds` puts a next try off. */
export async function holdFetches(
  db: Kysely<Database>,
  ids: readonly string[],
  seconds: number = LEASE_SECONDS,
): Promise<void> {
  await sql`
    update file_fetch set lease_until = app_now() + ${seconds} * interval '1 second'
    where inbox_id = any(${ids}::uuid[])`.execute(db)
}

/** Forgets files whose message had its turn without them; gives their ids. */
export async function dropLateFetches(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from file_fetch using inbox where inbox.id = inbox_id and handled_at is not null
    returning inbox_id as id`.execute(db)
  return rows.map(({ id }) => id)
}
