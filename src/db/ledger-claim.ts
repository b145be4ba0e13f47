// Takes due rows of the ledger for sending: notices, and replies that had to wait.
import { type Kysely, sql } from 'kysely'
import { clock } from './clock.ts'
import { isCold } from './cold.ts'
import { LEASE_SECONDS } from './ledger-hold.ts'
import { rowset } from './rows.ts'
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

/** Replies wait for nothing but their chat; what nobody asked for keeps the account's pace. */
export type Due = 'replies' | 'notices'

export type Claim = {
  /** How many rows were looked at: 0 when nothing is due. */
  readonly seen: number
  /** Those that are to be sent, in the order in which they leave. */
  readonly rows: readonly Claimed[]
}

/** An event whose reminders wait until then; one that `yields` only those that are of use then. */
export type Quiet = { readonly event_id: string; readonly until: Date; readonly yields: boolean }

/**
 * Claims up to `limit` due rows of an account: replies, or what is sent unasked. Nothing of a paused account or chat, nor
 * to one that is cold, no reminder for who said BERHENTI (a decision goes all the same) or of an event that is `quiet`, of
 * a chat's replies the first only, and nothing of a chat for which a message is in flight: so one chat's messages leave
 * in order, whichever process sends them. What is past its time is marked expired; a notice whose chat is blocked
 * loses that chat and looks for another.
 *
 * Everything but the walk along the index of due rows is a set that is read once and small by nature (pauses, what is
 * in flight, replies that wait): joined instead, the planner reads all chats and conversations for fifty rows.
 */
export async function claimDue(
  db: Kysely<Database>,
  { channel, account }: Account,
  what: Due,
  limit: number,
  quiet: readonly Quiet[] = [],
): Promise<Claim> {
  const ofAccount = sql`channel = ${channel} and account = ${account}`
  const replies = sql`priority = 0 and id not in (select id from waiting where nth > 1)`
  const notices = sql`priority > 0 and chat_id not in (select chat_id from waiting)
        and not exists (select from paused where notices_only)
        and (priority < 20 or (
          (select stopped_at from conversation where conversation.id = conversation_id) is null
          and not exists (
            select from quiet where quiet.event_id = ledger.event_id and not (yields and until >= expires_at)
          )))`
  const { rows } = await sql<Claimed & { state: string }>`
    with ${clock},
    paused as materialized (
      select chat_id, notices_only from pause where ${ofAccount} and until > (select at from clock)
    ), flying as materialized (
      select chat_id from ledger where state in ('claimed', 'attempted') and lease_until > (select at from clock)
    ), quiet as materialized (
      select * from ${rowset('event', quiet, { event_id: 'text', until: 'timestamptz', yields: 'boolean' })}
    ), waiting as materialized (
      select id, chat_id, row_number() over (partition by chat_id order by created_at, turn, place, id) as nth
      from ledger where state = 'queued' and ${ofAccount} and priority = 0
    ), due as (
      select id, chat_id as chat from ledger
      where state = 'queued' and ${ofAccount} and due_at <= (select at from clock)
        and not exists (select from paused where chat_id is null and not notices_only)
        and chat_id not in (select id from chat where ${isCold} and ${ofAccount})
        and chat_id not in (select chat_id from paused where chat_id is not null)
        and chat_id not in (select chat_id from flying where chat_id is not null)
        and ${what === 'replies' ? replies : notices}
      order by priority, due_at
      limit ${limit}
      for update skip locked
    ), taken as (
      update ledger set
        state = case
          when expires_at <= clock.at then 'expired'
          when blocked_at is null then 'claimed'
          when priority = 0 then 'failed'
          else 'queued' end,
        why = case when blocked_at is not null then 'blocked' end,
        chat_id = case when blocked_at is null or priority = 0 then ledger.chat_id end,
        channel = case when blocked_at is null or priority = 0 then ledger.channel end,
        account = case when blocked_at is null or priority = 0 then ledger.account end,
        lease_until = clock.at + ${LEASE_SECONDS} * interval '1 second'
      from clock, due join chat on chat.id = due.chat
      where ledger.id = due.id
      returning ledger.id, purpose, chat_id, address, content, state, priority, due_at
    )
    select * from taken order by priority, due_at, id`.execute(db)
  return { seen: rows.length, rows: rows.filter(row => row.state === 'claimed') }
}
