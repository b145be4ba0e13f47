// What officers hear of their association's results: queued by an approval, counted from what counts when it leaves.
import { type Kysely, sql } from 'kysely'
import { SUMMARY } from '../domain/result.ts'
import type { EventStamp } from './event-read.ts'
import { OVERTAKEN } from './result-import.ts'
import { standing } from './result-read.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

/** Messages of this kind to who is still an officer; to others nothing leaves. */
const told = (eventId: string) => sql`
  officer.event_id = ${eventId} and removed_at is null and ledger.purpose = ${SUMMARY} and ledger.recipient = officer.id`

/**
 * Queues the numbers for each officer of these associations, in the place of what still waits for them; gives how many
 * officers hear.
 */
export async function addSummaries(
  trx: Db,
  eventId: string,
  { occurrence, due_at, expires_at }: { readonly occurrence: string; readonly due_at: Date; readonly expires_at: Date },
  associations: readonly string[],
): Promise<number> {
  const { rows } = await sql`
    with overtaken as (
      update ledger set state = 'superseded', why = ${OVERTAKEN} || ${occurrence} from officer
      where ${told(eventId)} and association = any(${associations}) and state = 'queued' and occurrence <> ${occurrence}
    )
    insert into ledger (id, purpose, recipient, occurrence, conversation_id, event_id, chat_id, channel, account, state,
      priority, due_at, expires_at)
    select new_id(), ${SUMMARY}, officer.id, ${occurrence}, officer.conversation_id, ${eventId}, chat.id, channel, account,
      'queued', 10, ${due_at}, ${expires_at}
    from officer join chat on chat.id = chat_id
    where officer.event_id = ${eventId} and removed_at is null and association = any(${associations})
    on conflict (purpose, recipient, occurrence, revision, road) do nothing
    returning id`.execute(trx)
  return rows.length
}

/** Takes back what an approval queued for officers, and lets what it had overtaken wait again. */
export async function cancelSummaries(trx: Db, eventId: string, occurrence: string): Promise<void> {
  await sql`
    update ledger set state = case when state = 'queued' then 'cancelled' else 'queued' end,
      why = case when state = 'queued' then 'undone' end
    from officer
    where ${told(eventId)} and (
      (state = 'queued' and occurrence = ${occurrence}) or (state = 'superseded' and why = ${OVERTAKEN} || ${occurrence})
    )`.execute(trx)
}

export type SummaryRow = {
  readonly competent: number
  readonly notYet: number
  readonly absent: number
  readonly open: number
  readonly telling: boolean
  readonly event: EventStamp
}

/** So long officers wait for members who can't be reached. */
const WAIT = '24 hours'

/**
 * An association's members in numbers, as their results count now. Absent is who has no result and was not checked in on
 * the last day on which anybody of the event was: nobody is missing from a list that was not kept. `telling`: some
 * results are on the way to their people.
 */
export async function readSummary(db: Db, eventId: string, association: string): Promise<SummaryRow> {
  const { rows } = await sql<SummaryRow>`
    with last as materialized (
      select zone, max((at at time zone zone)::date) as day
      from (select file -> 'event' ->> 'timezone' as zone from event where id = ${eventId}) as clock
      left join (registration join check_in on registration_id = registration.id) on event_id = ${eventId}
      group by zone
    ), member as materialized (
      select current.outcome, last.day is not null and not exists (
          select from check_in where registration_id = registration.id and (at at time zone zone)::date = last.day
        ) as absent,
        exists (
          select from ledger join result_import on result_import.event_id = ledger.event_id
            and result_import.number || '.' || round = occurrence
          where purpose = 'hasil' and recipient = registration.id and state in ('queued', 'claimed', 'attempted')
            and tells_at between (select app_now()) - ${WAIT}::interval and (select app_now())
        ) as telling
      from last, registration left join lateral (${standing}) as current on true
      where event_id = ${eventId} and association = ${association}
        and (status = 'DITERIMA' or current.outcome is not null)
    )
    select count(*) filter (where outcome = 'K')::int as competent, count(*) filter (where outcome = 'BK')::int as "notYet",
      count(*) filter (where outcome is null and absent)::int as absent,
      count(*) filter (where outcome is null and not absent)::int as open,
      coalesce(bool_or(telling), false) as telling,
      (select json_build_array(id, version, changed_at) from event where id = ${eventId}) as event
    from member`.execute(db)
  return rows[0] as SummaryRow
}
