// What the house holds about a person, what it sent and why, and how all of it is erased.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

export type HeldRow = {
  readonly consents: readonly {
    readonly purpose: string
    readonly given: boolean
    readonly at: string
    readonly version: string
  }[]
  readonly chats: readonly {
    readonly id: string
    readonly channel: string
    readonly since: string
    /** Sealed, as PostgreSQL's hex. */
    readonly phone: string | null
  }[]
  /** What was said is sealed, as PostgreSQL's hex. */
  readonly attendance: readonly {
    readonly id: string
    readonly number: string
    readonly answer: string
    readonly late: boolean
    readonly said: string
    readonly at: string
  }[]
  readonly checkIns: readonly { readonly number: string; readonly session: string; readonly at: string }[]
  /** What associations gave: sealed, as PostgreSQL's hex; null once it was erased. */
  readonly nominations: readonly { readonly id: string; readonly association: string; readonly line: string | null }[]
  readonly files: readonly { readonly id: string; readonly kilobytes: number; readonly erased: boolean }[]
  readonly received: number
  readonly sent: number
  readonly tasks: number
  readonly results: readonly string[]
  /** The answers are sealed, as PostgreSQL's hex. */
  readonly appeals: readonly {
    readonly id: string
    readonly number: string
    readonly at: string
    readonly answers: string
  }[]
}

/** Everything that is kept about a person beside the sealed state and the registrations. */
export async function readHeld(db: Db, conversationId: string): Promise<HeldRow> {
  const mine = sql`conversation_id = ${conversationId}`
  const { rows } = await sql<HeldRow>`
    select
      (select coalesce(json_agg(json_build_object('purpose', purpose, 'given', given, 'at', at, 'version', text_version) order by at), '[]')
        from consent where ${mine}) as consents,
      (select coalesce(json_agg(json_build_object('id', chat.id, 'channel', channel, 'since', joined_at, 'phone', phone)
          order by joined_at), '[]')
        from chat_conversation join chat on chat.id = chat_id
        where chat_conversation.conversation_id = ${conversationId}) as chats,
      (select coalesce(json_agg(json_build_object('id', registration_id, 'number', number, 'answer', answer, 'late', late,
          'said', said, 'at', answered_at) order by answered_at), '[]')
        from registration join attendance on registration_id = registration.id where ${mine}) as attendance,
      (select coalesce(json_agg(json_build_object('number', number, 'session', session, 'at', at) order by at), '[]')
        from registration join check_in on registration_id = registration.id where ${mine}) as "checkIns",
      (select coalesce(json_agg(json_build_object('id', id, 'association', association, 'line', line) order by created_at), '[]')
        from nomination where ${mine} and officer_id is not null) as nominations,
      (select coalesce(json_agg(json_build_object('id', id, 'kilobytes', (bytes + 1023) / 1024,
          'erased', erase_at is not null or erased_at is not null) order by created_at), '[]')
        from file where ${mine}) as files,
      (select count(*)::int from chat_conversation join inbox using (chat_id)
        where chat_conversation.conversation_id = ${conversationId} and inbox.conversation_id = ${conversationId}
          and payload is not null) as received,
      (select count(*)::int from ledger where ${mine} and content is not null) as sent,
      (select count(*)::int from task where ${mine} and closed_at is null) as tasks,
      array(select number from registration where ${mine} and exists (
        select from result join result_import on result_import.id = import_id
        where registration_id = registration.id and tells_at <= (select app_now())
      ) order by number) as results,
      (select coalesce(json_agg(json_build_object('id', appeal.id, 'number', appeal.number, 'at', appeal.created_at,
          'answers', answers) order by appeal.created_at), '[]')
        from registration join appeal on registration_id = registration.id where ${mine}) as appeals`.execute(db)
  return rows[0] as HeldRow
}

/** A person's registrations with their sealed records, the oldest first. */
export const readRecords = (db: Db, conversationId: string) =>
  db
    .selectFrom('registration')
    .select(['id', 'event_id', 'number', 'status', 'record', 'created_at'])
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at')
    .execute()

export type SentRow = { readonly purpose: string; readonly at: Date; readonly number: string | null }

/**
 * The message of a chat with this id on the platform, else the newest notice that left for the chat; where `to` is one
 * conversation of it, the newest to that.
 */
export async function readSent(
  db: Db,
  chatId: string,
  messageId: string | undefined,
  to: string | undefined,
): Promise<SentRow | undefined> {
  const theirs = to === undefined ? sql`true` : sql`ledger.conversation_id = ${to}`
  const which =
    messageId === undefined
      ? sql`purpose <> 'reply' and sent_at is not null and ${theirs}`
      : sql`message_id = ${messageId}`
  const { rows } = await sql<SentRow>`
    select purpose, coalesce(sent_at, ledger.created_at) as at, number
    from ledger left join registration on registration.id = registration_id
    where chat_id = ${chatId} and ${which}
    order by sent_at desc limit 1`.execute(db)
  return rows[0]
}

