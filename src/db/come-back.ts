// Takes a withdrawal back: who had said that he can't come, and now can.
import { type Kysely, sql } from 'kysely'
import { withoutSeat } from '../domain/seat.ts'
import { lockEvent } from './registration-decide.ts'
import type { Database } from './schema.ts'

type Asked = { readonly conversation_id: string; readonly event_id: string; readonly number: string }

/**
 * Gives the seat back while it is free, else a place in the reserve; gives the status then. A registration that the
 * organiser ended, or whose NIK or conversation has another by now, stays as it is.
 */
export async function comeBack(
  trx: Kysely<Database>,
  { conversation_id, event_id, number }: Asked,
): Promise<'DITERIMA' | 'CADANGAN' | 'MENGUNDURKAN_DIRI'> {
  const { seats } = await lockEvent(trx, event_id)
  const { rows } = await sql<{ id: string; association: string | null }>`
    select id, association from registration
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
  const status = withoutSeat(seats, [found])[0] === undefined ? 'DITERIMA' : 'CADANGAN'
  await sql`
    update registration set status = ${status}, changed_at = (select app_now()) where id = ${found.id}`.execute(trx)
  if (status === 'CADANGAN') await sql`delete from attendance where registration_id = ${found.id}`.execute(trx)
  return status
}
