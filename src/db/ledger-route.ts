// Finds the chat a notice goes to: where the person wrote last, of those where the person can be reached.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { openUndelivered } from './ledger-fallback.ts'
import type { Database } from './schema.ts'
import type { Account } from './waiting.ts'

/** How many are routed by one statement. */
export const ROUTE_AT_ONCE = 1_000

/** The chat a person used last, of those that are not closed; `conversation` and `not` are columns of the query. */
export const bestChat = (conversation: RawBuilder<unknown>, not: RawBuilder<unknown>) => sql`
  select chat.id, channel, account from chat_conversation join chat on chat.id = chat_id
  where chat_conversation.conversation_id = ${conversation} and blocked_at is null
    and chat.id is distinct from ${not}
  order by (
    select received_at from inbox where inbox.chat_id = chat.id order by received_at desc limit 1
  ) desc nulls last, chat.id limit 1`

export type Routed = {
  /** How many were looked at: fewer than ROUTE_AT_ONCE when nothing is left. */
  readonly seen: number
  /** The accounts that now have something to send. */
  readonly accounts: readonly Account[]
}

/**
 * Routes due notices that have no chat yet. One on the second road does not go where the first failed. One that nobody
 * can be reached with fails, and a person is to look after it.
 */
export async function routeNotices(db: Kysely<Database>): Promise<Routed> {
  const { rows } = await sql<{ channel: string | null; account: string | null; seen: number }>`
    with unrouted as (
      select id, conversation_id, case when road = 2 then (
        select chat_id from ledger as first
        where first.purpose = ledger.purpose and first.recipient = ledger.recipient
          and first.occurrence = ledger.occurrence and first.revision = ledger.revision and first.road = 1
      ) end as tried
      from ledger
      where state = 'queued' and channel is null and account is null and due_at <= (select app_now())
      order by priority, due_at limit ${ROUTE_AT_ONCE}
      for update skip locked
    ), routed as (
      update ledger set chat_id = best.id, channel = best.channel, account = best.account,
        state = case when best.id is null then 'failed' else 'queued' end,
        why = case when best.id is null then 'no chat' end
      from unrouted left join lateral (${bestChat(sql`unrouted.conversation_id`, sql`unrouted.tried`)}) as best on true
      where ledger.id = unrouted.id
      returning ledger.*
    ), lost as (
      ${openUndelivered(sql`select * from routed where state = 'failed'`)}
    )
    select channel, account, count(*)::int as seen from routed group by channel, account`.execute(db)
  return {
    seen: rows.reduce((sum, { seen }) => sum + seen, 0),
    accounts: rows.filter((row): row is typeof row & Account => row.channel !== null),
  }
}
