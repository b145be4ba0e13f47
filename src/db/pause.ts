// Pauses: a platform's "wait", which all processes obey.
import { randomUUIDv7 } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'
import type { Account } from './waiting.ts'

const KEPT = '10 minutes'

/**
 * Pauses a chat; where another chat of the account was paused within a minute, the whole account. Gives which. An
 * account's pause counts from its beginning for every chat.
 */
export async function pauseChat(
  db: Kysely<Database>,
  { channel, account }: Account,
  chatId: string,
  seconds: number,
  why: string,
): Promise<'chat' | 'account'> {
  const { rows } = await sql<{ chat_id: string | null }>`
    insert into pause (id, channel, account, chat_id, until, why, at)
    select ${randomUUIDv7()}::uuid, ${channel}, ${account},
      case when exists (
        select from pause where channel = ${channel} and account = ${account} and chat_id <> ${chatId}
          and at > now.at - interval '1 minute'
      ) then null else ${chatId}::uuid end,
      now.at + ${seconds} * interval '1 second', ${why}, now.at
    from (select app_now() as at) as now
    ${LONGER}
    returning chat_id`.execute(db)
  return rows[0]?.chat_id ? 'chat' : 'account'
}

/** Pauses a whole account. */
export async function pauseAccount(
  db: Kysely<Database>,
  { channel, account }: Account,
  seconds: number,
  why: string,
): Promise<void> {
  await sql`
    insert into pause (id, channel, account, until, why)
    values (${randomUUIDv7()}, ${channel}, ${account}, app_now() + ${seconds} * interval '1 second', ${why})
    ${LONGER}`.execute(db)
}

const LONGER = sql`
  on conflict (channel, account, chat_id) do update
    set until = greatest(pause.until, excluded.until), why = excluded.why, at = excluded.at`

/** Forgets pauses that ended a while ago. */
export async function forgetPauses(db: Kysely<Database>): Promise<void> {
  await sql`delete from pause where until < app_now() - ${KEPT}::interval`.execute(db)
}
