// What an organiser decides about registrations. Locks in the order of the house: events, associations, registrations.
import { randomUUIDv7 } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'
import { type Ground, lockSeats } from './seats.ts'

type Db = Kysely<Database>

export type Candidate = {
  readonly id: string
  readonly number: string
  readonly event_id: string
  readonly conversation_id: string
  readonly association: string | null
  readonly name: string
  readonly status: string
  readonly returns: number
}

const candidates = (db: Db) =>
  db
    .selectFrom('registration')
    .select(['id', 'number', 'event_id', 'conversation_id', 'association', 'name', 'status', 'returns'])

export const findByNumber = (db: Db, numbers: readonly string[]): Promise<Candidate[]> =>
  candidates(db).where('number', '=', sql<string>`any(${numbers})`).execute()

/** Everybody who waits for a decision, who came first being first. */
export const findWaiting = (db: Db, eventId: string): Promise<Candidate[]> =>
  candidates(db)
    .where('event_id', '=', eventId)
    .where('status', '=', 'MENUNGGU_VERIFIKASI')
    .orderBy('created_at')
    .orderBy('id')
    .execute()

/** Locks registrations and gives them as they are now; from here on nobody else changes them. */
export const lockRegistrations = (trx: Db, ids: readonly string[]): Promise<Candidate[]> =>
  candidates(trx).where('id', '=', sql<string>`any(${ids}::uuid[])`).orderBy('id').forUpdate().execute()

export type LockedEvent = Ground & { readonly ends_at: Date }

/** Locks an event and its associations: nobody else changes its seats until the transaction ends. */
export async function lockEvent(trx: Db, id: string): Promise<LockedEvent> {
  const ground = await lockSeats(trx, id)
  const { ends_at } = await trx.selectFrom('event').select('ends_at').where('id', '=', id).executeTakeFirstOrThrow()
  return { ...ground, ends_at }
}

/** How many were accepted, by association; null stands for those without one. */
export async function countAccepted(db: Db, eventId: string): Promise<Map<string | null, number>> {
  const rows = await db
    .selectFrom('registration')
    .select(['association', sql<number>`count(*)::int`.as('seats')])
    .where('event_id', '=', eventId)
    .where('status', '=', 'DITERIMA')
    .groupBy('association')
    .execute()
  return new Map(rows.map(({ association, seats }) => [association, seats]))
}

export type Decision = {
  readonly id: string
  readonly status: string
  readonly why: Buffer | null
  readonly returns: number
}

/** Writes decisions. */
export async function writeDecisions(trx: Db, decisions: readonly Decision[]): Promise<void> {
  await sql`
    update registration set status = made.status, why = made.why, returns = made.returns, changed_at = (select app_now())
    from ${rowset('made', decisions, { id: 'uuid', status: 'text', why: 'bytea', returns: 'int' })}
    where registration.id = made.id`.execute(trx)
}

export type Notice = {
  /** The id of the event file's rule, or the house's own word. */
  readonly purpose: string
  readonly event_id: string
  readonly occurrence: string
  readonly priority: number
  readonly due_at: Date
  readonly expires_at: Date
}

/** Queues a notice to each of these people; one that was ever queued is not queued again. */
export async function addNotices(
  trx: Db,
  { purpose, event_id, occurrence, priority, due_at, expires_at }: Notice,
  to: readonly { readonly id: string; readonly conversation_id: string; readonly revision: number }[],
): Promise<void> {
  const people = to.map(({ id, conversation_id, revision }) => {
    return { id: randomUUIDv7(), registration_id: id, conversation_id, revision }
  })
  await sql`
    insert into ledger (id, purpose, recipient, occurrence, revision, registration_id, conversation_id, event_id, state,
      priority, due_at, expires_at)
    select id, ${purpose}, registration_id, ${occurrence}, revision, registration_id, conversation_id, ${event_id},
      'queued', ${priority}, ${due_at}, ${expires_at}
    from ${rowset('person', people, { id: 'uuid', registration_id: 'uuid', conversation_id: 'uuid', revision: 'int' })}
    on conflict (purpose, recipient, occurrence, revision, road) do nothing`.execute(trx)
}
