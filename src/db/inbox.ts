// The inbox: what came in, stored once, waiting for its turn.
import { type Kysely, sql } from 'kysely'
import { clock } from './clock.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

export type NewMessage = {
  readonly id: string
  /** Its place among those that arrived together. */
  readonly nth: number
  readonly channel: string
  readonly account: string
  readonly address_key: Buffer
  readonly message_id: string
  readonly place: number
  readonly payload: Buffer
  /** Its file must be fetched first. */
  readonly remote: boolean
  /** The platform vouches for the sender's phone. */
  readonly vouched: boolean
}

/** What a stored message's sender has to look at: an unknown chat (`chat_id` null), a phone, a chat thought lost. */
export type Notable = {
  readonly id: string
  readonly chat_id: string | null
  readonly phone: Buffer | null
  readonly blocked: boolean
}

/**
 * Stores the messages of known chats; a repeat changes nothing. One with a file waits for it at most 60 s.
 * Gives back what is left to do: messages of unknown chats were not stored.
 */
export async function storeMessages(db: Kysely<Database>, messages: readonly NewMessage[]): Promise<Notable[]> {
  const { rows } = await sql<Notable>`
    with ${clock}, arrived as materialized (
      select arrived.*, chat.id as chat_id, chat.phone, (chat.blocked_at is not null or chat.cold) as blocked
      from ${rowset('arrived', messages, {
        id: 'uuid',
        nth: 'int',
        channel: 'text',
        account: 'text',
        address_key: 'bytea',
        message_id: 'text',
        place: 'bigint',
        payload: 'bytea',
        remote: 'boolean',
        vouched: 'boolean',
      })}
      left join chat using (channel, account, address_key)
    ), stored as (
      insert into inbox (id, chat_id, channel, account, message_id, place, payload, received_at, ready_at)
      select id, chat_id, channel, account, message_id, place, payload, at + nth * interval '1 microsecond',
        case when remote then at + interval '60 seconds' else at end
      from arrived, clock where chat_id is not null
      on conflict (channel, account, message_id) do nothing
      returning id
    ), fetched as (
      insert into file_fetch (inbox_id, channel, account)
      select id, channel, account from arrived join stored using (id) where remote
    )
    select id, chat_id, phone, blocked from arrived where chat_id is null or vouched or blocked`.execute(db)
  return rows
}

/** A message that waits for its file: its sealed payload and whose it is; undefined once it was handled. */
export async function readUnfetched(db: Kysely<Database>, id: string): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('inbox')
    .select('payload')
    .where('id', '=', id)
    .where('handled_at', 'is', null)
    .executeTakeFirst()
  return row?.payload ?? undefined
}

export type StoredFile = Pick<Database['file'], 'id' | 'type' | 'bytes' | 'blurred'>

/** Puts what became of a message's file in its place, so that its turn can come. False where it came already. */
export async function putFile(
  db: Kysely<Database>,
  id: string,
  payload: Buffer,
  file: StoredFile | undefined,
): Promise<boolean> {
  const { rows } = await sql`
    with waiting as (
      update inbox set payload = ${payload}, ready_at = (select app_now())
      where id = ${id} and handled_at is null returning chat_id
    ), kept as (
      insert into file (id, conversation_id, type, bytes, blurred)
      select file.id, conversation_id, type, bytes, blurred
      from ${rowset('file', file ? [file] : [], { id: 'uuid', type: 'text', bytes: 'int', blurred: 'boolean' })},
        waiting join chat on chat.id = chat_id
      on conflict (id) do nothing
    ), done as (
      delete from file_fetch where inbox_id = ${id}
    )
    select from waiting`.execute(db)
  return rows.length > 0
}
