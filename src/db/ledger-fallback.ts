// What can't reach a person: a notice goes the second road to another chat, once; else, and for an answer, somebody is asked.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { clock } from './clock.ts'
import type { Database } from './schema.ts'

/** An answer belongs to no registration; the person's newest one says who he is. */
const registrationOf = sql`coalesce(registration_id, (
  select id from registration where registration.conversation_id = lost.conversation_id order by id desc limit 1))`

/** Insert: one open task a person for messages (`rows` of the ledger) that could be delivered nowhere. */
export const openUndelivered = (rows: RawBuilder<unknown>) => sql`
  insert into task (id, kind, event_id, conversation_id, registration_id, matter)
  select new_id(), 'undelivered', event_id, conversation_id, registration, matter from (
    select distinct on (matter) * from (
      select *, 'undelivered ' || coalesce(registration, conversation_id) as matter
      from (select lost.*, ${registrationOf} as registration from (${rows}) as lost) as known
    ) as named
  ) as single
  on conflict (matter) where closed_at is null do nothing`

/** Insert: these messages (`rows` of the ledger) once more, on the second road; where they go is found by routing. */
const takeSecondRoad = (rows: RawBuilder<unknown>) => sql`
  insert into ledger (id, purpose, recipient, occurrence, revision, road, conversation_id, registration_id, event_id, state,
    priority, due_at, expires_at)
  select new_id(), purpose, recipient, occurrence, revision, 2, conversation_id, registration_id, event_id, 'queued',
    priority, (select app_now()), expires_at
  from (${rows}) as failed
  on conflict (purpose, recipient, occurrence, revision, road) do nothing`

const otherChat = sql`exists (
  select from chat_conversation join chat on chat.id = chat_conversation.chat_id
  where chat_conversation.conversation_id = settled.conversation_id and blocked_at is null
    and chat.id is distinct from settled.chat_id)`

/**
 * Common tables behind one called \`settled\`, rows of the ledger with \`blocked\`: what becomes of those among them that
 * failed. An answer is of use only where it was asked for, and to who blocked us nobody owes one.
 */
export const afterFailures = sql`
  stranded as materialized (
    select settled.*, purpose <> 'reply' and road = 1 and ${otherChat} as has_other
    from settled where state = 'failed' and (purpose <> 'reply' or not blocked)
  ), second_road as (${takeSecondRoad(sql`select * from stranded where has_other`)}
  ), undelivered as (${openUndelivered(sql`select * from stranded where not has_other`)}
  )`

const AT_ONCE = 1_000
/** Who waits for less is told on his own channel. */
const REST = '1 hour'
/** A number that stands so sends nothing until somebody sees to it. */
const STANDSTILLS = ['logged out', 'banned', 'replaced', 'outdated']

/**
 * Notices that are due where nothing leaves for a while (a restricted number, one that nobody is linked with, a chat
 * that has not written to it yet) take the second road, if there is a chat on which something leaves.
 */
export async function divertNotices(db: Kysely<Database>): Promise<void> {
  await sql`
    with ${clock}, resting as materialized (
      select channel, account, max(why) as why from (
        select channel, account, why from pause, clock where chat_id is null and until > clock.at + ${REST}::interval
        union all
        select 'whatsapp', account, standing from whatsapp_number where standing = any(${STANDSTILLS})
      ) as still group by channel, account
    ), waiting as (
      select ledger.id, conversation_id, resting.why from resting join ledger using (channel, account)
      where ${WAITS}
      union
      select ledger.id, ledger.conversation_id, 'has not written to this number yet'
      from chat join ledger on ledger.chat_id = chat.id
      where chat.cold and ${WAITS}
    ), stuck as (
      select ledger.id, waiting.why from waiting join ledger using (id)
      where exists (
        select from chat_conversation join chat on chat.id = chat_conversation.chat_id
        left join resting on resting.channel = chat.channel and resting.account = chat.account
        where chat_conversation.conversation_id = waiting.conversation_id and blocked_at is null and not cold
          and resting.account is null
      )
      limit ${AT_ONCE}
      for update of ledger skip locked
    ), failed as (
      update ledger set state = 'failed', why = stuck.why from stuck where ledger.id = stuck.id and state = 'queued'
      returning ledger.*
    )
    ${takeSecondRoad(sql`select * from failed`)}`.execute(db)
}

const WAITS = sql`ledger.state = 'queued' and priority > 0 and road = 1 and due_at <= (select app_now())
  and (expires_at is null or expires_at > (select app_now()))`