/** Locks events in the order of the house, before registrations of theirs are changed. */
export async function lockEvents(trx: Db, ids: readonly string[]): Promise<void> {
  await sql`select from event where id = any(${ids}) order by id for no key update`.execute(trx)
}

/**
 * Erases what these people said, sent and were told; ids, times and consents stay. The bytes of their files go with
 * the next sweep. What is in flight this moment goes when it has arrived.
 */
export async function forget(trx: Db, conversationIds: readonly string[]): Promise<void> {
  const theirs = sql`conversation_id = any(${conversationIds}::uuid[])`
  await sql`
    with states as (
      update conversation set state = null, question = null, waiting_since = null, draft = false
      where id = any(${conversationIds}::uuid[])
    ), said as (
      update inbox set payload = null from chat_conversation
      where chat_conversation.${theirs} and inbox.chat_id = chat_conversation.chat_id
        and inbox.conversation_id = chat_conversation.conversation_id and payload is not null and handled_at is not null
    ), files as (
      update file set erase_at = app_now() where ${theirs} and erase_at is null
    ), tasks as (
      -- An appeal that is looked at is a record in progress.
      update task set detail = null, why = null where ${theirs} and not (
        kind = 'appeal' and closed_at is null and exists (
          select from registration where registration.id = registration_id and status = 'DITERIMA'
        ))
    ), codes as (
      delete from link_code where ${theirs}
    ), tried as (
      delete from nik_lookup using chat_conversation
      where chat_conversation.${theirs} and nik_lookup.chat_id = chat_conversation.chat_id
    ), phones as (
      update chat set phone = null where ${theirs}
    )
    update ledger set content = null, state = case when state = 'queued' then 'cancelled' else state end
    where ${theirs} and content is not null and state not in ('claimed', 'attempted')`.execute(trx)
}

/** Nothing is left of what an association gave, nor of its link. */
const NOTHING_GIVEN = sql`line = null, nik_key = null, person_key = null, claim_key = null, changed_at = app_now()`

/** A person's nominations that still count, and those that have become no registration. */
export async function readOwnNominations(db: Db, conversationId: string) {
  return db
    .selectFrom('nomination')
    .select(['id', 'event_id', 'registration_id'])
    .where('conversation_id', '=', conversationId)
    .execute()
}

/** Erases nominations that have become no registration: what associations gave, and who opened the link. */
export async function stripNominations(trx: Db, ids: readonly string[]): Promise<void> {
  await sql`
    with tasks as (
      update task set detail = null, why = null from unnest(${ids}::uuid[]) as gone(id)
      where matter = 'conflict ' || gone.id
    )
    update nomination set name = '-', ${NOTHING_GIVEN}, conversation_id = null
    where id = any(${ids}::uuid[])`.execute(trx)
}

export type Left = {
  readonly id: string
  readonly number: string
  /** Sealed, without what may not be kept. */
  readonly record: Buffer
  /** False: nothing in it tells any more whose it was. */
  readonly kept: boolean
  /** Sealed, for the words in which a kept registration's attendance was said. */
  readonly unsaid: Buffer
}

/**
 * Leaves of registrations what must be kept: of one that is kept also that its person was there. One that is not kept
 * ends, and nothing more is sent about it.
 */
export async function strip(trx: Db, { id, number, record, kept, unsaid }: Left): Promise<void> {
  if (kept) {
    await sql`
      with unsaid as (
        update attendance set said = ${unsaid} where registration_id = ${id}
      ), given as (
        update nomination set ${NOTHING_GIVEN} where registration_id = ${id}
      )
      update registration set record = ${record}, ktp_file = null where id = ${id}`.execute(trx)
    return
  }
  await sql`
    with silent as (
      update ledger set state = 'cancelled' where registration_id = ${id} and state = 'queued'
    ), answers as (
      delete from attendance where registration_id = ${id}
    ), checked_in as (
      delete from check_in where registration_id = ${id}
    ), given as (
      update nomination set name = '-', ${NOTHING_GIVEN} where registration_id = ${id}
    ), reasons as (
      update audit set detail = null where subject = ${number}
    )
    update registration set name = '-', why = null, ktp_file = null, record = ${record}, erased_at = app_now(),
      nik_key = sha256(convert_to(id::text, 'UTF8')), changed_at = app_now(),
      status = case when status = 'DITOLAK' then status else 'MENGUNDURKAN_DIRI' end
    where id = ${id}`.execute(trx)
}
