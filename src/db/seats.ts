// The seats of an event: who holds one, and to whom one that is free is offered. Everything here happens under the
// locks that `lockSeats` takes, so that nobody later in the reserve has an offer while one before him has none.
import { type Kysely, sql } from 'kysely'
import { sendableFrom } from '../domain/calendar.ts'
import type { EventFile } from '../domain/event-file.ts'
import { serve } from '../domain/seat.ts'
import { type EventStamp, loadEvents } from './event-read.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

/** An event whose seats nobody else changes until the transaction ends. */
export type Ground = {
  readonly file: EventFile
  /** The clock of the house after the locks were got. */
  readonly now: Date
  /** Seats may be held by people of other associations. */
  readonly across: boolean
}

/** Locks an event and its associations, in the order of the house. */
export async function lockSeats(trx: Db, eventId: string): Promise<Ground> {
  await sql`select from event where id = ${eventId} for no key update`.execute(trx)
  await sql`
    select from event_association where event_id = ${eventId} order by association for no key update`.execute(trx)
  return readGround(trx, eventId)
}

/** The same without the locks, for who only looks: what is read may be another's by the next moment. */
export async function readGround(trx: Db, eventId: string): Promise<Ground> {
  const { rows } = await sql<{ stamp: EventStamp; now: Date }>`
    select json_build_array(id, version, changed_at) as stamp, app_now() as now from event where id = ${eventId}`.execute(
    trx,
  )
  const [found] = rows
  const [file] = found ? await loadEvents(trx, [found.stamp]) : []
  if (!found || !file) throw new Error('an event that is not there has no seats')
  const across = file.waitlist !== undefined && found.now >= new Date(file.waitlist.across_from)
  return { file, now: found.now, across }
}

export type Seeker = { readonly id: string; readonly association: string | null }

const FREE = sql`holder is null`

/** The free seats of an event, the association's own before the others. */
async function freeSeats(trx: Db, eventId: string) {
  const { rows } = await sql<{ place: number; association: string | null }>`
    select place, association from seat where event_id = ${eventId} and ${FREE} order by place`.execute(trx)
  return rows
}

/** Gives these nominations, in their order, the seats that are free for them; the ids of those who got one. */
export async function takeSeats(trx: Db, ground: Ground, seekers: readonly Seeker[]): Promise<Set<string>> {
  const given = serve(await freeSeats(trx, ground.file.event.id), seekers, ground.across)
  await holdSeats(
    trx,
    ground,
    given.map(([{ place }, { id, association }]) => ({ place, id, association })),
    null,
  )
  return new Set(given.map(([, { id }]) => id))
}

async function holdSeats(
  trx: Db,
  { file }: Ground,
  given: readonly { readonly place: number; readonly id: string; readonly association: string | null }[],
  until: Date | null,
): Promise<void> {
  if (given.length === 0) return
  await sql`
    update seat set holder = given.id, holder_from = given.association, taken_at = app_now(), offered_until = ${until}
    from ${rowset('given', given, { place: 'int', id: 'uuid', association: 'text' })}
    where seat.event_id = ${file.event.id} and seat.place = given.place`.execute(trx)
}

/**
 * Ends these nominations, and offers the seats they leave to the next in the reserve. The one door by which a seat
 * becomes free: a refusal, a withdrawal, an offer nobody took.
 */
export async function release(
  trx: Db,
  ground: Ground,
  ids: readonly string[],
  state: 'BATAL' | 'KEDALUWARSA',
): Promise<void> {
  if (ids.length > 0)
    await sql`
      with ended as (
        update nomination set state = ${state}, queue = null, changed_at = app_now() where id = any(${ids}::uuid[])
      )
      update seat set holder = null, holder_from = null, taken_at = null, offered_until = null
      where holder = any(${ids}::uuid[])`.execute(trx)
  await offerFree(trx, ground)
}

/** Offers every free seat to the next who waits for it, each with a deadline. Nothing once the event has begun. */
export async function offerFree(trx: Db, ground: Ground): Promise<void> {
  const { file, across } = ground
  const start = eventStart(file)
  const due = sendableFrom(ground.now.toTemporalInstant(), file.reminders, file.event.timezone)
  if (!file.waitlist?.enabled || Temporal.Instant.compare(due, start) >= 0) return
  const free = await freeSeats(trx, file.event.id)
  if (free.length === 0) return
  const { rows: waiting } = await sql<Seeker>`
    select id, association from nomination where event_id = ${file.event.id} and queue is not null
    order by queue, created_at, id`.execute(trx)
  const given = serve(free, waiting, across).map(([{ place }, { id, association }]) => ({ place, id, association }))
  if (given.length === 0) return
  const until = earlier(due.add({ hours: file.waitlist.offer_hours }), start)
  await holdSeats(trx, ground, given, until)
  await sql`
    update nomination set state = 'DITAWARI', queue = null, offers = offers + 1, changed_at = app_now()
    where id = any(${given.map(({ id }) => id)}::uuid[])`.execute(trx)
  await tellOffers(
    trx,
    file.event.id,
    given.map(({ id }) => id),
    dateOf(due),
    until,
  )
}

