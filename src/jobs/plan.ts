// Plans the reminders that are due: each sweep asks what the rules say at this moment, and adds what is missing.
import type { EventsNow } from '../db/event-read.ts'
import {
  anyCheckIn,
  changedSince,
  type DueMoment,
  type Limit,
  type Mark,
  markPlanned,
  planMoment,
  readMarks,
  supersede,
  type Tells,
} from '../db/reminder-plan.ts'
import { sendableFrom } from '../domain/calendar.ts'
import type { EventFile } from '../domain/event-file.ts'
import { leavesAt, type Moment, momentsOf } from '../domain/moments.ts'
import { CHANGE } from '../flows/notices.ts'
import type { House } from '../house.ts'

/** Plans for every event that is not over; gives how many messages were added. */
export async function planReminders({ db }: House, { events, now }: EventsNow): Promise<number> {
  if (events.length === 0) return 0
  const marks = await readMarks(
    db,
    events.map(({ event }) => event.id),
  )
  let added = 0
  for (const file of events) added += await planEvent(db, file, marks, now)
  return added
}

async function planEvent(db: House['db'], file: EventFile, marks: readonly Mark[], now: Date): Promise<number> {
  const { id } = file.event
  const own = new Map(marks.filter(({ event_id }) => event_id === id).map(mark => [nameOf(mark), mark.seen_until]))
  const instant = now.toTemporalInstant()
  const due = momentsOf(file).filter(moment => Temporal.Instant.compare(moment.due, instant) <= 0)
  const useful = due.filter(moment => Temporal.Instant.compare(instant, moment.expires) < 0)
  // What is past its use is written down once; nobody who comes later missed it.
  const over = due.filter(moment => !useful.includes(moment) && !own.has(nameOf(moment)))
  const marked = useful.flatMap(moment => own.get(nameOf(moment)) ?? [])
  const fresh = useful.length > marked.length || over.length > 0
  if (!fresh && !(await anyChange(db, id, marked))) return 0
  let added = 0
  const planned: DueMoment[] = []
  for (const moment of [...over, ...useful]) {
    if (moment.to === 'not_checked_in' || moment.to === 'present')
      if (!(await anyCheckIn(db, id, moment.sessions))) continue
    const later = useful.some(other => other.series === moment.series && isLater(other, moment))
    const row = dueMoment(file, moment, instant, later || over.includes(moment), own.get(nameOf(moment)) ?? null)
    if (row.since === null)
      await supersede(db, id, useful.filter(one => one.series === moment.series && isLater(moment, one)).map(toRow))
    added += await planMoment(db, row, limitOf(file, row.due_at), tellsOf(file, moment))
    planned.push(row)
  }
  await markPlanned(db, planned, now)
  return added
}

const toRow = ({ rule, occurrence }: Moment) => ({ rule, occurrence })
const nameOf = ({ rule, occurrence }: { readonly rule: string; readonly occurrence: string }) => `${rule} ${occurrence}`
const isLater = (a: Moment, b: Moment) => Temporal.Instant.compare(a.due, b.due) > 0

const anyChange = (db: House['db'], id: string, marked: readonly Date[]): Promise<boolean> | false =>
  marked.length > 0 && changedSince(db, id, new Date(Math.min(...marked.map(date => date.getTime()))))

/** A moment that was missed leaves when messages may leave again; it is useless where that is too late. */
function dueMoment(
  file: EventFile,
  moment: Moment,
  now: Temporal.Instant,
  useless: boolean,
  since: Date | null,
): DueMoment {
  const late = Temporal.Instant.compare(now, moment.due.add({ seconds: 60 })) > 0
  const leaves = late && !useless ? leavesAt(file, now, moment.expires) : moment.due
  const due = leaves ?? moment.due
  return {
    event_id: file.event.id,
    rule: moment.rule,
    to: moment.to,
    occurrence: moment.occurrence,
    sessions: moment.sessions,
    state: useless || !leaves ? 'expired' : 'queued',
    wanted_at: new Date(moment.due.epochMilliseconds),
    due_at: new Date(due.epochMilliseconds),
    expires_at: new Date(moment.expires.epochMilliseconds),
    since,
  }
}

/** The day of the event's zone in which a message leaves, and the first moment of the next. */
export function limitOf({ reminders, event }: EventFile, due: Date): Limit {
  const day = due.toTemporalInstant().toZonedDateTimeISO(event.timezone).startOfDay()
  const date = (at: Temporal.Instant) => new Date(at.epochMilliseconds)
  const tomorrow = day.add({ days: 1 }).toInstant()
  return {
    // What is told because something happened, as an acceptance or a result, neither waits nor counts.
    rules: reminders.plan.filter(rule => !('on' in rule)).map(({ id }) => id),
    most: reminders.max_per_day,
    from: date(day.toInstant()),
    to: date(tomorrow),
    next: date(sendableFrom(tomorrow, reminders, event.timezone)),
  }
}

/** The message at the acceptance, and a correction, say when and where: an older reminder adds nothing to them. */
export const tellsOf = ({ reminders }: EventFile, { to }: Pick<Moment, 'to'>): Tells => {
  if (to !== 'accepted') return { acceptance: null, correction: null }
  const acceptance = reminders.plan.find(rule => 'on' in rule && rule.on === 'accepted')?.id ?? null
  return { acceptance, correction: CHANGE }
}
