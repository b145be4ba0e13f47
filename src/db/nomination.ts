// Nominations: what officers name, judged against what is there, and saved.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

/** Neither ended by anybody nor run out. */
export const ACTIVE = sql`state not in ('BATAL', 'KEDALUWARSA')`

export type Nomination = {
  readonly id: string
  readonly association: string | null
  readonly name: string
  /** Sealed. */
  readonly line: Buffer | null
  readonly state: string
  readonly reserve: number | null
  readonly until: Date | null
  readonly revision: number
  readonly claimed: boolean
  readonly locked: boolean
  readonly conflict: boolean
  readonly registration: string | null
}

/**
 * An association's nominations in the order in which they were made; of all associations where none is named. Of whom
 * nothing is known any more is not among them.
 */
export async function listNominations(
  db: Db,
  eventId: string,
  association?: string | null,
  whom: 'nominated' | 'all' = 'nominated',
): Promise<Nomination[]> {
  const own = association === null ? sql`association is null` : sql`association = ${association}`
  const ofWhom = association === undefined ? sql`true` : sql`nomination.${own}`
  const made = whom === 'all' ? sql`true` : sql`officer_id is not null`
  const { rows } = await sql<Nomination>`
    select nomination.id, nomination.association, nomination.name, line, nomination.state, revision,
      case when queue is not null then (
        select count(*)::int from nomination as before
        where before.event_id = nomination.event_id and before.association is not distinct from nomination.association
          and before.queue <= nomination.queue
      ) end as reserve,
      offered_until as until, nomination.conversation_id is not null as claimed, locked_at is not null as locked,
      exists (
        select from nomination as newer where newer.conflict_with = nomination.id and newer.state = 'DIPERIKSA'
      ) as conflict,
      registration.status as registration
    from nomination
    left join seat on holder = nomination.id
    left join registration on registration.id = registration_id
    where nomination.event_id = ${eventId} and ${ofWhom} and ${made} and (line is not null or registration_id is not null)
    order by nomination.association, nomination.created_at, nomination.id`.execute(db)
  return rows
}

export type Quota = {
  readonly quota: number
  /** Held by who has registered; by who has not yet; by nobody. */
  readonly filled: number
  readonly waiting: number
  readonly free: number
}

/** How an association's seats stand, whoever holds them. */
export async function readQuota(db: Db, eventId: string, association: string | null): Promise<Quota> {
  const { rows } = await sql<Quota>`
    select count(*)::int as quota, count(registration_id)::int as filled,
      (count(holder) - count(registration_id))::int as waiting, (count(*) - count(holder))::int as free
    from seat left join nomination on nomination.id = holder
    where seat.event_id = ${eventId} and seat.association is not distinct from ${association}`.execute(db)
  return rows[0] as Quota
}

export type Asked = { readonly n: number; readonly nik_key: Buffer | null; readonly person_key: Buffer | null }

/**
 * Who of these (by their n) is somebody's already: `own` where this association has nominated or registered the person,
 * `other` where another one has; `other` is that nomination, where it is one.
 */
export async function findKnown(
  db: Db,
  eventId: string,
  association: string,
  asked: readonly Asked[],
): Promise<Map<number, { readonly own: boolean; readonly other: string | null }>> {
  const known = asked.filter(({ nik_key, person_key }) => nik_key || person_key)
  if (known.length === 0) return new Map()
  const { rows } = await sql<{ n: number; own: boolean; other: string | null }>`
    with asked as materialized (
      select * from ${rowset('asked', known, { n: 'int', nik_key: 'bytea', person_key: 'bytea' })}
    )
    select n, association is not distinct from ${association} as own, nomination.id as other
    from asked join nomination on event_id = ${eventId} and nomination.nik_key = asked.nik_key and ${ACTIVE}
    union all
    select n, association is not distinct from ${association}, nomination.id
    from asked join nomination on event_id = ${eventId} and nomination.person_key = asked.person_key and ${ACTIVE}
    union all
    select n, association is not distinct from ${association}, null
    from asked join registration on event_id = ${eventId} and registration.nik_key = asked.nik_key
      and status not in ('DITOLAK', 'MENGUNDURKAN_DIRI')
    order by own desc, other nulls last`.execute(db)
  const found = new Map<number, { own: boolean; other: string | null }>()
  for (const { n, ...one } of rows) if (!found.has(n)) found.set(n, one)
  return found
}

export type NewNomination = {
  readonly id: string
  readonly name: string
  readonly nik_key: Buffer | null
  readonly person_key: Buffer | null
  readonly line: Buffer
  readonly claim_key: Buffer
  readonly state: string
  readonly queue: number | null
  readonly conflict_with: string | null
}

/** Adds nominations of one officer; the seats of those that get one are taken after. */
export async function addNominations(
  trx: Db,
  { event, association, officer }: { readonly event: string; readonly association: string; readonly officer: string },
  nominations: readonly NewNomination[],
): Promise<void> {
  await sql`
    insert into nomination (id, event_id, association, officer_id, name, nik_key, person_key, line, claim_key, state,
      queue, conflict_with)
    select id, ${event}, ${association}, ${officer}, name, nik_key, person_key, line, claim_key, state, queue,
      conflict_with
    from ${rowset('new', nominations, {
      id: 'uuid',
      name: 'text',
      nik_key: 'bytea',
      person_key: 'bytea',
      line: 'bytea',
      claim_key: 'bytea',
      state: 'text',
      queue: 'int',
      conflict_with: 'uuid',
    })}`.execute(trx)
}

/** Whose nomination it is. */
export const findNomination = (db: Db, id: string) =>
  db.selectFrom('nomination').select(['id', 'event_id', 'association']).where('id', '=', id).executeTakeFirstOrThrow()

export type Own = {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly queue: number | null
  readonly revision: number
  readonly conversation_id: string | null
  readonly registration_id: string | null
}

/** A nomination of this association that still counts; locked. */
export async function findOwn(trx: Db, eventId: string, association: string, id: string): Promise<Own | undefined> {
  const { rows } = await sql<Own>`
    select id, name, state, queue, revision, conversation_id, registration_id from nomination
    where id = ${id} and event_id = ${eventId} and association = ${association} and ${ACTIVE} for update`.execute(trx)
  return rows[0]
}

/** Another takes the place of a nominee: his seat with its deadline, or his place in the reserve. */
export async function handOver(trx: Db, from: Own, to: string): Promise<void> {
  await sql`
    update nomination set state = 'BATAL', queue = null, changed_at = app_now() where id = ${from.id}`.execute(trx)
  await sql`update seat set holder = ${to} where holder = ${from.id}`.execute(trx)
  const state = from.state === 'DIKLAIM' ? 'DIUSULKAN' : from.state
  await sql`
    update nomination set state = ${state}, queue = ${from.queue} where id = ${to}`.execute(trx)
}

/** Ends a registration, because its nominee was replaced or called off. */
export async function endRegistrations(trx: Db, ids: readonly string[]): Promise<void> {
  await sql`
    update registration set status = 'MENGUNDURKAN_DIRI', changed_at = app_now()
    where id = any(${ids}::uuid[]) and status not in ('DITOLAK', 'MENGUNDURKAN_DIRI')`.execute(trx)
}

/** Makes the link of a nomination anew, and unlocks it. */
export async function renewLink(trx: Db, id: string, revision: number, claimKey: Buffer): Promise<void> {
  await sql`
    update nomination set revision = ${revision}, claim_key = ${claimKey}, misses = 0, locked_at = null,
      changed_at = app_now()
    where id = ${id}`.execute(trx)
}
