// What the simulator page reads: its own people's chats, what was said in them, what the house holds about them.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

const CHANNEL = 'simulator'

/** The chats of one account, the newest first; each person has one on every account. */
export const listChats = (db: Db, account: string) =>
  db
    .selectFrom('chat')
    .select(['id', 'address'])
    .where('channel', '=', CHANNEL)
    .where('account', '=', account)
    .orderBy('created_at', 'desc')
    .limit(500)
    .execute()

export const chatByAddress = (db: Db, account: string, key: Buffer) =>
  db
    .selectFrom('chat')
    .select(['id', 'conversation_id'])
    .where('channel', '=', CHANNEL)
    .where('account', '=', account)
    .where('address_key', '=', key)
    .executeTakeFirst()

/** The newest messages that came from a chat, the newest first. */
export const messagesFrom = (db: Db, chatId: string, limit: number) =>
  db
    .selectFrom('inbox')
    .select(['id', 'message_id', 'place', 'payload', 'received_at', 'handled_at', 'set_aside'])
    .where('chat_id', '=', chatId)
    .orderBy('received_at', 'desc')
    .limit(limit)
    .execute()

/** The newest messages that left for a chat or are about to, the newest first. */
export const messagesTo = (db: Db, chatId: string, limit: number) =>
  db
    .selectFrom('ledger')
    .select(['id', 'purpose', 'state', 'content', 'message_id', 'turn', 'place', 'created_at', 'sent_at', 'why'])
    .where('chat_id', '=', chatId)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()

/** One message that came from a chat, by the platform's id. */
export const messageFrom = (db: Db, chatId: string, messageId: string) =>
  db
    .selectFrom('inbox')
    .innerJoin('chat', 'chat.id', 'inbox.chat_id')
    .select(['inbox.id', 'inbox.payload'])
    .where('chat.id', '=', chatId)
    .whereRef('inbox.channel', '=', 'chat.channel')
    .whereRef('inbox.account', '=', 'chat.account')
    .where('inbox.message_id', '=', messageId)
    .executeTakeFirst()

/** One message that left for a chat, by its row. */
export const messageTo = (db: Db, chatId: string, id: string) =>
  db
    .selectFrom('ledger')
    .select(['id', 'content'])
    .where('id', '=', id)
    .where('chat_id', '=', chatId)
    .executeTakeFirst()

export const conversationOf = (db: Db, id: string) =>
  db
    .selectFrom('conversation')
    .select(['id', 'state', 'question', 'waiting_since', 'language', 'event_id', 'stopped_at', 'turns'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** The person's newest registration. */
export const registrationOf = (db: Db, conversationId: string) =>
  db
    .selectFrom('registration')
    .select(['id', 'number', 'status', 'why', 'record', 'created_at'])
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** How far the clock runs ahead, and whether it may be moved. */
export const clock = (db: Db) =>
  db
    .selectFrom('installation')
    .select(['own', sql<number>`(extract(epoch from clock_shift) * 1000)::float8`.as('ahead')])
    .executeTakeFirstOrThrow()
