// The linked number: which it is, how it stands, who has not written to it yet.
import { type Kysely, sql } from 'kysely'
import { setStartsCold } from './cold.ts'
import type { Database } from './schema.ts'
import type { Account } from './waiting.ts'

export type NumberRow = {
  readonly number: string | null
  readonly standing: string
  readonly linked_at: Date | null
  readonly changed_at: Date
  readonly starts_cold: boolean
}

export async function readNumber(db: Kysely<Database>, account: string): Promise<NumberRow | undefined> {
  return db
    .selectFrom('whatsapp_number')
    .select(['number', 'standing', 'linked_at', 'changed_at', 'starts_cold'])
    .where('account', '=', account)
    .executeTakeFirst()
}

export async function noteStanding(db: Kysely<Database>, account: string, standing: string): Promise<void> {
  await sql`
    insert into whatsapp_number (account, standing) values (${account}, ${standing})
    on conflict (account) do update set standing = excluded.standing, changed_at = app_now()
      where whatsapp_number.standing <> excluded.standing`.execute(db)
}

/** A number is linked. Where it is another than before, nobody has written to it yet: all chats are cold again. */
export async function noteLinked(trx: Kysely<Database>, account: string, number: string): Promise<void> {
  const known = await readNumber(trx, account)
  if (known?.number && known.number !== number) {
    await setStartsCold(trx, account, false)
    await sql`update chat set cold = true where channel = 'whatsapp' and account = ${account} and not cold`.execute(trx)
  }
  await sql`
    insert into whatsapp_number (account, number, standing, linked_at)
    values (${account}, ${number}, 'connecting', app_now())
    on conflict (account) do update set number = excluded.number, standing = excluded.standing,
      linked_at = excluded.linked_at, changed_at = app_now()`.execute(trx)
}

export type ColdChat = {
  readonly chat_id: string
  readonly phone: Buffer | null
  readonly name: string | null
  readonly number: string | null
}

/** People whose conversation waits for them at the new number, those who registered first. */
export async function listCold(db: Kysely<Database>, account: string): Promise<ColdChat[]> {
  const { rows } = await sql<ColdChat>`
    select chat.id as chat_id, phone, latest.name, latest.number
    from chat left join lateral (
      select name, number from registration where registration.conversation_id = chat.conversation_id
      order by created_at desc limit 1
    ) as latest on true
    where channel = 'whatsapp' and account = ${account} and cold
    order by latest.number nulls last, chat.id`.execute(db)
  return rows
}

/** Notices sent within a day, on a channel whose are counted, and when the oldest of the last `cap` leaves that day. */
export async function countNotices(
  db: Kysely<Database>,
  channel: string,
  account: string,
  cap: number,
): Promise<{ readonly sent: number; readonly free_in: number }> {
  const { rows } = await sql<{ sent: number; free_in: number }>`
    select count(*)::int as sent,
      coalesce(extract(epoch from min(sent_at) filter (where nth <= ${cap}) + interval '1 day' - (select app_now())), 0)::float8
        as free_in
    from (
      select sent_at, row_number() over (order by sent_at desc) as nth from ledger
      where channel = ${sql.lit(channel)} and account = ${account} and priority > 0
        and sent_at > (select app_now()) - interval '1 day'
    ) as recent`.execute(db)
  return rows[0] ?? { sent: 0, free_in: 0 }
}

/** Notices that are due and wait, and what the first of them waits for. */
export async function countWaiting(
  db: Kysely<Database>,
  { channel, account }: Account,
): Promise<{ readonly count: number; readonly why: string | null }> {
  const { rows } = await sql<{ count: number; why: string | null }>`
    select count(*)::int as count, min(why) as why from ledger
    where channel = ${channel} and account = ${account} and state = 'queued' and due_at <= (select app_now())`.execute(
    db,
  )
  return rows[0] ?? { count: 0, why: null }
}
