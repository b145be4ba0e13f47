// Takes a withdrawal back, or lets who waits or gave an offered seat up ask for one again.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'
import { queueRegistration, type Registered, seatRegistrations } from './seat-registration.ts'
import { placeOf } from './seat-return.ts'
import { type Ground, lockSeats, reserveOf, takeOffer } from './seats.ts'

type Db = Kysely<Database>
type Asked = { readonly conversation_id: string; readonly event_id: string; readonly number: string }

export type CameBack = {
  readonly status: 'DITERIMA' | 'MENUNGGU_VERIFIKASI' | 'CADANGAN' | 'MENGUNDURKAN_DIRI'
  /** The place in the reserve, where it is kept here. */
  readonly place?: number
  /** The reserve is full with so many. */
  readonly full?: number
}

/**
 * Gives the seat back while it is free, else a place in the reserve; gives the status then. A registration that the
 * organiser ended, or whose NIK or conversation has another by now, stays as it is.
 */
export async function comeBack(trx: Db, { conversation_id, event_id, number }: Asked): Promise<CameBack> {
  const ground = await lockSeats(trx, event_id)
  const { rows } = await sql<Registered & { readonly status: string }>`
    select id, event_id, association, conversation_id, name, status from registration
    where number = ${number} and event_id = ${event_id} and conversation_id = ${conversation_id}
      and (status = 'CADANGAN' or status = 'MENGUNDURKAN_DIRI'
        and exists (select from attendance where registration_id = registration.id and answer = 'TIDAK')
        and not exists (
          select from registration as other
          where other.event_id = registration.event_id and other.status not in ('DITOLAK', 'MENGUNDURKAN_DIRI')
            and (other.nik_key = registration.nik_key or other.conversation_id = registration.conversation_id)))
    for update`.execute(trx)
  const [found] = rows
  if (!found) return { status: 'MENGUNDURKAN_DIRI' }
  return found.status === 'CADANGAN' ? askAgain(trx, ground, found.id) : takeBack(trx, ground, found)
}

async function takeBack(trx: Db, ground: Ground, found: Registered): Promise<CameBack> {
  const seated = (await seatRegistrations(trx, ground, [found])).has(found.id)
  const place = seated ? null : await queueRegistration(trx, ground, found.id)
  // Without a reserve the organiser keeps the list; a full one takes nobody.
  if (!seated && place === null && reserveOf(ground) > 0)
    return { status: 'MENGUNDURKAN_DIRI', full: reserveOf(ground) }
  const status = seated ? 'DITERIMA' : 'CADANGAN'
  await sql`
    update registration set status = ${status}, changed_at = (select app_now()) where id = ${found.id}`.execute(trx)
  if (!seated) await sql`delete from attendance where registration_id = ${found.id}`.execute(trx)
  return { status, ...(place === null ? {} : { place }) }
}

/** Who waits in the reserve hears his place; who had let an offered seat go is back in it. An open offer is taken. */
async function askAgain(trx: Db, ground: Ground, registrationId: string): Promise<CameBack> {
  const { rows } = await sql<{ id: string; association: string | null; state: string; queue: number | null }>`
    select id, association, state, queue from nomination where registration_id = ${registrationId}`.execute(trx)
  const [nomination] = rows
  if (!nomination || nomination.state === 'BATAL') return { status: 'CADANGAN' }
  if (nomination.state === 'DITAWARI')
    return { status: (await takeOffer(trx, ground, nomination.id)) ? 'MENUNGGU_VERIFIKASI' : 'CADANGAN' }
  const place = await placeOf(trx, ground, nomination)
  if (place.kind === 'seat') return { status: 'MENUNGGU_VERIFIKASI' }
  return place.kind === 'full' ? { status: 'CADANGAN', full: place.n } : { status: 'CADANGAN', place: place.n }
}
