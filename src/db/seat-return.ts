// Who asks to come back after a seat was given up or an offer ran out: he is served like everybody else, behind the others.
import { type Kysely, sql } from 'kysely'
import { seatClaimed } from './claim.ts'
import type { Database } from './schema.ts'
import { type Ground, queueAgain, readQueue, reserveOf, type Seeker, takeSeats } from './seats.ts'

type Db = Kysely<Database>

/** Where somebody stands: a seat (`back` where he has just come back to it), a place in the reserve, or no place in a reserve of `n`. */
export type Place =
  | { readonly kind: 'seat'; readonly back: boolean }
  | { readonly kind: 'reserve' | 'full'; readonly n: number }

/** A free seat for which nobody waits, else the end of the reserve. */
export async function returnToLine(trx: Db, ground: Ground, { id, association }: Seeker): Promise<Place> {
  const { waiting } = await readQueue(trx, ground, association)
  if (waiting === 0 && (await takeSeats(trx, ground, [{ id, association }])).has(id)) {
    await seatClaimed(trx, id)
    return { kind: 'seat', back: true }
  }
  const n = await queueAgain(trx, ground, { id, association })
  if (n === null) return { kind: 'full', n: reserveOf(ground) }
  await sql`
    update registration set status = 'CADANGAN', changed_at = app_now() from nomination
    where nomination.id = ${id} and registration.id = registration_id and status = 'MENUNGGU_VERIFIKASI'`.execute(trx)
  return { kind: 'reserve', n }
}

/** Where a nomination stands; one whose seat was let go comes back by this. */
export async function placeOf(
  trx: Db,
  ground: Ground,
  found: Seeker & { readonly state: string; readonly queue: number | null },
): Promise<Place> {
  const { association, state, queue } = found
  if (state === 'KEDALUWARSA') return returnToLine(trx, ground, found)
  if (queue === null) return { kind: 'seat', back: false }
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from nomination
    where event_id = ${ground.file.event.id} and association is not distinct from ${association} and queue <= ${queue}`.execute(
    trx,
  )
  return { kind: 'reserve', n: rows[0]?.n ?? 0 }
}
