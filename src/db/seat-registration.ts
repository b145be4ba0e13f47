// Seats of people who register: whoever is accepted holds one, and gives it back when he withdraws.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'
import { type Ground, queueAgain, release, takeSeats } from './seats.ts'

type Db = Kysely<Database>

export type Registered = {
  readonly id: string
  readonly event_id: string
  readonly association: string | null
  readonly conversation_id: string
  readonly name: string
}

/**
 * Seats these registrations: who was nominated keeps the seat he has (an offer becomes his), others take a free one.
 * Gives the ids of the registrations that have a seat now.
 */
export async function seatRegistrations(
  trx: Db,
  ground: Ground,
  people: readonly Registered[],
): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set()
  const asked = rowset('asked', people, {
    id: 'uuid',
    event_id: 'text',
    association: 'text',
    conversation_id: 'uuid',
    name: 'text',
  })
  // Whoever came by himself seeks a seat like a nominee.
  await sql`
    insert into nomination (id, event_id, association, name, state, conversation_id, registration_id)
    select new_id(), event_id, association, name, 'BATAL', conversation_id, id from ${asked}
    where not exists (select from nomination where registration_id = asked.id)`.execute(trx)
  const { rows } = await sql<{ id: string; registration_id: string; association: string | null; seated: boolean }>`
    select nomination.id, registration_id, nomination.association, seat.place is not null as seated
    from unnest(${people.map(({ id }) => id)}::uuid[]) with ordinality as asked(id, nth)
    join nomination on registration_id = asked.id left join seat on holder = nomination.id
    order by nth`.execute(trx)
  const won = await takeSeats(
    trx,
    ground,
    rows.filter(({ seated }) => !seated),
  )
  const holding = rows.filter(({ id, seated }) => seated || won.has(id))
  await sql`
    with his as (
      update seat set offered_until = null where holder = any(${holding.map(({ id }) => id)}::uuid[])
    )
    update nomination set state = 'DIKLAIM', queue = null, changed_at = app_now()
    where id = any(${holding.map(({ id }) => id)}::uuid[]) and state <> 'DIKLAIM'`.execute(trx)
  return new Set(holding.map(({ registration_id }) => registration_id))
}

/** Frees the seats of registrations that ended; the next in the reserve are offered them. */
export async function releaseRegistrations(trx: Db, ground: Ground, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from nomination where registration_id = any(${ids}::uuid[])
      and state not in ('BATAL', 'KEDALUWARSA')`.execute(trx)
  if (rows.length > 0)
    await release(
      trx,
      ground,
      rows.map(({ id }) => id),
      'BATAL',
    )
}

/** A registration's place at the end of the reserve; null where that is full. */
export async function queueRegistration(trx: Db, ground: Ground, registrationId: string): Promise<number | null> {
  const { rows } = await sql<{ id: string; association: string | null }>`
    select id, association from nomination where registration_id = ${registrationId}`.execute(trx)
  return rows[0] ? queueAgain(trx, ground, rows[0]) : null
}
