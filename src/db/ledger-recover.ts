// Takes over rows of the ledger whose process died, and those that get a second chance.
import { type Kysely, sql } from 'kysely'
import { clock } from './clock.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'
import type { Account } from './waiting.ts'

/** How long after an uncertain notice its second copy goes out, and how many copies there may be. */
export const SECOND_COPY_SECONDS = 60
const COPIES = 2
/** On a linked WhatsApp number the id is ours, and the phone shows all copies as one: what fails again and again is given up. */
const COPIES_OF_ONE_ID = 10
const isSpent = sql`attempts >= case channel when 'whatsapp' then ${COPIES_OF_ONE_ID}::int else ${COPIES}::int end`

const AT_ONCE = 1_000

export type Recovered = {
  readonly id: string
  readonly state: string
  readonly purpose: string
  readonly chat_id: string
  readonly secret: boolean
  readonly language: string
}

/** The message that a reply answers: its occurrence begins with it. */
const turnOf = (table: string) => sql`split_part(${sql.ref(`${table}.occurrence`)}, '/', 1)`

/**
 * Rows whose lease ran out. What was only claimed goes back to the queue. A reply goes out once more, unless the chat
 * has had a newer turn (superseded), it holds a secret or died too often (uncertain). A notice is uncertain.
 */
export async function recoverDead(db: Kysely<Database>, { channel, account }: Account): Promise<Recovered[]> {
  const { rows } = await sql<Recovered>`
    with ${clock},
    dead as (
      select id, exists (
          select from ledger as newer where newer.chat_id = ledger.chat_id and newer.purpose = 'reply'
            and newer.created_at > ledger.created_at and ${turnOf('newer')} <> ${turnOf('ledger')}
        ) as outdated
      from ledger, clock
      where state in ('claimed', 'attempted') and lease_until <= clock.at
        and channel = ${channel} and account = ${account}
      order by lease_until limit ${AT_ONCE}
      for update of ledger skip locked
    )
    update ledger set
      state = case
        when state = 'claimed' then 'queued'
        when purpose <> 'reply' then 'uncertain'
        when outdated then 'superseded'
        when secret or ${isSpent} then 'uncertain'
        else 'queued' end,
      why = 'the process died',
      due_at = case when purpose <> 'reply' and state = 'attempted'
        then clock.at + ${SECOND_COPY_SECONDS} * interval '1 second' else due_at end,
      lease_until = null
    from dead, clock where ledger.id = dead.id
    returning ledger.id, state, purpose, chat_id, secret, (
      select language from conversation where conversation.id = conversation_id) as language`.execute(db)
  return rows
}

/** Puts uncertain notices whose time has come into the queue again, as long as there may be more copies. */
export async function retryUncertain(db: Kysely<Database>, { channel, account }: Account): Promise<void> {
  await sql`
    update ledger set state = 'queued'
    where state = 'uncertain' and purpose <> 'reply' and not secret and not (${isSpent}) and due_at <= (select app_now())
      and channel = ${channel} and account = ${account}`.execute(db)
}

/** Marks notices that nobody could send in time, also those that no chat was found for. */
export async function expireLate(db: Kysely<Database>, { channel, account }: Account): Promise<void> {
  const late = sql`state = 'queued' and due_at <= (select app_now()) and expires_at <= (select app_now())`
  await sql`
    with lost as (update ledger set state = 'expired' where ${late} and channel is null and account is null)
    update ledger set state = 'expired' where ${late} and channel = ${channel} and account = ${account}`.execute(db)
}

/** Queues a reply of its own behind each of these, to the same chat. */
export async function followUp(
  db: Kysely<Database>,
  replies: readonly { readonly id: string; readonly after: string; readonly content: Buffer }[],
): Promise<void> {
  await sql`
    insert into ledger (id, purpose, recipient, occurrence, conversation_id, chat_id, channel, account, state, priority,
      content)
    select reply.id, 'reply', recipient, occurrence || '/again', conversation_id, chat_id, channel, account, 'queued', 0,
      reply.content
    from ${rowset('reply', replies, { id: 'uuid', after: 'uuid', content: 'bytea' })} join ledger on ledger.id = after
    on conflict (purpose, recipient, occurrence, revision, road) do nothing`.execute(db)
}
