// Holding rows of the ledger while their messages leave, and seeing who must wait behind what.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'
import type { Account } from './waiting.ts'

/** How long a row stays its process' own without a sign of life. */
export const LEASE_SECONDS = 15

/** Prolongs the leases of rows this process holds; gives those that are still its own. */
export async function holdRows(db: Kysely<Database>, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update ledger set lease_until = app_now() + ${LEASE_SECONDS} * interval '1 second'
    where id = any(${ids}::uuid[]) and state in ('claimed', 'attempted')
    returning id`.execute(db)
  return rows.map(({ id }) => id)
}

/**
 * Which of these chats can't be sent to at once: paused, or with an earlier message that waits or is in flight in
 * another process. 'account' where the whole account is paused. `mine` are the rows this process holds. What waits and
 * flies is little: looked at chat by chat, all that was ever sent to a chat would be read.
 */
export async function findHeldBack(
  db: Kysely<Database>,
  { channel, account }: Account,
  chats: readonly string[],
  mine: readonly string[],
): Promise<ReadonlySet<string> | 'account'> {
  const { rows } = await sql<{ chat_id: string | null }>`
    with before as materialized (
      select chat_id from ledger where state = 'queued' and channel = ${channel} and account = ${account} and priority = 0
      union all
      select chat_id from ledger where state in ('claimed', 'attempted') and lease_until > (select app_now())
        and id <> all(${mine}::uuid[])
    )
    select chat_id from before where chat_id = any(${chats}::uuid[])
    union all
    select chat_id from pause
    where channel = ${channel} and account = ${account} and until > (select app_now())
      and (chat_id is null or chat_id = any(${chats}::uuid[])) and not notices_only`.execute(db)
  const held = rows.map(({ chat_id }) => chat_id)
  return held.includes(null) ? 'account' : new Set(held as string[])
}
