// Claims: who opened the link of a nomination, and what came of it.
import { type Kysely, sql } from 'kysely'
import { ACTIVE } from './nomination.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

export type Claimed = {
  readonly id: string
  readonly event_id: string
  readonly association: string | null
  readonly name: string
  /** Sealed. */
  readonly line: Buffer | null
  readonly state: string
  readonly queue: number | null
  readonly conversation_id: string | null
  readonly locked: boolean
  readonly misses: number
}

/** The nomination of a link, unless it was called off. */
export async function findClaim(db: Db, claimKey: Buffer): Promise<Claimed | undefined> {
  const { rows } = await sql<Claimed>`
    select id, event_id, association, name, line, state, queue, conversation_id, locked_at is not null as locked, misses
    from nomination where claim_key = ${claimKey} and state not in ('BATAL', 'DIPERIKSA')`.execute(db)
  return rows[0]
}

/** Counts a wrong birth date; the last one allowed locks the link. */
export async function missClaim(trx: Db, id: string, most: number): Promise<void> {
  await sql`
    update nomination set misses = misses + 1, locked_at = case when misses + 1 >= ${most} then app_now() end,
      changed_at = app_now()
    where id = ${id}`.execute(trx)
}

/** Binds a nomination to who opened it; whoever has a seat for it has taken it. */
export async function bindClaim(trx: Db, id: string, conversationId: string): Promise<void> {
  await sql`
    update nomination set conversation_id = ${conversationId}, changed_at = app_now(),
      state = case when state in ('DIUSULKAN', 'DITAWARI') then 'DIKLAIM' else state end
    where id = ${id}`.execute(trx)
  await sql`update seat set offered_until = null where holder = ${id}`.execute(trx)
}

/** Whoever came back has a seat again, and is no reserve any more. */
export async function seatClaimed(trx: Db, id: string): Promise<void> {
  await sql`
    with registered as (
      update registration set status = 'MENUNGGU_VERIFIKASI', changed_at = app_now()
      from nomination where nomination.id = ${id} and registration.id = registration_id and status = 'CADANGAN'
    )
    update nomination set state = case when conversation_id is null then 'DIUSULKAN' else 'DIKLAIM' end,
      changed_at = app_now()
    where id = ${id}`.execute(trx)
}

export type Nominee = {
  readonly id: string
  readonly conversation_id: string
  readonly association: string | null
  /** The seat that was offered was let go meanwhile. */
  readonly lapsed: boolean
}

/**
 * The nominations of people who register: by the link they opened, else by their NIK, where their own association named
 * it and nobody opened the link yet.
 */
export async function findNominees(
  db: Db,
  eventId: string,
  people: readonly {
    readonly conversation_id: string
    readonly nik_key: Buffer
    readonly association: string | null
  }[],
): Promise<Map<string, Nominee>> {
  const { rows } = await sql<Nominee>`
    select found.id, person.conversation_id, found.association, lapsed
    from ${rowset('person', people, { conversation_id: 'uuid', nik_key: 'bytea', association: 'text' })}
    cross join lateral (
      select id, association, state = 'KEDALUWARSA' as lapsed from nomination
      where event_id = ${eventId} and conversation_id = person.conversation_id
        and (${ACTIVE} or state = 'KEDALUWARSA' and registration_id is null)
      union all
      select id, association, false from nomination
      where event_id = ${eventId} and nik_key = person.nik_key and conversation_id is null
        and association = person.association and state <> 'DIPERIKSA' and ${ACTIVE}
      order by lapsed limit 1
    ) as found`.execute(db)
  return new Map(rows.map(row => [row.conversation_id, row]))
}

/** Notes what a nominee's registration is; who waits in the reserve is no more than that. Gives the status. */
export async function linkRegistration(
  trx: Db,
  { id, conversation_id }: Nominee,
  registrationId: string,
): Promise<'MENUNGGU_VERIFIKASI' | 'CADANGAN'> {
  const { rows } = await sql<{ state: string }>`
    update nomination set registration_id = ${registrationId}, conversation_id = ${conversation_id},
      state = case when state = 'DIUSULKAN' then 'DIKLAIM' else state end, changed_at = app_now()
    where id = ${id} returning state`.execute(trx)
  const waits = rows[0]?.state === 'CADANGAN' || rows[0]?.state === 'DITAWARI'
  if (waits) await sql`update registration set status = 'CADANGAN' where id = ${registrationId}`.execute(trx)
  return waits ? 'CADANGAN' : 'MENUNGGU_VERIFIKASI'
}

/** Tells the officers of an association about one of its nominations, in the chats where they are. */
export async function tellOfficers(
  trx: Db,
  purpose: string,
  { id, event_id, association }: Pick<Claimed, 'id' | 'event_id' | 'association'>,
  occurrence: string,
  dueAt: Date,
): Promise<void> {
  await sql`
    insert into ledger (id, purpose, recipient, occurrence, nomination_id, conversation_id, event_id, chat_id, channel,
      account, state, priority, due_at)
    select new_id(), ${purpose}, officer.id, ${`${id} ${occurrence}`}, ${id}, officer.conversation_id, ${event_id},
      chat.id, channel, account, 'queued', 10, ${dueAt}
    from officer join chat on chat.id = chat_id
    where officer.event_id = ${event_id} and officer.association = ${association} and removed_at is null
    on conflict (purpose, recipient, occurrence, revision, road) do nothing`.execute(trx)
}
