// Who waits for a turn: finds and locks them, reads what a turn needs to know.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type EventStamp, eventStamps } from './event-read.ts'
import type { Database } from './schema.ts'

/** People in one batch, and how far into the queue a batch looks for them: one chat's flood hides nobody. */
const BATCH = 100
const WINDOW = 2_000

/** Messages in ten seconds after which a chat is a flood. */
const FLOOD = 50

export type Account = { readonly channel: string; readonly account: string }

/** A filter, and no more: an index on the account would tempt the planner to walk through all that ever came in. */
const within = (accounts: readonly Account[], table: string): RawBuilder<unknown> =>
  sql`${sql.ref(`${table}.channel`)} || ' ' || ${sql.ref(`${table}.account`)} = any(${accounts.map(({ channel, account }) => `${channel} ${account}`)})`

const now = sql`(select app_now())`

/** The first message of a chat by the platform's order, as long as it waits; `chat` names the chat's row. */
const firstOf = (chat: RawBuilder<unknown>) => sql`
  select * from inbox where chat_id = ${chat} and handled_at is null order by place, id limit 1`

/** True where a registration's person said that he can't come. */
export const absent = sql`exists (
  select from attendance where registration_id = registration.id and answer = 'TIDAK')`

// Subqueries that give one value, where a join or an exists would do: a plan made while the house is still empty reads
// whole tables for those, and is kept.
const stateOf = sql`(select state from conversation as known where known.id = chat_conversation.conversation_id)`
const officeOf = sql`(
  select association from officer
  where officer.conversation_id = chat_conversation.conversation_id and removed_at is null)`

/** Of the newest few messages with choices the one that left last, if it is a notice. Who is not registered got none. */
const newestNotice = sql`
  case when (select true from registration where registration.conversation_id = conversation.id limit 1)
    or (select true from nomination where nomination.conversation_id = conversation.id limit 1) then (
    select case when purpose <> 'reply' then
      json_build_object('id', id, 'purpose', purpose, 'registration', registration_id, 'nomination', nomination_id,
        'short', channel = 'cloud' and not exists (
          select from inbox where inbox.chat_id = recent.chat_id
            and received_at between recent.sent_at - interval '24 hours' and recent.sent_at)) end
    from (
      select * from ledger where ledger.chat_id = message.chat_id and choices
        and state in ('attempted', 'accepted', 'delivered', 'read', 'uncertain')
      order by created_at desc limit 10
    ) as recent
    order by coalesce(sent_at, created_at) desc limit 1
  ) end`

/** Locks the conversations that wait longest and that nobody else is busy with. */
export const lockWaiting = (trx: Kysely<Database>, accounts: readonly Account[]): Promise<void> =>
  lock(
    trx,
    sql`
    select conversation.id
    from (
      select chat_id, min(received_at) as since from (
        select chat_id, received_at from inbox
        where handled_at is null and ready_at <= ${now} and ${within(accounts, 'inbox')}
        order by received_at, id limit ${WINDOW}
      ) as oldest group by chat_id order by since
    ) as waiting
    join chat on chat.id = waiting.chat_id
    join conversation on conversation.id = chat.conversation_id
    where (select ready_at from (${firstOf(sql`waiting.chat_id`)}) as first) <= ${now}
    order by waiting.since limit ${BATCH}
    for no key update of conversation skip locked`,
  )

/** Locks one conversation, unless somebody is busy with it. */
export const lockOne = (trx: Kysely<Database>, id: string): Promise<void> =>
  lock(trx, sql`select id from conversation where id = ${id} for no key update skip locked`)

/** Where the transaction keeps what it has locked, so that what reads it need not wait for the answer. */
const LOCKED = 'sapa.locked'

async function lock(trx: Kysely<Database>, conversations: RawBuilder<unknown>): Promise<void> {
  await sql`
    select set_config(${LOCKED}, coalesce(string_agg(distinct id::text, ','), ''), true)
    from (${conversations}) as locked`.execute(trx)
}

export type KnownRegistration = {
  readonly id: string
  readonly event: string
  readonly number: string
  readonly status: string
  /** Sealed, as PostgreSQL's hex. */
  readonly why: string | null
  /** The person said that he can't come. */
  readonly absent: boolean
}

/** The newest message with choices that left for a chat, where it is a notice. */
export type NewestNotice = {
  readonly id: string
  readonly purpose: string
  readonly registration: string | null
  readonly nomination: string | null
  /** It left after a day of silence on the Cloud API: as a template, which tells less and asks less. */
  readonly short?: boolean
}
/** Somebody who registers through the chat; of the others the sealed state, as PostgreSQL's hex. */
export type KnownPerson = {
  readonly id: string
  readonly state: string | null
  /** Of an officer's conversation: the association. */
  readonly office: string | null
}

