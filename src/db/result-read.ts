// What counts now of people's results, with what is needed to tell them.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Outcome } from '../domain/result.ts'
import type { EventStamp } from './event-read.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

export type ResultRow = {
  readonly registration_id: string
  readonly import_id: string
  readonly number: string
  readonly trade: string
  readonly outcome: Outcome
  /** A day, as text. */
  readonly valid_until: string | null
  /** Sealed. */
  readonly detail: Buffer
  /** Sealed. */
  readonly record: Buffer
  /**
   * When the outcome was first told as it is now, or tried to be: a certificate that is added prolongs no deadline. As long
   * as it is on its way, now.
   */
  readonly told_at: Date
  readonly appeal: string | null
  readonly appeal_open: boolean
  readonly renewal: boolean | null
  readonly locked: boolean
  readonly event: EventStamp
  readonly now: Date
}

/** The newest result of a registration that was approved, not undone, and may be told by now. */
export const standing = sql`
  select result.*, result_import.number as nth from result join result_import on result_import.id = import_id
  where registration_id = registration.id and tells_at <= (select app_now())
  order by result_import.number desc limit 1`

/** Whether the person wants to be reminded of a renewal; null before it was said. */
export const wantsRenewal = sql`(
  select given from consent
  where consent.conversation_id = registration.conversation_id and purpose = 'renewal' order by at desc limit 1)`

const read = async (db: Db, which: RawBuilder<unknown>): Promise<ResultRow[]> => {
  const { rows } = await sql<ResultRow>`
    select registration.id as registration_id, current.import_id, registration.number, trade, current.outcome,
      current.valid_until::text, current.detail, record, told.at as told_at, last.number as appeal,
      coalesce(last.open, false) as appeal_open, ${wantsRenewal} as renewal,
      exists (
        select from task where task.conversation_id = registration.conversation_id and kind = 'result_locked'
          and closed_at is null
      ) as locked,
      json_build_array(event.id, event.version, event.changed_at) as event, (select app_now()) as now
    from registration
    join event on event.id = event_id
    cross join lateral (${standing}) as current
    cross join lateral (
      select greatest(tells_at, (
        select max(coalesce(sent_at, case when state in ('queued', 'claimed', 'attempted') then (select app_now()) else due_at end))
        from ledger
        where purpose = 'hasil' and recipient = registration.id and occurrence = result_import.number || '.' || round
      )) as at
      from result join result_import on result_import.id = import_id
      where registration_id = registration.id and tells = 'hasil' and tells_at <= (select app_now())
      order by result_import.number desc limit 1
    ) as told
    left join lateral (
      select appeal.number, closed_at is null as open from appeal join task on task.id = task_id
      where appeal.registration_id = registration.id order by appeal.created_at desc limit 1
    ) as last on true
    where ${which}
    order by told.at, registration.number`.execute(db)
  return rows
}

/** A person's results, the newest last. */
export const readResultsOf = (db: Db, conversationId: string): Promise<ResultRow[]> =>
  read(db, sql`registration.conversation_id = ${conversationId}`)

/** The results of some registrations. */
export const readResultRows = (db: Db, registrations: readonly string[]): Promise<ResultRow[]> =>
  read(db, sql`registration.id = any(${registrations}::uuid[])`)

/** Which of these messages come after another one that told a result otherwise. */
export async function readCorrected(db: Db, ledgerIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select ledger.id from ledger
    where ledger.id = any(${ledgerIds}::uuid[]) and purpose = 'hasil' and exists (
      select from ledger as told where told.purpose = 'hasil' and told.recipient = ledger.recipient
        and told.occurrence <> ledger.occurrence and told.state in ('attempted', 'accepted', 'delivered', 'read', 'uncertain')
    )`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

export type Holder = { readonly conversation_id: string; readonly registration_id: string; readonly record: Buffer }

/** Who holds a certificate, by what counts now. */
export async function readHolders(db: Db, certificateKey: Buffer): Promise<Holder[]> {
  const { rows } = await sql<Holder>`
    select conversation_id, registration.id as registration_id, record
    from registration cross join lateral (${standing}) as current
    where registration.id in (select registration_id from result where certificate_key = ${certificateKey})
      and current.certificate_key = ${certificateKey} and registration.erased_at is null`.execute(db)
  return rows
}
