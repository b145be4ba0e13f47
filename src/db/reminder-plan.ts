// Plans reminders: puts everybody whom a due moment concerns into the ledger, who is not there yet. Set-based, in steps
// of a fixed size; whichever processes do it at once, the ledger's key keeps each message single.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Audience } from '../domain/moments.ts'
import { clock } from './clock.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

const STEP = 20_000
/** A change is looked for once more for so long: its transaction may end after a look that began later. */
const LATE_SECONDS = 60
const FIRST = '00000000-0000-0000-0000-000000000000'

/** A moment as the ledger knows it. */
export type DueMoment = {
  readonly event_id: string
  readonly rule: string
  readonly to: Audience
  readonly occurrence: string
  readonly sessions: readonly string[]
  /** `queued`, or `expired` where a later moment of its series, or the time itself, has made it useless. */
  readonly state: 'queued' | 'expired'
  /** When its rule wanted it, and when it leaves: later where it was missed. */
  readonly wanted_at: Date
  readonly due_at: Date
  readonly expires_at: Date
  /** Only registrations changed since; null for everybody. */
  readonly since: Date | null
}

/** Whom a moment concerns; `registration` is the row's name in the query. */
export function concerns(to: Audience, sessions: readonly string[]): RawBuilder<unknown> {
  const accepted = sql`registration.status = 'DITERIMA'`
  const checkedIn = sql`exists (
    select from check_in where check_in.registration_id = registration.id and session = any(${sessions}))`
  switch (to) {
    case 'accepted':
      return accepted
    case 'present':
      return sql`${accepted} and ${checkedIn}`
    case 'not_checked_in':
      return sql`${accepted} and not ${checkedIn}`
    case 'incomplete':
      return sql`registration.status = 'PERLU_PERBAIKAN'`
  }
}

