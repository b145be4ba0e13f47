// What Meta tells of messages that left: that it took them after all, that they could not be delivered.
import { type Kysely, sql } from 'kysely'
import { despiteDeadlocks } from './deadlock.ts'
import { afterFailures } from './ledger-fallback.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

const CHANNEL = sql.lit('cloud')

/** A row of the ledger and Meta's id of the message that it became. */
export type Told = { readonly id: string; readonly message_id: string }

/**
 * Meta tells of messages under the ids of our rows: one of which it was not known whether it had arrived has been
 * accepted, under Meta's id. Gives those, and the rows that are being sent just now, of which it is told too early.
 */
export async function noteTaken(
  db: Kysely<Database>,
  account: string,
  told: readonly Told[],
): Promise<{ readonly id: string; readonly early: boolean }[]> {
  const { rows } = await sql<{ id: string; early: boolean }>`
    with told as (
      select distinct on (id) * from ${rowset('each', told, { id: 'uuid', message_id: 'text' })}
    ), doubted as (
      select ledger.id, ledger.state, told.message_id from told join ledger using (id)
      where ledger.channel = ${CHANNEL} and ledger.account = ${account}
        and ledger.state in ('queued', 'claimed', 'attempted', 'uncertain')
        and ledger.message_id is distinct from told.message_id
    ), taken as (
      update ledger set state = 'accepted', message_id = doubted.message_id, sent_at = now.at, why = null
      from doubted, (select app_now() as at) as now
      where ledger.id = doubted.id and ledger.state in ('queued', 'uncertain')
    )
    select id, state in ('claimed', 'attempted') as early from doubted`.execute(db)
  return rows
}

/** `seconds`: it may go once more after so long; null: it failed. `blocked`: nothing reaches this person here. */
export type Undelivered = {
  readonly message_id: string
  readonly why: string
  readonly seconds: number | null
  readonly blocked: boolean
}

/** Notes messages that were accepted and could not be delivered after all. Gives the ids of those it found. */
export async function noteUndelivered(
  db: Kysely<Database>,
  account: string,
  undelivered: readonly Undelivered[],
): Promise<string[]> {
  const note = sql<{ message_id: string }>`
    with settled as (
      update ledger set
        state = case when failure.seconds is null then 'failed' else 'queued' end,
        due_at = coalesce((select app_now()) + failure.seconds * interval '1 second', due_at),
        why = failure.why, sent_at = null, lease_until = null
      from ${rowset('failure', undelivered, { message_id: 'text', why: 'text', seconds: 'int', blocked: 'boolean' })}
      where ledger.channel = ${CHANNEL} and ledger.account = ${account}
        and ledger.message_id = failure.message_id and ledger.state = 'accepted'
      returning ledger.*, failure.blocked
    ), ${afterFailures}, closed as (
      update chat set blocked_at = app_now() from settled
      where chat.id = settled.chat_id and settled.blocked and chat.blocked_at is null
    )
    select message_id from settled`
  const { rows } = await despiteDeadlocks(() => note.execute(db))
  return rows.map(({ message_id }) => message_id)
}
