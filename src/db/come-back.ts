// Takes a withdrawal back: who had said that he can't come, and now can.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'
import { queueRegistration, type Registered, seatRegistrations } from './seat-registration.ts'
import { lockSeats, reserveOf } from './seats.ts'

type Asked = { readonly conversation_id: string; readonly event_id: string; readonly number: string }

/**
 * Gives the seat back while it is free, else a place in the reserve; gives the status then. A registration that the
 * organiser ended, or whose NIK or conversation has another by now, stays as it is.
 */
export async function comeBack(
  trx: Kysely<Database>,
  { conversation_id, event_id, number }: Asked,
): Promise<'DITERIMA' | 'CADANGAN' | 'MENGUNDURKAN_DIRI'> {
  const ground = await lockSeats(trx, event_id)
  const { rows } = await sql<Registered>`
    select id, event_id, association, conversation_id, name from registration
    where number = ${number} and event_id = ${event_id} and conversation_id = ${conversation_id}
      and status = 'MENGUNDURKAN_DIRI'
      and exists (select from attendance where registration_id = registration.id and answer = 'TIDAK')
      and not exists (
        select from registration as other
        where other.event_id = registration.event_id and other.status not in ('DITOLAK', 'MENGUNDURKAN_DIRI')
          and (other.nik_key = registration.nik_key or other.conversation_id = registration.conversation_id))
    for update`.execute(trx)
  const [found] = rows
  if (!found) return 'MENGUNDURKAN_DIRI'
  const seated = (await seatRegistrations(trx, ground, [found])).has(found.id)
  // Without a reserve the organiser keeps the list; a full one takes nobody.
  if (!seated && (await queueRegistration(trx, ground, found.id)) === null && reserveOf(ground) > 0)
    return 'MENGUNDURKAN_DIRI'
  const status = seated ? 'DITERIMA' : 'CADANGAN'
  await sql`
    update registration set status = ${status}, changed_at = (select app_now()) where id = ${found.id}`.execute(trx)
  if (!seated) await sql`delete from attendance where registration_id = ${found.id}`.execute(trx)
  return status
}
