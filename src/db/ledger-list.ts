// Lists the ledger page by page, the newest first: what was sent to whom, and what became of it. Never its text.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

const PAGE = 1000

export const LEDGER_STATES = [
  'queued',
  'claimed',
  'attempted',
  'accepted',
  'delivered',
  'read',
  'failed',
  'cancelled',
  'superseded',
  'expired',
  'uncertain',
] as const

export type LedgerFilter = {
  /** A registration's number. */
  readonly person?: string
  readonly event?: string
  readonly state?: string
}

export type LedgerRow = {
  readonly id: string
  readonly rule: string
  readonly number: string | null
  readonly event: string | null
  readonly state: string
  readonly channel: string | null
  /** 1 is the person's own channel, 2 another one after that failed. */
  readonly road: number
  readonly attempts: number
  readonly why: string | null
  readonly created_at: Date
  readonly due_at: Date
  readonly sent_at: Date | null
  readonly delivered_at: Date | null
  readonly read_at: Date | null
}

/** Every row that fits; run it in a repeatable-read transaction for one moment's picture. */
export async function* listLedger(db: Kysely<Database>, filter: LedgerFilter): AsyncGenerator<LedgerRow> {
  let before = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
  while (true) {
    const page = await readPage(db, filter, before)
    yield* page
    if (page.length < PAGE) return
    before = (page.at(-1) as LedgerRow).id
  }
}

/** Rows are of a person by the registration they tell about, or by the conversation they were said in. */
async function readPage(db: Kysely<Database>, filter: LedgerFilter, before: string): Promise<readonly LedgerRow[]> {
  const { person, event, state } = filter
  const { rows } = await sql<LedgerRow>`
    select ledger.id, purpose as rule, coalesce(own.number, latest.number) as number,
      coalesce(ledger.event_id, latest.event_id) as event, state, channel, road, attempts, ledger.why, ledger.created_at, due_at,
      sent_at, delivered_at, read_at
    from ledger
    left join registration as own on own.id = ledger.registration_id
    left join lateral (
      select number, event_id from registration where registration.conversation_id = ledger.conversation_id
      order by created_at desc limit 1
    ) as latest on true
    where ledger.id < ${before}
      ${person === undefined ? sql`` : sql`and ledger.conversation_id = (select conversation_id from registration where number = ${person}) and coalesce(own.number, ${person}) = ${person}`}
      ${event === undefined ? sql`` : sql`and coalesce(ledger.event_id, latest.event_id) = ${event}`}
      ${state === undefined ? sql`` : sql`and state = ${state}`}
    order by ledger.id desc limit ${PAGE}`.execute(db)
  return rows
}
