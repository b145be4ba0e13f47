// What notices are rendered from: the person's registration, conversation and event as they are at this moment.
import { type Kysely, sql } from 'kysely'
import { type EventStamp, eventStamps } from './event-read.ts'
import type { Database } from './schema.ts'
import type { KnownRegistration } from './waiting.ts'

export type NoticeRow = {
  readonly ledger_id: string
  readonly registration_id: string
  readonly number: string
  readonly name: string
  readonly status: string
  /** Sealed. */
  readonly why: Buffer | null
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

/** Reads what these rows of the ledger need. One without a registration is not among the answers. */
export async function readNoticeRows(db: Kysely<Database>, ledgerIds: readonly string[]): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select ledger.id as ledger_id, registration.id as registration_id, number, name, registration.status,
      registration.why, conversation.id as conversation_id, conversation.state, language, chat.id as chat_id, phone,
      (
        select json_agg(json_build_object(
          'id', id, 'event', event_id, 'number', number, 'status', status, 'why', why, 'absent', false) order by created_at)
        from registration as every where every.conversation_id = conversation.id
      ) as registrations,
      array(select session from check_in where check_in.registration_id = registration.id) as present,
      (
        select count(*) > 1 from chat_conversation join conversation as known on known.id = conversation_id
        where chat_conversation.chat_id = chat.id and known.state is not null
      ) as shared,
      json_build_array(event.id, event.version, event.changed_at) as event,
      ${eventStamps} as events, (select app_now()) as now
    from ledger
    join registration on registration.id = ledger.registration_id
    join conversation on conversation.id = registration.conversation_id
    join event on event.id = registration.event_id
    join chat on chat.id = ledger.chat_id
    where ledger.id = any(${ledgerIds}::uuid[])`.execute(db)
  return rows
}
