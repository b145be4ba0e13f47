// Who left a registration unfinished, and is to be asked to go on with it.
import { type Kysely, sql } from 'kysely'
import { clock } from './clock.ts'
import type { Database } from './schema.ts'

/** After so many hours of silence, and for how long it is of use then. */
export type Nudge = { readonly nth: number; readonly after: number; readonly until: number }

/**
 * Puts a nudge to everybody who has been silent for so long into the ledger; gives how many. A silence is told from
 * another one by the turns that were taken before it. Whose hour has come since the last look are few: what was looked
 * at is marked, a minute less than that, since a turn may end after a look that began later. It looks once a minute:
 * all drafts are read, since an index on how long people are silent would make every turn's update dearer.
 */
export async function planNudge(
  db: Kysely<Database>,
  eventId: string,
  purpose: string,
  { nth, after, until }: Nudge,
): Promise<number> {
  const { rows } = await sql<{ added: number }>`
    with ${clock}, looked as (
      select coalesce(max(seen_until), '-infinity') as at from planned
      where event_id = ${eventId} and rule = ${purpose} and occurrence = ${String(nth)}
    ), added as (
      insert into ledger (id, purpose, recipient, occurrence, conversation_id, event_id, state, priority, due_at, expires_at)
      select new_id(), ${purpose}, conversation.id, turns || '/' || ${nth}::int, conversation.id, event.id, 'queued', 20,
        clock.at, least(waiting_since + ${until} * interval '1 hour', close_at)
      from clock, looked, event join conversation on event_id = event.id
      where event.id = ${eventId} and draft and question is not null and question <> 'consent' and stopped_at is null
        and waiting_since <= clock.at - ${after} * interval '1 hour'
        and waiting_since > clock.at - ${until} * interval '1 hour'
        and waiting_since > looked.at - ${after} * interval '1 hour'
        and looked.at < clock.at - interval '2 minutes'
      on conflict (purpose, recipient, occurrence, revision, road) do nothing
      returning id
    ), noted as (
      insert into planned (event_id, rule, occurrence, seen_until)
      select ${eventId}, ${purpose}, ${String(nth)}, clock.at - interval '1 minute' from clock, looked
      where looked.at < clock.at - interval '2 minutes'
      on conflict (event_id, rule, occurrence) do update set seen_until = excluded.seen_until
    )
    select count(*)::int as added from added`.execute(db)
  return rows[0]?.added ?? 0
}
