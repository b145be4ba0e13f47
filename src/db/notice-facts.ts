// What notices are rendered from: the person's registration, conversation and event as they are at this moment.
import { type Kysely, sql } from 'kysely'
import { wasTold } from './correction.ts'
import { type EventStamp, eventStamps } from './event-read.ts'
import type { Database } from './schema.ts'
import type { KnownRegistration } from './waiting.ts'

export type NoticeRow = {
  readonly ledger_id: string
  readonly purpose: string
  /** Null to who has not registered; with the number, the name and the status. */
  readonly registration_id: string | null
  readonly number: string | null
  readonly name: string | null
  readonly status: string | null
  /** Sealed. */
  readonly why: Buffer | null
  /** For a correction, the newest version of the event of which the person was told; null where he was told nothing. */
  readonly told_version: number | null
  /** The person has said something since the notice was planned: its occurrence begins with the turns there were. */
  readonly spoke: boolean
  readonly conversation_id: string
  /** Sealed; null before the first turn. */
  readonly state: Buffer | null
  readonly language: string
  readonly chat_id: string
  /** Sealed. */
  readonly phone: Buffer | null
  /** Others register through the same chat. */
  readonly shared: boolean
  readonly registrations: readonly KnownRegistration[]
  /** Sessions at which the person was checked in. */
  readonly present: readonly string[]
  readonly event: EventStamp
  readonly events: readonly EventStamp[]
  readonly now: Date
}

/** Reads what these rows of the ledger need; `correction` is the purpose of the messages that say what has changed. */
export async function readNoticeRows(
  db: Kysely<Database>,
  ledgerIds: readonly string[],
  correction: string,
): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select ledger.id as ledger_id, purpose, registration.id as registration_id, number, name, registration.status,
      registration.why, conversation.id as conversation_id, conversation.state, language, chat.id as chat_id, phone,
      (
        select coalesce(json_agg(json_build_object(
          'id', id, 'event', event_id, 'number', number, 'status', status, 'why', why, 'absent', false
        ) order by created_at), '[]')
        from registration as every where every.conversation_id = conversation.id
      ) as registrations,
      array(select session from check_in where check_in.registration_id = registration.id) as present,
      (
        select count(*) > 1 from chat_conversation join conversation as known on known.id = conversation_id
        where chat_conversation.chat_id = chat.id and known.state is not null
      ) as shared,
      case when purpose = ${correction} then (
        select max(event_version) from ledger as told
        where told.conversation_id = conversation.id and told.registration_id = registration.id and ${wasTold}
      ) end as told_version,
      split_part(occurrence, '/', 1) <> turns::text as spoke,
      json_build_array(event.id, event.version, event.changed_at) as event,
      ${eventStamps} as events, (select app_now()) as now
    from ledger
    left join registration on registration.id = ledger.registration_id
    join conversation on conversation.id = coalesce(registration.conversation_id, ledger.conversation_id)
    join event on event.id = ledger.event_id
    join chat on chat.id = ledger.chat_id
    where ledger.id = any(${ledgerIds}::uuid[])`.execute(db)
  return rows
}
