// What a person decides about messages that are uncertain or failed: once more, or done with.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

export type Unresolved = {
  readonly id: string
  readonly purpose: string
  readonly state: string
  readonly number: string | null
  readonly secret: boolean
  /** A reply's words are kept for 30 days; a notice is written anew. */
  readonly kept: boolean
  readonly late: boolean
}

/** Messages whose id is this or ends in it. */
export async function findMessages(db: Db, idEnd: string): Promise<Unresolved[]> {
  const { rows } = await sql<Unresolved>`
    select ledger.id, purpose, state, number, secret, purpose <> 'reply' or content is not null as kept,
      coalesce(expires_at <= (select app_now()), false) as late
    from ledger left join registration on registration.id = registration_id
    where state in ('uncertain', 'failed') and right(ledger.id::text, ${idEnd.length}) = ${idEnd}
    limit 2`.execute(db)
  return rows
}

/** Where a message of this id stands that nobody needs to decide about. */
export async function readState(db: Db, idEnd: string): Promise<string | undefined> {
  if (idEnd.length !== 36) return undefined
  const { rows } = await sql<{ state: string }>`select state from ledger where id::text = ${idEnd}`.execute(db)
  return rows[0]?.state
}

/** Puts a message into the queue again; a notice that failed looks for its chat anew. False where somebody was faster. */
export async function resend(trx: Db, id: string): Promise<boolean> {
  const anew = sql`state = 'failed' and purpose <> 'reply'`
  const { rows } = await sql`
    update ledger set state = 'queued', due_at = (select app_now()), lease_until = null, why = 'sent again by hand',
      chat_id = case when ${anew} then null else chat_id end, channel = case when ${anew} then null else channel end,
      account = case when ${anew} then null else account end
    where id = ${id} and state in ('uncertain', 'failed')
    returning id`.execute(trx)
  return rows.length > 0
}

/** Nothing more is sent. False where somebody was faster. */
export async function giveUp(trx: Db, id: string): Promise<boolean> {
  const { rows } = await sql`
    update ledger set state = 'cancelled', why = 'closed by hand' where id = ${id} and state in ('uncertain', 'failed')
    returning id`.execute(trx)
  return rows.length > 0
}
