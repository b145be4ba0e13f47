// Writes what became of messages into the ledger, and marks those that leave next.
import { type Kysely, sql } from 'kysely'
import { clock } from './clock.ts'
import { afterFailures } from './ledger-fallback.ts'
import { LEASE_SECONDS } from './ledger-hold.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

/** What became of one message. */
export type Settled = {
  readonly id: string
  readonly state: 'accepted' | 'queued' | 'failed' | 'uncertain' | 'cancelled'
  /** The platform's id of it. */
  readonly message_id: string | null
  /** Why it failed, waits or is uncertain: never a person's words. */
  readonly why: string | null
  /** From when it may be tried again, in seconds from now. */
  readonly seconds: number | null
}

/** A message that is about to be handed to the platform, with its sealed text. */
export type Leaving = {
  readonly id: string
  readonly content: Buffer
  readonly choices: boolean
  readonly secret: boolean
  /** Its id on the platform, where it is ours to choose. */
  readonly message_id: string | null
  /** The version of the event it tells of; null where it tells no time or place. */
  readonly event_version: number | null
}

/**
 * One statement for both: the last handful is settled, the next is marked attempted. Gives the ids of those that may
 * leave: a row that another process took over meanwhile is not among them. A try that did not reach the platform
 * ('queued') is none. An acceptance counts even if the row is no longer ours. A notice that failed takes the second
 * road, or becomes a task; an answer that failed becomes one at once.
 */
export async function settleRows(
  db: Kysely<Database>,
  settled: readonly Settled[],
  leaving: readonly Leaving[] = [],
): Promise<string[]> {
  const failed = settled.some(({ state }) => state === 'failed')
  const { rows } = await sql<{ id: string }>`
    with ${clock},
    settled as (
      update ledger set state = result.state, message_id = coalesce(result.message_id, ledger.message_id), why = result.why,
        lease_until = null,
        sent_at = case when result.state = 'accepted' then clock.at end,
        due_at = coalesce(clock.at + result.seconds * interval '1 second', due_at),
        attempts = attempts - case when result.state = 'queued' and ledger.state = 'attempted' then 1 else 0 end
      from clock, ${rowset('result', settled, {
        id: 'uuid',
        state: 'text',
        message_id: 'text',
        why: 'text',
        seconds: 'int',
      })}
      where ledger.id = result.id
        and (ledger.state in ('claimed', 'attempted')
          or (result.state = 'accepted' and ledger.state in ('queued', 'uncertain')))
      ${failed ? sql`returning ledger.*, result.why = 'blocked' as blocked), ${afterFailures}` : sql`)`}
    update ledger set state = 'attempted', attempts = attempts + 1, content = next.content, choices = next.choices,
      secret = next.secret, message_id = coalesce(next.message_id, ledger.message_id), event_version = next.event_version,
      lease_until = clock.at + ${LEASE_SECONDS} * interval '1 second'
    from clock, ${rowset('next', leaving, {
      id: 'uuid',
      content: 'bytea',
      choices: 'boolean',
      secret: 'boolean',
      message_id: 'text',
      event_version: 'int',
    })}
    where ledger.id = next.id and ledger.state = 'claimed'
    returning ledger.id`.execute(db)
  return rows.map(({ id }) => id)
}

/** The platform says this chat can't be reached: nothing more is sent there until the person writes again. */
export async function blockChat(db: Kysely<Database>, chatId: string): Promise<void> {
  await sql`update chat set blocked_at = app_now() where id = ${chatId} and blocked_at is null`.execute(db)
}
