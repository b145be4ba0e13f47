// Finds the chat a notice goes to: where the person wrote last, of those where the person can be reached.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'
import type { Account } from './waiting.ts'

const AT_ONCE = 1_000

export type Routed = {
  /** They now have something to send. */
  readonly accounts: readonly Account[]
  /** There may be more to route. */
  readonly more: boolean
}

/** Routes due notices that have no chat yet, so many at once. */
export async function routeNotices(db: Kysely<Database>): Promise<Routed> {
  const { rows } = await sql<{ channel: string | null; account: string | null; count: number }>`
    with unrouted as (
      select id, conversation_id from ledger
      where state = 'queued' and channel is null and account is null and due_at <= (select app_now())
      order by priority, due_at limit ${AT_ONCE}
      for update skip locked
    ), routed as (
      update ledger set chat_id = best.id, channel = best.channel, account = best.account,
        state = case when best.id is null then 'failed' else 'queued' end,
        why = case when best.id is null then 'no chat' end
      from unrouted left join lateral (
        select chat.id, channel, account from chat_conversation join chat on chat.id = chat_id
        where chat_conversation.conversation_id = unrouted.conversation_id and blocked_at is null
        order by (
          select received_at from inbox where inbox.chat_id = chat.id order by received_at desc limit 1
        ) desc nulls last, chat.id limit 1
      ) as best on true
      where ledger.id = unrouted.id
      returning ledger.channel, ledger.account
    )
    select channel, account, count(*)::int as count from routed group by channel, account`.execute(db)
  return {
    accounts: rows.flatMap(({ channel, account }) => (channel && account ? [{ channel, account }] : [])),
    more: rows.reduce((sum, { count }) => sum + count, 0) === AT_ONCE,
  }
}