/** One person's oldest waiting message, and everything a turn knows of the person. */
export type Waiting = {
  readonly conversation_id: string
  readonly state: Buffer | null
  readonly language: string
  readonly inbox_id: string
  readonly received_at: Date
  readonly payload: Buffer
  readonly message_id: string
  readonly channel: string
  readonly account: string
  readonly chat_id: string
  readonly address: Buffer
  readonly phone: Buffer | null
  readonly flood: boolean
  readonly registrations: readonly KnownRegistration[]
  readonly newest: NewestNotice | null
  /** Everybody of this chat in the order in which they came, the person too. */
  readonly people: readonly KnownPerson[]
  /** Where the chat goes back to when what came in between is answered. */
  readonly back_to: string | null
  /** Why this message is taken a second time. */
  readonly moved: string | null
  readonly now: Date
  readonly events: readonly EventStamp[]
  /** The conversation is this officer's. */
  readonly office: { readonly id: string; readonly event: string; readonly association: string } | null
}

/**
 * Reads the oldest waiting message of each conversation that this transaction locked last. A statement of its own, since
 * it must see what was committed before the lock.
 */
export async function readWaiting(trx: Kysely<Database>, accounts: readonly Account[]): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select conversation.id as conversation_id, state, language, message.*, people,
      exists (
        select from inbox as earlier
        where earlier.chat_id = message.chat_id and earlier.received_at > message.received_at - interval '10 seconds'
          and (earlier.received_at, earlier.place) < (message.received_at, message.place)
        offset ${FLOOD - 1}
      ) as flood,
      (
        select coalesce(json_agg(json_build_object(
          'id', id, 'event', event_id, 'number', number, 'status', status, 'why', why, 'absent', ${absent}
        ) order by created_at), '[]')
        from registration where registration.conversation_id = conversation.id
      ) as registrations,
      ${newestNotice} as newest,
      (
        select json_build_object('id', id, 'event', event_id, 'association', association) from officer
        where officer.conversation_id = conversation.id and removed_at is null
      ) as office,
      ${now} as now, ${eventStamps} as events
    from conversation
    cross join lateral (
      select first.id as inbox_id, payload, message_id, first.channel, first.account, received_at, place,
        moved, chat.id as chat_id, address, phone, back_to
      from chat cross join lateral (${firstOf(sql`chat.id`)}) as first
      where chat.conversation_id = conversation.id and ready_at <= ${now}
        and ${within(accounts, 'first')}
      order by received_at, first.id limit 1
    ) as message
    cross join lateral (
      select json_agg(json_build_object('id', conversation_id, 'state', known, 'office', office)
          order by joined_at, conversation_id) as people
      from (
        select conversation_id, joined_at, case when conversation_id <> conversation.id then ${stateOf} end as known,
          ${officeOf} as office
        from chat_conversation where chat_conversation.chat_id = message.chat_id
      ) as person
      where known is not null or conversation_id = conversation.id
    ) as everybody
    where conversation.id = any(string_to_array(current_setting(${LOCKED}), ',')::uuid[])
    order by received_at, inbox_id`.execute(trx)
  return rows
}

/** Whether a message of these accounts waits for its turn; where that can not be learnt, one may. */
export async function isAnybodyWaiting(db: Kysely<Database>, accounts: readonly Account[]): Promise<boolean> {
  const waiting = sql`
    select from inbox where handled_at is null and ready_at <= ${now} and ${within(accounts, 'inbox')} limit 1`
  return waiting.execute(db).then(
    ({ rows }) => rows.length > 0,
    () => true,
  )
}

/** Marks as handled, without a turn, what a flood has brought beyond its share; gives how many messages of which chat. */
export async function dropFloods(
  trx: Kysely<Database>,
  chats: readonly string[],
): Promise<readonly { readonly chat_id: string; readonly dropped: number }[]> {
  const { rows } = await sql<{ chat_id: string; dropped: number }>`
    with ranked as (
      select id, handled_at,
        received_at - lag(received_at, ${FLOOD}) over (partition by chat_id order by received_at, place) as since
      from unnest(${chats}::uuid[]) as flooded(chat)
      cross join lateral (
        select min(received_at) as first from inbox where chat_id = chat and handled_at is null
      ) as oldest
      cross join lateral (
        select * from inbox where chat_id = chat and received_at > first - interval '10 seconds'
      ) as recent
    ), dropped as (
      update inbox set handled_at = ${now}, conversation_id = chat.conversation_id, set_aside = 'flood'
      from ranked, chat
      where inbox.id = ranked.id and ranked.handled_at is null and since < interval '10 seconds' and chat.id = inbox.chat_id
      returning inbox.id, chat_id
    ), files as (
      -- A file bears its message's id.
      update file set erase_at = ${now} from dropped where file.id = dropped.id and erase_at is null
    )
    select chat_id, count(*)::int as dropped from dropped group by chat_id`.execute(trx)
  return rows
}

/** Counts a failed turn against its message; gives how often it failed. */
export async function countFailure(db: Kysely<Database>, inboxId: string): Promise<number> {
  const { tries } = await db
    .updateTable('inbox')
    .set(eb => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', inboxId)
    .returning('tries')
    .executeTakeFirstOrThrow()
  return tries
}

/** Takes a message out of the queue for good. False where it was handled after all. */
export async function setAside(
  trx: Kysely<Database>,
  inboxId: string,
  conversationId: string,
  why: string,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('inbox')
    .set({ handled_at: now as RawBuilder<Date>, conversation_id: conversationId, set_aside: why })
    .where('id', '=', inboxId)
    .where('handled_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
