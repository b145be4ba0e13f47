// Who talks where: codes that link chats, chats that change over to another conversation, NIKs a chat has asked about.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

export const CODE_MINUTES = 15

/** Keeps a conversation's code; the one before is worth nothing any more. */
export async function keepCode(trx: Db, conversationId: string, codeKey: Buffer): Promise<void> {
  await sql`
    insert into link_code (conversation_id, code_key, expires_at)
    values (${conversationId}, ${codeKey}, app_now() + ${CODE_MINUTES} * interval '1 minute')
    on conflict (conversation_id) do update set code_key = excluded.code_key, expires_at = excluded.expires_at`.execute(
    trx,
  )
}

/** Uses up a code that is still valid; gives the conversation it joins, unless that is the asker's own. */
export async function redeemCode(
  trx: Db,
  codeKey: Buffer,
  ownConversation: string,
): Promise<string | 'same' | undefined> {
  const { rows } = await sql<{ conversation_id: string; own: boolean }>`
    with found as (
      select conversation_id, conversation_id = ${ownConversation} as own from link_code
      where code_key = ${codeKey} and expires_at > (select app_now())
      for update
    ), used as (
      delete from link_code using found where link_code.conversation_id = found.conversation_id and not own
    )
    select conversation_id, own from found`.execute(trx)
  const [found] = rows
  return found?.own ? 'same' : found?.conversation_id
}

export type Move = {
  readonly chat_id: string
  readonly inbox_id: string
  readonly from: string
  readonly to: string
  /** Why the message is taken again. */
  readonly moved: 'linked' | 'new' | 'switched' | 'found' | 'answered' | 'office'
  /** The chat forgets the conversation it comes from. */
  readonly forgets: boolean
  /** A question is open where the chat comes from: it goes back there when the other is answered. */
  readonly interrupts?: boolean
}

/** Lets a chat change over to another conversation, which is begun where there is none; its message is taken again there. */
export async function moveChat(trx: Db, move: Move): Promise<void> {
  const { chat_id, inbox_id, from, to, moved, forgets, interrupts = false } = move
  await sql`
    with begun as (
      insert into conversation (id, language) select ${to}, language from conversation where id = ${from}
      on conflict (id) do nothing
    ), joined as (
      insert into chat_conversation (chat_id, conversation_id, joined_at) values (${chat_id}, ${to}, app_now())
      on conflict (chat_id, conversation_id) do nothing
    ), left_behind as (
      delete from chat_conversation where chat_id = ${chat_id} and conversation_id = ${from} and ${forgets}
    ), marked as (
      update inbox set moved = ${moved} where id = ${inbox_id}
    ), files as (
      -- A file bears its message's id.
      update file set conversation_id = ${to} where id = ${inbox_id}
    )
    update chat set conversation_id = ${to}, back_to = nullif(case
      when ${moved} <> 'answered' then null
      when ${interrupts} then coalesce(back_to, ${from}) else back_to end, ${to})
    where id = ${chat_id}`.execute(trx)
}

/** What a message says in another conversation than the one in which it came; a file in it goes along. */
export async function retell(
  trx: Db,
  { inbox_id, payload, file, to }: { inbox_id: string; payload: Buffer; file: string | null; to: string },
): Promise<void> {
  await sql`
    with files as (update file set conversation_id = ${to} where id = ${file})
    update inbox set payload = ${payload} where id = ${inbox_id}`.execute(trx)
}

/** Lets chats go back to the conversation that was interrupted: the message is taken there once more. */
export async function goBack(trx: Db, inboxIds: readonly string[]): Promise<void> {
  await sql`
    with again as (
      update inbox set handled_at = null, moved = 'back' where id = any(${inboxIds}::uuid[]) returning chat_id
    )
    update chat set conversation_id = back_to, back_to = null from again where chat.id = again.chat_id`.execute(trx)
}

/** A message that left for a chat. */
export type LeftMessage = {
  readonly id: string
  readonly conversation_id: string | null
  readonly purpose: string
  readonly registration: string | null
  readonly nomination: string | null
  /** The platform's id of it. */
  readonly message_id: string | null
}

