// Chats: where people write from. Each has one current conversation.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

export type NewChat = {
  readonly id: string
  readonly channel: string
  readonly account: string
  readonly address_key: Buffer
  readonly address: Buffer
  readonly conversation_id: string
}

/** Adds chats, each with a conversation that has not begun. One that another process added meanwhile stays as it is. */
export async function addChats(db: Kysely<Database>, chats: readonly NewChat[]): Promise<void> {
  await sql`
    with added as (
      insert into chat (id, channel, account, address_key, address, conversation_id)
      select id, channel, account, address_key, address, conversation_id
      from ${rowset('new', chats, {
        id: 'uuid',
        channel: 'text',
        account: 'text',
        address_key: 'bytea',
        address: 'bytea',
        conversation_id: 'uuid',
      })}
      on conflict (channel, account, address_key) do nothing
      returning id, conversation_id
    ), begun as (
      insert into conversation (id) select conversation_id from added
    )
    insert into chat_conversation (chat_id, conversation_id) select id, conversation_id from added`.execute(db)
}

/** Keeps the sender's own phone (sealed) of these chats. */
export async function keepPhones(
  db: Kysely<Database>,
  phones: readonly { readonly id: string; readonly phone: Buffer }[],
): Promise<void> {
  await sql`
    update chat set phone = news.phone from ${rowset('news', phones, { id: 'uuid', phone: 'bytea' })}
    where chat.id = news.id`.execute(db)
}

export type Reachability = {
  readonly channel: string
  readonly account: string
  readonly address_key: Buffer
  readonly reachable: boolean
}

/** Notes who can be reached and who can't; a chat named twice takes the last word. Unknown chats are nobody's yet. */
export async function noteReachable(db: Kysely<Database>, news: readonly Reachability[]): Promise<void> {
  const last = new Map(news.map(chat => [`${chat.channel} ${chat.account} ${chat.address_key.toString('hex')}`, chat]))
  await sql`
    update chat set blocked_at = case when news.reachable then null else coalesce(blocked_at, (select app_now())) end,
      cold = cold and not news.reachable
    from ${rowset('news', [...last.values()], {
      channel: 'text',
      account: 'text',
      address_key: 'bytea',
      reachable: 'boolean',
    })}
    where (chat.channel, chat.account, chat.address_key) = (news.channel, news.account, news.address_key)
      and ((chat.blocked_at is null) <> news.reachable or (cold and news.reachable))`.execute(db)
}
