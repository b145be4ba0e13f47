// Imports of results: what was brought in, who published and approved it, and when people are told.
import { type Kysely, sql } from 'kysely'
import type { EventFile } from '../domain/event-file.ts'
import { type Outcome, SUMMARY } from '../domain/result.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

export type ResultImport = Omit<Database['result_import'], 'number' | 'round' | 'imported_at'> & {
  readonly number: number
  readonly round: number
  readonly imported_at: Date
}

/** Locks an event against others who bring in or publish its results; gives its newest import. */
export async function lockResults(
  trx: Db,
  eventId: string,
): Promise<{ readonly file: EventFile; readonly now: Date; readonly newest: ResultImport | undefined }> {
  const { file } = await trx
    .selectFrom('event')
    .select('file')
    .where('id', '=', eventId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(trx)
  return { file: file as EventFile, now: (rows[0] as { now: Date }).now, newest: await readNewest(trx, eventId) }
}

/** The newest import of an event. */
export const readNewest = (db: Db, eventId: string): Promise<ResultImport | undefined> =>
  db
    .selectFrom('result_import')
    .selectAll()
    .where('event_id', '=', eventId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

export type Assessed = {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly status: string
  readonly association: string | null
  readonly trade: string
  readonly nik_key: Buffer
  readonly conversation_id: string
  /** Was checked in at some session. */
  readonly present: boolean
}

/** Everybody who ever registered for an event. */
export async function readAssessed(db: Db, eventId: string): Promise<Assessed[]> {
  const { rows } = await sql<Assessed>`
    select id, number, name, status, association, trade, nik_key, conversation_id,
      exists (select from check_in where registration_id = registration.id) as present
    from registration where event_id = ${eventId} order by number`.execute(db)
  return rows
}

/** Which of these certificates another person was given, and whose they are. */
export async function readCertificates(
  db: Db,
  keys: readonly Buffer[],
): Promise<readonly { readonly certificate_key: Buffer; readonly registration_id: string; readonly number: string }[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<{ certificate_key: Buffer; registration_id: string; number: string }>`
    select distinct result.certificate_key, registration_id, number
    from ${rowset(
      'asked',
      keys.map(key => ({ key })),
      { key: 'bytea' },
    )}
    join result on result.certificate_key = asked.key
    join registration on registration.id = registration_id`.execute(db)
  return rows
}

export type NewResult = {
  readonly registration_id: string
  readonly outcome: Outcome
  readonly certificate_key: Buffer | null
  readonly valid_until: string | null
  readonly detail: Buffer
}

/** Keeps an import; what waited for its approval before makes room for it. */
export async function addImport(
  trx: Db,
  { id, event_id, number, imported_by }: Pick<ResultImport, 'id' | 'event_id' | 'number' | 'imported_by'>,
  results: readonly NewResult[],
): Promise<void> {
  await trx.deleteFrom('result_import').where('event_id', '=', event_id).where('approved_at', 'is', null).execute()
  await trx.insertInto('result_import').values({ id, event_id, number, imported_by }).execute()
  await sql`
    insert into result (import_id, registration_id, outcome, certificate_key, valid_until, detail)
    select ${id}, registration_id, outcome, certificate_key, valid_until::date, detail
    from ${rowset('new', results, {
      registration_id: 'uuid',
      outcome: 'text',
      certificate_key: 'bytea',
      valid_until: 'text',
      detail: 'bytea',
    })}`.execute(trx)
}

/** Notes who published; null takes it back. */
export async function notePublished(trx: Db, id: string, by: string): Promise<void> {
  await sql`update result_import set published_by = ${by}, published_at = app_now() where id = ${id}`.execute(trx)
}

/** Notes who approved, and from when on people are told. */
export async function noteApproved(trx: Db, id: string, by: string, tells_at: Date): Promise<void> {
  await sql`
    update result_import set approved_by = ${by}, approved_at = app_now(), tells_at = ${tells_at}, round = round + 1
    where id = ${id}`.execute(trx)
}

/** The import waits for its publication again. */
export async function noteUndone(trx: Db, id: string): Promise<void> {
  await sql`
    with results as (update result set tells = null where import_id = ${id})
    update result_import set published_at = null, published_by = null, approved_at = null, approved_by = null,
      tells_at = null where id = ${id}`.execute(trx)
}

export type ImportedResult = {
  readonly id: string
  readonly number: string
  readonly name: string
  readonly association: string | null
  readonly trade: string
  readonly conversation_id: string
  readonly import_id: string
  readonly outcome: Outcome
  /** Sealed. */
  readonly detail: Buffer
  readonly tells: 'hasil' | 'sertifikat' | null
}

const COLUMNS = sql`registration.id, registration.number, name, association, trade, conversation_id, import_id, outcome,
  detail, tells`

/** The results of an import. */
export async function readImported(db: Db, importId: string): Promise<ImportedResult[]> {
  const { rows } = await sql<ImportedResult>`
    select ${COLUMNS} from result join registration on registration.id = registration_id
    where import_id = ${importId} order by registration.number`.execute(db)
  return rows
}

/** What counts of an event's results now, or at `at`: of each person the newest that was approved and not undone. */
export async function readStanding(db: Db, eventId: string): Promise<ImportedResult[]> {
  const { rows } = await sql<ImportedResult>`
    select distinct on (registration.number) ${COLUMNS}
    from result_import join result on import_id = result_import.id
    join registration on registration.id = registration_id
    where result_import.event_id = ${eventId} and tells_at <= app_now()
    order by registration.number, result_import.number desc`.execute(db)
  return rows
}

/** Notes what each person of an import hears. */
export async function noteTells(
  trx: Db,
  importId: string,
  tells: readonly { readonly id: string; readonly tells: string | null }[],
): Promise<void> {
  await sql`
    update result set tells = new.tells
    from ${rowset('new', tells, { id: 'uuid', tells: 'text' })}
    where import_id = ${importId} and registration_id = new.id`.execute(trx)
}

/** Why a message about results waits no more, before the occurrence that says more than it: undoing that lets it wait again. */
export const OVERTAKEN = 'overtaken by '

/**
 * What still waits to be said about these people's results says less than what is queued next: a result also than a
 * certificate that was recorded before, a certificate not than the result.
 */
export async function supersedeResults(
  trx: Db,
  eventId: string,
  occurrence: string,
  people: readonly { readonly id: string; readonly tells: string | null }[],
): Promise<void> {
  await sql`
    update ledger set state = 'superseded', why = ${OVERTAKEN} || ${occurrence}
    from ${rowset('new', people, { id: 'uuid', tells: 'text' })}
    where event_id = ${eventId} and purpose in ('hasil', 'sertifikat') and state = 'queued'
      and occurrence <> ${occurrence} and recipient = new.id and (tells = 'hasil' or purpose = 'sertifikat')`.execute(
    trx,
  )
}

/** Takes back what an approval queued, and lets what it had overtaken wait again; false where some is on its way already. */
export async function cancelResults(trx: Db, eventId: string, occurrence: string): Promise<boolean> {
  const { rows } = await sql<{ left: boolean }>`
    with told as materialized (
      select id, state from ledger
      where event_id = ${eventId} and purpose in ('hasil', 'sertifikat') and occurrence = ${occurrence}
      order by id for update
    ), cancelled as (
      update ledger set state = 'cancelled', why = 'undone' from told where ledger.id = told.id and told.state = 'queued'
    ), restored as (
      update ledger set state = 'queued', why = null
      where event_id = ${eventId} and purpose in ('hasil', 'sertifikat') and state = 'superseded'
        and why = ${OVERTAKEN} || ${occurrence}
    )
    select coalesce(bool_or(state <> 'queued'), false) as left from told`.execute(trx)
  return !(rows[0] as { left: boolean }).left
}

/** How many messages about an event's results, to its people and to officers, are in which state. */
export async function countTold(
  db: Db,
  eventId: string,
): Promise<readonly { readonly purpose: string; readonly state: string; readonly count: number }[]> {
  const { rows } = await sql<{ purpose: string; state: string; count: number }>`
    select purpose, state, count(*)::int as count from (
      select purpose, state from ledger where event_id = ${eventId} and purpose in ('hasil', 'sertifikat')
      union all
      select purpose, state from officer join ledger on recipient = officer.id and purpose = ${SUMMARY}
      where officer.event_id = ${eventId} and removed_at is null
    ) as told group by purpose, state order by purpose, state`.execute(db)
  return rows
}