/** The message that left for this chat under this id of the platform. */
export async function leftMessage(db: Db, chatId: string, messageId: string): Promise<LeftMessage | undefined> {
  return db
    .selectFrom('ledger')
    .select([
      'id',
      'conversation_id',
      'purpose',
      'registration_id as registration',
      'nomination_id as nomination',
      'message_id',
    ])
    .where('chat_id', '=', chatId)
    .where('message_id', '=', messageId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/**
 * What left for a chat last and asks or answers, the newest first. `open`: a notice that asks, after which nothing was
 * answered in its conversation. To ask for whom, or to go back, is no answer, and its occurrence says so: INBOX/back/0.
 */
export async function lastLeft(db: Db, chatId: string): Promise<(LeftMessage & { readonly open: boolean })[]> {
  const { rows } = await sql<LeftMessage & { open: boolean }>`
    select id, conversation_id, purpose, registration_id as registration, nomination_id as nomination, message_id,
      choices and purpose <> 'reply' and not exists (
        select from ledger as later
        where later.conversation_id = recent.conversation_id and later.created_at > left_at
          and later.purpose = 'reply' and later.occurrence not like '%/%/%'
      ) as open
    from (
      select *, coalesce(sent_at, created_at) as left_at from ledger
      where chat_id = ${chatId} and (choices or purpose = 'reply')
        and state not in ('queued', 'claimed', 'cancelled', 'expired', 'superseded', 'failed')
      order by created_at desc limit 20
    ) as recent order by left_at desc`.execute(db)
  return rows
}

export type OtherChat = {
  readonly id: string
  readonly language: string
  /** The conversation's, sealed. */
  readonly state: Buffer | null
  /** Others register through it, too. */
  readonly shared: boolean
}

/** The chats of a conversation beside this one that can be reached. */
export async function otherChats(trx: Db, conversationId: string, chatId: string): Promise<OtherChat[]> {
  const { rows } = await sql<OtherChat>`
    select chat.id, language, state, (
      select count(*) > 1 from chat_conversation as every join conversation as known on known.id = every.conversation_id
      where every.chat_id = chat.id and known.state is not null
    ) as shared
    from conversation
    join chat_conversation on chat_conversation.conversation_id = conversation.id
    join chat on chat.id = chat_conversation.chat_id
    where conversation.id = ${conversationId} and chat.id <> ${chatId} and blocked_at is null`.execute(trx)
  return rows
}

export type ChatNotice = {
  readonly id: string
  readonly chat_id: string
  readonly conversation_id: string
  readonly occurrence: string
  /** Sealed Reply. */
  readonly content: Buffer
}

/** Queues what chats are told of a link: each once, on that chat and no other. */
export async function addChatNotices(trx: Db, notices: readonly ChatNotice[]): Promise<void> {
  if (notices.length === 0) return
  await sql`
    insert into ledger (id, purpose, recipient, occurrence, conversation_id, chat_id, channel, account, state, priority,
      content)
    select notice.id, 'tersambung', chat.id, occurrence, notice.conversation_id, chat.id, channel, account, 'queued', 10,
      content
    from ${rowset('notice', notices, {
      id: 'uuid',
      chat_id: 'uuid',
      conversation_id: 'uuid',
      occurrence: 'text',
      content: 'bytea',
    })} join chat on chat.id = notice.chat_id
    on conflict (purpose, recipient, occurrence, revision, road) do nothing`.execute(trx)
}

export type NikTried = { readonly chat_id: string; readonly nik_key: Buffer }

/** How many NIKs a day a chat may ask about. Those that became a registration made in the chat don't count. */
const NIKS_A_DAY = 3

/** Notes that these chats ask about a NIK; gives the chats that have asked about too many others. */
export async function tryNiks(trx: Db, tried: readonly NikTried[]): Promise<Set<string>> {
  const { rows } = await sql<{ chat_id: string }>`
    with tried as materialized (
      select * from ${rowset('asked', tried, { chat_id: 'uuid', nik_key: 'bytea' })}
    ), limited as materialized (
      select chat_id from tried
      where (
        select count(*) from nik_lookup as former
        where former.chat_id = tried.chat_id and former.nik_key <> tried.nik_key
          and former.at > (select app_now()) - interval '1 day'
          and not exists (
            select from chat_conversation join registration using (conversation_id)
            where chat_conversation.chat_id = tried.chat_id and registration.nik_key = former.nik_key
          )
      ) >= ${NIKS_A_DAY}
    ), noted as (
      insert into nik_lookup (chat_id, nik_key, at)
      select distinct chat_id, nik_key, (select app_now()) from tried where chat_id not in (select chat_id from limited)
      on conflict (chat_id, nik_key) do update set at = excluded.at
    )
    select chat_id from limited`.execute(trx)
  return new Set(rows.map(row => row.chat_id))
}
