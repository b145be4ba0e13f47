// What is kept only for a time, as the event file says: drafts, KTP pictures, codes. Set-based, a bounded lot a run.
import { type Kysely, sql } from 'kysely'
import { forget } from './rights.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

const AT_ONCE = 500
/** Where no event says how long a draft is kept. */
const DRAFT_DAYS = 30

/** Erases drafts that nobody went on with for the event's draft days. */
export async function eraseDrafts(db: Db): Promise<void> {
  await db.transaction().execute(async trx => {
    const { rows } = await sql<{ id: string }>`
      with days as materialized (
        select id, (file -> 'privacy' ->> 'draft_days')::int as kept from event
      ), shortest as materialized (
        select coalesce(min(kept), ${DRAFT_DAYS}) as kept from days
      )
      select conversation.id from conversation
      cross join shortest
      left join days on days.id = conversation.event_id
      where draft and created_at < app_now() - shortest.kept * interval '1 day'
        and changed_at < app_now() - coalesce(days.kept, shortest.kept) * interval '1 day'
      order by created_at limit ${AT_ONCE}
      for no key update of conversation skip locked`.execute(trx)
    if (rows.length > 0)
      await forget(
        trx,
        rows.map(({ id }) => id),
      )
  })
}

/** The KTP picture of who was decided about is verified: where the event keeps it until then, it goes. */
export async function eraseVerified(db: Db): Promise<void> {
  await sql`
    with verified as (
      select registration.id, ktp_file from registration
      join event on event.id = event_id and file -> 'privacy' ->> 'id_photo' = 'until verified'
      where status in ('DITERIMA', 'DITOLAK', 'MENGUNDURKAN_DIRI') and ktp_file is not null
      order by registration.changed_at limit ${AT_ONCE}
      for no key update of registration skip locked
    ), files as (
      update file set erase_at = app_now() from verified where file.id = ktp_file and erase_at is null
    )
    update registration set ktp_file = null from verified where registration.id = verified.id`.execute(db)
}

/** Marks files whose bytes nobody needs any more. */
export async function eraseFiles(trx: Db, ids: readonly string[]): Promise<void> {
  await sql`update file set erase_at = app_now() where id = any(${ids}::uuid[]) and erase_at is null`.execute(trx)
}

export type Ended = {
  readonly id: string
  readonly number: string
  readonly event_id: string
  readonly conversation_id: string
  readonly status: string
  readonly record: Buffer
  readonly created_at: Date
  /** The person has another registration that is active. */
  readonly others: boolean
}

/** Locks registrations that ended more than the event's draft days ago, of people who did not write since. */
export async function findEnded(trx: Db): Promise<Ended[]> {
  const { rows } = await sql<Ended>`
    with days as materialized (
      select id, (file -> 'privacy' ->> 'draft_days')::int * interval '1 day' as kept from event
    )
    select registration.id, number, registration.event_id, conversation_id, status, record, registration.created_at, others
    from registration join days on days.id = registration.event_id
    join conversation on conversation.id = conversation_id
    cross join lateral (
      select exists (
        select from registration as other where other.conversation_id = conversation.id
          and other.status not in ('DITOLAK', 'MENGUNDURKAN_DIRI')
      ) as others
    ) as active
    where status in ('DITOLAK', 'MENGUNDURKAN_DIRI') and registration.erased_at is null
      and registration.changed_at < app_now() - (select min(kept) from days)
      and registration.changed_at < app_now() - kept
      and (others or conversation.changed_at < app_now() - kept)
    order by registration.changed_at limit ${AT_ONCE}
    for no key update of conversation, registration skip locked`.execute(trx)
  return rows
}

/** Files whose bytes are to be erased now. */
export async function filesToErase(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from file where erase_at <= (select app_now()) and erased_at is null
    order by erase_at limit ${AT_ONCE}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Notes that these files' bytes are gone. */
export async function noteErased(db: Db, ids: readonly string[]): Promise<void> {
  await sql`update file set erased_at = app_now() where id = any(${ids}::uuid[])`.execute(db)
}

/** Codes that nobody used and NIKs asked about more than a day ago. */
export async function dropExpired(db: Db): Promise<void> {
  await sql`
    with codes as (
      delete from link_code where expires_at < (select app_now())
    )
    delete from nik_lookup where (chat_id, nik_key) in (
      select chat_id, nik_key from nik_lookup where at < (select app_now()) - interval '1 day' order by at limit ${AT_ONCE}
    )`.execute(db)
}

/** Which of these files nobody knows of, or were erased: their bytes may not lie around. */
export async function strayFiles(db: Db, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${ids}::uuid[]) as stored(id)
    where not exists (select from file where file.id = stored.id and erased_at is null)`.execute(db)
  return rows.map(({ id }) => id)
}