/** When the first session begins. */
export const eventStart = ({ sessions }: EventFile): Temporal.Instant =>
  sessions
    .map(({ start }) => Temporal.Instant.from(start))
    .reduce((first, start) => (Temporal.Instant.compare(start, first) < 0 ? start : first))

/** From when on the event lets messages out. */
export const sendableOn = ({ file, now }: Ground): Date =>
  dateOf(sendableFrom(now.toTemporalInstant(), file.reminders, file.event.timezone))

const dateOf = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds)
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => dateOf(Temporal.Instant.compare(a, b) < 0 ? a : b)

/** The offer is told to the nominee, where he has opened his link; else to the officers of his association. */
async function tellOffers(trx: Db, eventId: string, ids: readonly string[], due: Date, until: Date): Promise<void> {
  await sql`
    with offered as (
      select id, association, conversation_id, offers from nomination where id = any(${ids}::uuid[])
    ), told as (
      select 'tawaran' as purpose, id as recipient, id, offers, conversation_id,
        null::uuid as chat_id, null as channel, null as account
      from offered where conversation_id is not null
      union all
      select 'tawaran-pengurus', officer.id, offered.id, offers, officer.conversation_id, chat.id, channel, account
      from offered join officer on officer.event_id = ${eventId} and officer.association = offered.association
        and removed_at is null
      join chat on chat.id = officer.chat_id
      where offered.conversation_id is null
    )
    insert into ledger (id, purpose, recipient, occurrence, nomination_id, conversation_id, event_id, chat_id, channel,
      account, state, priority, due_at, expires_at)
    select new_id(), purpose, recipient, id || ' ' || offers, id, conversation_id, ${eventId}, chat_id, channel, account,
      'queued', 10, ${due}, ${until}
    from told
    on conflict (purpose, recipient, occurrence, revision, road) do nothing`.execute(trx)
}

/** Lets a nominee take the seat that was offered to him; false where the offer is over. */
export async function takeOffer(trx: Db, { now }: Ground, id: string): Promise<boolean> {
  const { rows } = await sql`
    with taken as (
      update seat set offered_until = null where holder = ${id} and offered_until > ${now} returning holder
    ), registered as (
      update registration set status = 'MENUNGGU_VERIFIKASI', changed_at = app_now()
      from nomination, taken where nomination.id = holder and registration.id = registration_id and status = 'CADANGAN'
    )
    update nomination set state = case when conversation_id is null then 'DIUSULKAN' else 'DIKLAIM' end,
      changed_at = app_now()
    from taken where id = holder returning id`.execute(trx)
  return rows.length > 0
}

/** Puts who gave up his seat at the end of the reserve, because he asks for it; gives his place, or null if it is full. */
export async function queueAgain(trx: Db, ground: Ground, { id, association }: Seeker): Promise<number | null> {
  const { last, waiting } = await readQueue(trx, ground, association)
  if (waiting >= reserveOf(ground)) return null
  await sql`
    update nomination set state = 'CADANGAN', queue = ${last + 1}, changed_at = app_now() where id = ${id}`.execute(trx)
  return waiting + 1
}

/** As many as may wait in an association's reserve. */
export const reserveOf = ({ file: { waitlist } }: Ground): number =>
  waitlist?.enabled ? waitlist.max_per_association : 0

/** The last place in an association's reserve, and how many wait there. */
export async function readQueue(trx: Db, { file }: Ground, association: string | null) {
  const { rows } = await sql<{ last: number; waiting: number }>`
    select coalesce(max(queue), 0) as last, count(*)::int as waiting from nomination
    where event_id = ${file.event.id} and association is not distinct from ${association} and queue is not null`.execute(
    trx,
  )
  return rows[0] as { last: number; waiting: number }
}

/** Events in which an offer has run out. */
export async function eventsWithLateOffers(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ event_id: string }>`
    select distinct event_id from seat where offered_until <= (select app_now())`.execute(db)
  return rows.map(({ event_id }) => event_id)
}

/** Takes back what was offered and not taken in time, and offers it to the next. */
export async function expireOffers(trx: Db, ground: Ground): Promise<void> {
  const { rows } = await sql<{ holder: string }>`
    select holder from seat where event_id = ${ground.file.event.id} and offered_until <= ${ground.now}`.execute(trx)
  await release(
    trx,
    ground,
    rows.map(({ holder }) => holder),
    'KEDALUWARSA',
  )
}
