// Takes due rows of the ledger for sending: notices, and replies that had to wait.
import { type Kysely, sql } from 'kysely'
import { LEASE_SECONDS } from './ledger-hold.ts'
import type { Database } from './schema.ts'
import type { Account } from './waiting.ts'

export type Claimed = {
  readonly id: string
  readonly purpose: string
  readonly chat_id: string
  readonly address: Buffer
  /** Sealed; null where a notice has not been rendered yet. */
  readonly content: Buffer | null
}

export type Claim = {
  /** How many rows were looked at: 0 when nothing is due. */
  readonly seen: number
  /** Those that are to be sent, in the order in which they leave. */
  readonly rows: readonly Claimed[]
}

/**
 * Claims up to `limit` due rows of an account. Nothing of a paused account or chat, no notice for who said BERHENTI, of
 * a chat's replies the first only, and nothing of a chat for which a message is in flight: so one chat's messages leave
 * in order, whichever process sends them. What is past its time is marked expired; a notice whose chat is blocked
 * loses that chat and looks for another.
 */
export async function claimDue(db: Kysely<Database>, { channel, account }: Account, limit: number): Promise<Claim> {
  const ofAccount = sql`channel = ${channel} and account = ${account}`
  const { rows } = await sql<Claimed & { state: string }>`
    with now as materialized (select app_now() as at),
    paused as materialized (
      select chat_id from pause, now where ${ofAccount} and until > now.at
    ), flying as materialized (
      select chat_id from ledger, now where state in ('claimed', 'attempted') and lease_until > now.at
    ), waiting as materialized (
      select distinct on (chat_id) chat_id, id from ledger where state = 'queued' and ${ofAccount} and priority = 0
      order by chat_id, created_at, turn, place, id
    ), due as (
      select ledger.id, chat.address, chat.blocked_at is not null as blocked
      from ledger cross join now
      join chat on chat.id = ledger.chat_id
      left join conversation on conversation.id = ledger.conversation_id
      where ledger.state = 'queued' and ledger.channel = ${channel} and ledger.account = ${account}
        and ledger.due_at <= now.at
        and (ledger.priority = 0 or conversation.stopped_at is null)
        and not exists (select from paused where paused.chat_id is null or paused.chat_id = ledger.chat_id)
        and not exists (select from flying where flying.chat_id = ledger.chat_id)
        and not exists (select from waiting where waiting.chat_id = ledger.chat_id and waiting.id <> ledger.id)
      order by ledger.priority, ledger.due_at, ledger.id
      limit ${limit}
      for update of ledger skip locked
    ), taken as (
      update ledger set
      state = case
        when expires_at <= now.at then 'expired'
        when blocked and priority = 0 then 'failed'
        when blocked then 'queued'
        else 'claimed' end,
      why = case when blocked then 'blocked' end,
      chat_id = case when blocked and priority > 0 then null else chat_id end,
      channel = case when blocked and priority > 0 then null else channel end,
      account = case when blocked and priority > 0 then null else account end,
      lease_until = now.at + ${LEASE_SECONDS} * interval '1 second'
      from due, now where ledger.id = due.id
      returning ledger.id, purpose, chat_id, address, content, state, priority, due_at
    )
    select * from taken order by priority, due_at, id`.execute(db)
  return { seen: rows.length, rows: rows.filter(row => row.state === 'claimed') }
}
