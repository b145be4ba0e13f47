// Registrations as people contest them: each statement settles a whole batch, and no refusal is an SQL error.
// The event's row lock, taken by `takeNumbers`, orders everybody who registers or corrects.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

/** As the partial indexes have it. */
const ACTIVE = sql`status not in ('DITOLAK', 'MENGUNDURKAN_DIRI')`
const now = sql`(select app_now())`

export type NikAsked = { readonly conversation_id: string; readonly event_id: string; readonly nik_key: Buffer }

/** Which of these NIKs (by place in the list) nobody else holds an active registration with. */
export async function freeNiks(trx: Db, asked: readonly NikAsked[]): Promise<Set<number>> {
  const { rows } = await sql<{ n: number }>`
    select n from ${rowset('asked', numbered(asked), {
      n: 'int',
      conversation_id: 'uuid',
      event_id: 'text',
      nik_key: 'bytea',
    })}
    where not exists (${heldByAnother})`.execute(trx)
  return new Set(rows.map(row => row.n))
}

/** Withdraws the active registrations of these people; gives their ids by place in the list. */
export async function withdraw(
  trx: Db,
  asked: readonly { readonly conversation_id: string; readonly event_id: string }[],
): Promise<Map<number, string>> {
  const { rows } = await sql<{ n: number; id: string }>`
    update registration set status = 'MENGUNDURKAN_DIRI', changed_at = ${now}
    from ${rowset('asked', numbered(asked), { n: 'int', conversation_id: 'uuid', event_id: 'text' })}
    where registration.event_id = asked.event_id and registration.conversation_id = asked.conversation_id and ${ACTIVE}
    returning n, registration.id`.execute(trx)
  return new Map(rows.map(row => [row.n, row.id]))
}

/** Takes the event's lock and the next `count` numbers; gives the first of them and the event's prefix. */
export async function takeNumbers(
  trx: Db,
  eventId: string,
  count: number,
): Promise<{ readonly first: number; readonly prefix: string }> {
  const { numbers, prefix } = await trx
    .updateTable('event')
    .set(eb => ({ numbers: eb('numbers', '+', count) }))
    .where('id', '=', eventId)
    .returning(['numbers', sql<string>`file -> 'registration' ->> 'number_prefix'`.as('prefix')])
    .executeTakeFirstOrThrow()
  return { first: numbers - count + 1, prefix }
}

export type Entry = {
  readonly id: string
  readonly event_id: string
  readonly conversation_id: string
  readonly number: string
  readonly nik_key: Buffer
  readonly name: string
  readonly trade: string
  readonly level: number
  readonly association: string | null
  readonly record: Buffer
  readonly ktp_file: string | null
}

const ENTRY = {
  id: 'uuid',
  event_id: 'text',
  conversation_id: 'uuid',
  number: 'text',
  nik_key: 'bytea',
  name: 'text',
  trade: 'text',
  level: 'int',
  association: 'text',
  record: 'bytea',
  ktp_file: 'uuid',
} as const

/** Registers these people; gives the ids of those whose NIK nobody had. Of two with one NIK the first in the list wins. */
export async function register(trx: Db, entries: readonly Entry[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    insert into registration (id, event_id, conversation_id, number, status, nik_key, name, trade, level, association,
      record, ktp_file, created_at, changed_at)
    select id, event_id, conversation_id, number, 'MENUNGGU_VERIFIKASI', nik_key, name, trade, level, association,
      record, ktp_file, ${now}, ${now}
    from ${rowset('entry', entries, ENTRY)}
    on conflict (event_id, nik_key) where ${ACTIVE} do nothing
    returning id`.execute(trx)
  return new Set(rows.map(row => row.id))
}

export type Corrected = {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly taken: boolean
}

/**
 * Puts corrected data into registrations that still wait for the organiser; they keep their number. One that was
 * decided meanwhile stays as it is, and so does one whose new NIK somebody else holds (`taken`).
 */
export async function correct(trx: Db, entries: readonly Omit<Entry, 'number'>[]): Promise<Map<string, Corrected>> {
  const { number: _, ...columns } = ENTRY
  const { rows } = await sql<Corrected>`
    with asked as (
      select * from ${rowset('entry', numbered(entries), { n: 'int', ...columns })}
    ), allowed as (
      select distinct on (event_id, nik_key) * from asked where not exists (${heldByAnother})
      order by event_id, nik_key, n
    ), changed as (
      update registration set status = 'MENUNGGU_VERIFIKASI', why = null, nik_key = allowed.nik_key, name = allowed.name,
        trade = allowed.trade, level = allowed.level, association = allowed.association, record = allowed.record,
        ktp_file = allowed.ktp_file,
        changed_at = ${now}
      from allowed
      where registration.id = allowed.id and status in ('PERLU_PERBAIKAN', 'MENUNGGU_VERIFIKASI')
      returning registration.id, status
    )
    select former.id, former.number, coalesce(changed.status, former.status) as status,
      allowed.id is null and former.status in ('PERLU_PERBAIKAN', 'MENUNGGU_VERIFIKASI') as taken
    from asked join registration as former using (id) left join allowed using (id) left join changed using (id)`.execute(
    trx,
  )
  return new Map(rows.map(row => [row.id, row]))
}

const heldByAnother = sql`
  select from registration as other
  where other.event_id = asked.event_id and other.nik_key = asked.nik_key and other.${ACTIVE}
    and other.conversation_id <> asked.conversation_id`

const numbered = <Row extends object>(rows: readonly Row[]) => rows.map((row, n) => ({ ...row, n }))