/** True once anybody was checked in at these sessions: until then nobody is missed. */
export async function anyCheckIn(db: Db, eventId: string, sessions: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select from check_in join registration on registration.id = registration_id
    where session = any(${sessions}) and event_id = ${eventId} limit 1`.execute(db)
  return rows.length > 0
}

export type Limit = {
  /** The rules that count, and how many of their messages a person gets between `from` and `to`. */
  readonly rules: readonly string[]
  readonly most: number
  readonly from: Date
  readonly to: Date
  /** When a message beyond that leaves. */
  readonly next: Date
}

/** Purposes of the messages after which an older reminder says nothing new; null where there is none. */
export type Tells = { readonly acceptance: string | null; readonly correction: string | null }

/**
 * Whether a person was told all of it since the moment was due; `registration` is the row's name in the query. Who has not
 * changed since was not accepted since: of a million people in time nobody's acceptance is looked for, nor a correction in
 * a house that has sent none.
 */
export const knows = ({ acceptance, correction }: Tells, wanted_at: Date): RawBuilder<unknown> => sql`(
  registration.changed_at >= ${wanted_at} and exists (
    select from ledger as told where told.purpose = ${acceptance} and told.recipient = registration.id
      and told.occurrence = 'accepted' and told.revision = 0 and told.road = 1 and told.created_at >= ${wanted_at}
  ) or exists (select from ledger where purpose = ${correction}) and exists (
    select from ledger as told where told.purpose = ${correction} and told.recipient = registration.id
      and told.created_at >= ${wanted_at} and told.state not in ('cancelled', 'superseded', 'expired', 'failed')
  ))`

type Step = { readonly added: number; readonly looked: number; readonly last: string | null }

/**
 * Puts a moment's messages into the ledger; gives how many. One beyond the day's limit leaves on the next day, if it
 * is of use then. Who was told by an acceptance or a correction after the moment was due knows all of it: for him it is
 * expired.
 */
export async function planMoment(db: Db, moment: DueMoment, limit: Limit, tells: Tells): Promise<number> {
  let added = 0
  let after = FIRST
  for (;;) {
    const { added: more, looked, last } = await planStep(db, moment, limit, tells, after)
    added += more
    if (looked < STEP || last === null) return added
    after = last
  }
}

async function planStep(
  db: Db,
  { event_id, rule, to, occurrence, sessions, state, wanted_at, due_at, expires_at, since }: DueMoment,
  limit: Limit,
  tells: Tells,
  after: string,
): Promise<Step> {
  const changed = since === null ? sql`` : sql`and changed_at > ${since}`
  const { rows } = await sql<Step>`
    with ${clock}, step as materialized (
      select id, conversation_id, status, changed_at from registration
      where event_id = ${event_id} and id > ${after} ${changed} order by id limit ${STEP}
    ), fresh as (
      select id, conversation_id, ${knows(tells, wanted_at)} as knows, (
        select count(*) from ledger as today where today.conversation_id = registration.conversation_id
          and today.purpose = any(${limit.rules})
          and today.due_at >= ${limit.from} and today.due_at < ${limit.to}
          and today.state not in ('expired', 'cancelled', 'superseded', 'failed')
      ) >= ${limit.most} and ${limit.next}::timestamptz < ${expires_at}::timestamptz as late
      from step as registration
      where ${concerns(to, sessions)}
    ), added as (
      insert into ledger (id, purpose, recipient, occurrence, registration_id, conversation_id, event_id, state,
        priority, due_at, expires_at, created_at)
      select new_id(), ${rule}, id, ${occurrence}, id, conversation_id, ${event_id},
        case when knows then 'expired' else ${state} end, 20, case when late then ${limit.next} else ${due_at}::timestamptz end,
        ${expires_at}, clock.at
      from clock, fresh
      on conflict (purpose, recipient, occurrence, revision, road) do nothing
      returning id
    )
    select (select count(*)::int from added) as added, (select count(*)::int from step) as looked,
      (select id from step order by id desc limit 1) as last`.execute(db)
  return rows[0] as Step
}

/** What still waits of these moments has been overtaken by a later one. */
export async function supersede(
  db: Db,
  eventId: string,
  older: readonly { readonly rule: string; readonly occurrence: string }[],
): Promise<void> {
  if (older.length === 0) return
  await sql`
    update ledger set state = 'superseded'
    where state = 'queued' and priority = 20 and event_id = ${eventId}
      and purpose || ' ' || occurrence = any(${older.map(({ rule, occurrence }) => `${rule} ${occurrence}`)})`.execute(
    db,
  )
}

export type Mark = {
  readonly event_id: string
  readonly rule: string
  readonly occurrence: string
  readonly seen_until: Date
}

/** The moments of these events that were planned for everybody. */
export const readMarks = (db: Db, events: readonly string[]): Promise<Mark[]> =>
  db.selectFrom('planned').selectAll().where('event_id', '=', sql<string>`any(${events})`).execute()

/** Notes that moments are planned for all changes until `now`, less what a late transaction needs. */
export async function markPlanned(
  db: Db,
  moments: readonly Pick<DueMoment, 'event_id' | 'rule' | 'occurrence'>[],
  now: Date,
): Promise<void> {
  if (moments.length === 0) return
  const seen_until = new Date(now.getTime() - LATE_SECONDS * 1_000)
  await db
    .insertInto('planned')
    .values(moments.map(({ event_id, rule, occurrence }) => ({ event_id, rule, occurrence, seen_until })))
    .onConflict(conflict =>
      conflict
        .columns(['event_id', 'rule', 'occurrence'])
        .doUpdateSet({ seen_until: eb => eb.ref('excluded.seen_until') }),
    )
    .execute()
}

/** Whether a registration of the event has changed since. */
export async function changedSince(db: Db, eventId: string, since: Date): Promise<boolean> {
  const { rows } = await sql`
    select from registration where event_id = ${eventId} and changed_at > ${since} limit 1`.execute(db)
  return rows.length > 0
}
