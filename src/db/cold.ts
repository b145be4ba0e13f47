// Cold chats: they have not written to the number that is linked now. Nothing is sent there first, unless somebody
// switched it on, and then to a few in a day.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** How many are started in 24 hours. Restrictions were reported at 15 to 20. */
export const COLD_PER_DAY = 10

/** Whether nothing may be sent to a `chat` just now. */
export const isCold = sql`(cold and (
  coalesce(started_until <= (select app_now()), true)
  or not exists (select from whatsapp_number where whatsapp_number.account = chat.account and starts_cold)
))`

/** Switches it on or off. False where no number was linked yet. */
export async function setStartsCold(trx: Kysely<Database>, account: string, on: boolean): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('whatsapp_number')
    .set({ starts_cold: on })
    .where('account', '=', account)
    .where('number', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Chats that were started in the last 24 hours, whether they have answered since or not. */
export async function countStarted(db: Kysely<Database>, account: string): Promise<number> {
  const { rows } = await sql<{ started: number }>`
    select count(*)::int as started from chat
    where channel = 'whatsapp' and account = ${account} and started_until > (select app_now())`.execute(db)
  return rows[0]?.started ?? 0
}

/** Starts cold chats for which a notice is due, as many as the day has room for, where that is switched on. */
export async function startCold(db: Kysely<Database>, account: string): Promise<void> {
  await db.transaction().execute(async trx => {
    // Locked: two processes together must not start more than one may.
    const { rows } = await sql`
      select from whatsapp_number where account = ${account} and starts_cold for update`.execute(trx)
    const room = rows.length > 0 ? COLD_PER_DAY - (await countStarted(trx, account)) : 0
    if (room <= 0) return
    await sql`
      update chat set started_until = app_now() + interval '1 day'
      where id in (
        select chat_id from ledger join chat on chat.id = chat_id
        where chat.channel = 'whatsapp' and chat.account = ${account} and ${isCold}
          and state = 'queued' and priority > 0 and due_at <= (select app_now())
        group by chat_id order by min(priority), min(due_at) limit ${room}
      )`.execute(trx)
  })
}
