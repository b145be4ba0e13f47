// Pauses: a platform's "wait", which all processes obey.
import { randomUUIDv7 } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { isCold } from './cold.ts'
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

/** Pauses a whole account, or only what it sends unasked. */
export async function pauseAccount(
  db: Kysely<Database>,
  { channel, account }: Account,
  seconds: number,
  why: string,
  what: 'everything' | 'notices' = 'everything',
): Promise<void> {
  await sql`
    insert into pause (id, channel, account, until, why, notices_only)
    values (${randomUUIDv7()}, ${channel}, ${account}, app_now() + ${seconds} * interval '1 second', ${why},
      ${what === 'notices'})
    ${LONGER}`.execute(db)
}

/** Why the account sends no notices just now; undefined where it does. */
export async function readNoticesPause(
  db: Kysely<Database>,
  { channel, account }: Account,
): Promise<{ readonly why: string; readonly until: Date } | undefined> {
  const { rows } = await sql<{ why: string; until: Date }>`
    select why, until from pause
    where channel = ${channel} and account = ${account} and notices_only and until > (select app_now())`.execute(db)
  return rows[0]
}

/** Ends what kept the account from sending notices. */
export async function endNoticesPause(db: Kysely<Database>, { channel, account }: Account): Promise<void> {
  await sql`delete from pause where channel = ${channel} and account = ${account} and notices_only`.execute(db)
}

/** Says at each notice that is due why it still waits. Where nothing is held back, what is due is not even read. */
export async function sayWhyWaiting(db: Kysely<Database>, { channel, account }: Account): Promise<void> {
  await sql`
    update ledger set why = found.why
    from (
      select ledger.id, case when ${isCold} then 'has not written to this number yet' else pause.why end as why
      from ledger
      join chat on chat.id = ledger.chat_id
      left join pause on pause.channel = ${channel} and pause.account = ${account} and pause.notices_only
        and pause.until > (select app_now())
      where (
          exists (select from chat where channel = ${channel} and account = ${account} and cold)
          or exists (
            select from pause where channel = ${channel} and account = ${account} and notices_only
              and until > (select app_now())
          )
        )
        and ledger.channel = ${channel} and ledger.account = ${account} and ledger.state = 'queued'
        and ledger.due_at <= (select app_now()) and (${isCold} or (pause.id is not null and ledger.priority > 0))
    ) as found
    where ledger.id = found.id and ledger.why is distinct from found.why`.execute(db)
}

const LONGER = sql`
  on conflict (channel, account, chat_id, notices_only) do update
    set until = greatest(pause.until, excluded.until), why = excluded.why, at = excluded.at`

/** Forgets pauses that ended a while ago. */
export async function forgetPauses(db: Kysely<Database>): Promise<void> {
  await sql`delete from pause where until < app_now() - ${KEPT}::interval`.execute(db)
}
