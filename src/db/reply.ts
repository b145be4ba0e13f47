// Replies in the ledger: born attempted, since the process that writes them sends them at once.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { clock } from './clock.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

export type NewReply = {
  readonly id: string
  readonly chat_id: string
  readonly conversation_id: string
  readonly channel: string
  readonly account: string
  /** What makes it one of its kind in this chat: the message it answers and its place among the answers. */
  readonly occurrence: string
  /** Sealed Reply. */
  readonly content: Buffer
  readonly choices: boolean
  readonly secret: boolean
  readonly turn: number | null
  readonly place: number
  /** The platform's id of it, where it is ours to choose: reserved before it is sent. */
  readonly message_id: string | null
}

/** Puts replies into the ledger; one that is there already stays as it is. */
export async function addReplies(trx: Kysely<Database>, replies: readonly NewReply[]): Promise<void> {
  await sql`with ${clock} ${insertReplies(replies)}`.execute(trx)
}

/** Which of these chats were warned of their flood within the last minute. */
export async function warnedLately(trx: Kysely<Database>, chats: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ chat_id: string }>`
    select distinct chat_id from ledger
    where chat_id = any(${chats}::uuid[]) and created_at > (select app_now()) - interval '1 minute'
      and purpose = 'reply' and occurrence like 'flood %'`.execute(trx)
  return new Set(rows.map(row => row.chat_id))
}

/** The same as the last part of a statement that begins `with ${clock}`. */
export const insertReplies = (replies: readonly NewReply[]): RawBuilder<unknown> => sql`
  insert into ledger (id, purpose, recipient, occurrence, conversation_id, chat_id, channel, account, state, priority,
    due_at, lease_until, attempts, content, choices, secret, turn, place, message_id, created_at)
  select id, 'reply', chat_id, occurrence, conversation_id, chat_id, channel, account, 'attempted', 0,
    at, at + interval '15 seconds', 1, content, choices, secret, turn, place, message_id, at
  from ${rowset('reply', replies, {
    id: 'uuid',
    chat_id: 'uuid',
    conversation_id: 'uuid',
    channel: 'text',
    account: 'text',
    occurrence: 'text',
    content: 'bytea',
    choices: 'boolean',
    secret: 'boolean',
    turn: 'int',
    place: 'int',
    message_id: 'text',
  })}, clock
  on conflict (purpose, recipient, occurrence, revision, road) do nothing`
