// Who would get a reminder, and why the others don't: the planner's own question, asked about another time.
import { type Kysely, sql } from 'kysely'
import type { Moment } from '../domain/moments.ts'
import { concerns, knows, type Tells } from './reminder-plan.ts'
import type { Database } from './schema.ts'

export type Previewed = {
  readonly number: string
  readonly name: string
  readonly status: string
  readonly concerned: boolean
  readonly stopped: boolean
  /** The acceptance or a correction said all of it since the reminder was due. */
  readonly knows: boolean
  /** Where the ledger says this very message stands already. */
  readonly state: string | null
  /** The channel it would leave on; null where the person can't be reached. */
  readonly channel: string | null
}

/** Everybody of an event in the light of one moment, in the order of their numbers. */
export async function previewMoment(
  db: Kysely<Database>,
  eventId: string,
  { rule, occurrence, to, sessions, due }: Moment,
  tells: Tells,
): Promise<Previewed[]> {
  const { rows } = await sql<Previewed>`
    select number, name, registration.status, ${concerns(to, sessions)} as concerned,
      conversation.stopped_at is not null as stopped, ${knows(tells, new Date(due.epochMilliseconds))} as knows,
      ledger.state, (
        select channel from chat_conversation join chat on chat.id = chat_id
        where chat_conversation.conversation_id = registration.conversation_id and blocked_at is null
        order by (select max(received_at) from inbox where inbox.chat_id = chat.id) desc nulls last, chat.id limit 1
      ) as channel
    from registration
    join conversation on conversation.id = registration.conversation_id
    left join ledger on ledger.purpose = ${rule} and ledger.recipient = registration.id
      and ledger.occurrence = ${occurrence} and ledger.revision = 0 and ledger.road = 1
    where registration.event_id = ${eventId}
    order by number`.execute(db)
  return rows
}
