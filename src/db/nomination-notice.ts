// What notices about nominations are rendered from, and the digest of the day.
import { type Kysely, sql } from 'kysely'
import { type EventStamp, eventStamps } from './event-read.ts'
import { forget } from './rights.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

export type NominationNoticeRow = {
  readonly ledger_id: string
  readonly purpose: string
  readonly nomination_id: string | null
  readonly association: string | null
  /** It goes to an officer who is one no more. */
  readonly gone: boolean
  readonly conversation_id: string
  /** Sealed; null before the first turn. */
  readonly state: Buffer | null
  readonly language: string
  readonly event: EventStamp
  readonly events: readonly EventStamp[]
  readonly now: Date
}

/** Reads what these rows of the ledger need; one that is about no nomination and no officer is not among the answers. */
export async function readNominationNotices(db: Db, ledgerIds: readonly string[]): Promise<NominationNoticeRow[]> {
  const { rows } = await sql<NominationNoticeRow>`
    select ledger.id as ledger_id, purpose, nomination_id, coalesce(nomination.association, officer.association) as association,
      removed_at is not null as gone,
      conversation.id as conversation_id, conversation.state, language,
      json_build_array(event.id, event.version, event.changed_at) as event,
      ${eventStamps} as events, (select app_now()) as now
    from ledger
    join conversation on conversation.id = ledger.conversation_id
    join event on event.id = ledger.event_id
    left join nomination on nomination.id = nomination_id
    left join officer on officer.id = recipient
    where ledger.id = any(${ledgerIds}::uuid[]) and (nomination.id is not null or officer.id is not null)`.execute(db)
  return rows
}

/** Tells who has opened his link that his nomination was called off; nobody else knows how to reach him. */
export async function tellCalledOff(trx: Db, purpose: string, id: string, due: Date): Promise<void> {
  await sql`
    insert into ledger (id, purpose, recipient, occurrence, nomination_id, conversation_id, event_id, state, priority,
      due_at, expires_at)
    select new_id(), ${purpose}, nomination.id, 'called off', nomination.id, conversation_id, event_id, 'queued', 10,
      ${due}, ends_at
    from nomination join event on event.id = event_id
    where nomination.id = ${id} and conversation_id is not null
    on conflict (purpose, recipient, occurrence, revision, road) do nothing`.execute(trx)
}

/**
 * Queues for each officer of an event what is missing, once a day; where nothing is by then, nothing leaves. Who said
 * BERHENTI gets none.
 */
export async function addDigests(db: Db, purpose: string, eventId: string, day: string, until: Date): Promise<void> {
  await sql`
    insert into ledger (id, purpose, recipient, occurrence, conversation_id, event_id, chat_id, channel, account, state,
      priority, due_at, expires_at)
    select new_id(), ${purpose}, officer.id, ${day}, officer.conversation_id, ${eventId}, chat.id, channel, account,
      'queued', 20, (select app_now()), ${until}
    from officer join chat on chat.id = chat_id join conversation on conversation.id = officer.conversation_id
    where officer.event_id = ${eventId} and removed_at is null and stopped_at is null
    on conflict (purpose, recipient, occurrence, revision, road) do nothing`.execute(db)
}

const OVER = sql`
  select id from event where (file -> 'privacy' ->> 'unclaimed_delete_at')::timestamptz <= (select app_now())`

/** Erases what associations gave of people who never came, once the event's time for it has passed. */
export async function eraseUnclaimed(db: Db): Promise<void> {
  await db.transaction().execute(async trx => {
    await forgetOfficers(trx)
    await stripUnclaimed(trx)
  })
}

/** The lists they sent and the links they were told name the same people: what was said in their chats goes with them. */
async function forgetOfficers(trx: Db): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    with over as materialized (${OVER})
    select conversation.id from officer join conversation on conversation.id = officer.conversation_id
    where officer.event_id in (select id from over) and (draft or exists (
      select from nomination
      where nomination.event_id = officer.event_id and nomination.registration_id is null and line is not null
    ))
    order by conversation.id for no key update of conversation`.execute(trx)
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await forget(trx, ids)
}

async function stripUnclaimed(trx: Db): Promise<void> {
  await sql`
    with over as materialized (${OVER}), asked as (
      -- "conflict ID", "replace ID", "claim ID CONVERSATION"
      update task set detail = null from nomination
      where nomination.event_id in (select id from over) and nomination.registration_id is null and line is not null
        and task.event_id = nomination.event_id and split_part(matter, ' ', 2) = nomination.id::text
    )
    update nomination set name = '-', line = null, nik_key = null, person_key = null, claim_key = null,
      changed_at = app_now()
    where event_id in (select id from over) and registration_id is null and line is not null`.execute(trx)
}

/** Events that have a free seat that may cross over, and somebody who waits for one. */
export async function eventsToServe(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from event where ends_at > (select app_now())
      and exists (
        select from seat where seat.event_id = event.id and holder is null and across_from <= (select app_now())
      )
      and exists (select from nomination where nomination.event_id = event.id and queue is not null)`.execute(db)
  return rows.map(({ id }) => id)
}

/** Invitations and wrong codes that count no more. */
export async function dropOldCodes(db: Db): Promise<void> {
  await sql`delete from wrong_code where at < (select app_now()) - interval '1 day'`.execute(db)
  await sql`delete from invitation where used_at is null and expires_at < (select app_now())`.execute(db)
}
