// When the reminder rules of an event fire: each rule becomes a handful of moments, in the zone of the event.
import { sendableFrom } from './calendar.ts'
import type { EventFile } from './event-file.ts'

type Rule = EventFile['reminders']['plan'][number]
type SessionRule = Extract<Rule, { readonly session: string }>
type DeadlineRule = Extract<Rule, { readonly until: string }>

/** To whom a moment's message goes; the others of the event file wait for things that an event has not got yet. */
export type Audience = 'accepted' | 'present' | 'not_checked_in' | 'incomplete'

export type Moment = {
  /** Id of the rule: the message's purpose in the ledger. */
  readonly rule: string
  readonly to: Audience
  /** What makes it one of its rule's: a session and its day, or a deadline and the day of the reminder. */
  readonly occurrence: string
  /** Of several missed moments of one series only the latest is of use. */
  readonly series: string
  /** When its message leaves, and from when on it would be of no use. */
  readonly due: Temporal.Instant
  readonly expires: Temporal.Instant
  /** For `not_checked_in` and `present`: the sessions whose check-in counts. */
  readonly sessions: readonly string[]
  readonly asks: boolean
}

const AUDIENCES: readonly string[] = ['accepted', 'present', 'not_checked_in', 'incomplete'] satisfies Audience[]

const known = new WeakMap<EventFile, readonly Moment[]>()

/** The moments of an event, the earliest first. Those of one day beyond its limit are moved to the next, if of use then. */
export function momentsOf(file: EventFile): readonly Moment[] {
  const made = known.get(file)
  if (made) return made
  const all = file.reminders.plan.flatMap(rule => {
    if (!AUDIENCES.includes(rule.to)) return []
    if ('session' in rule) return aroundSession(file, rule)
    return 'until' in rule ? untilDeadline(file, rule) : []
  })
  const limited = withinLimit(all.sort(byDue), file)
  known.set(file, limited)
  return limited
}

/** Why a rule has no moments: it waits for something else than the clock, or for something an event has not got yet. */
export function whyNoMoment(rule: Rule): string | undefined {
  if ('on' in rule) return rule.on === 'accepted' ? 'sent when somebody is accepted' : 'waits for results'
  if ('expiry' in rule) return 'waits for certificates'
  return AUDIENCES.includes(rule.to) ? undefined : 'waits for results'
}

export const byDue = (a: Moment, b: Moment): number => Temporal.Instant.compare(a.due, b.due)

function aroundSession(file: EventFile, rule: SessionRule): Moment[] {
  const session = file.sessions.find(({ id }) => id === rule.session)
  if (!session) return []
  const start = Temporal.Instant.from(session.start).toZonedDateTimeISO(file.event.timezone)
  const raw = rule.before === undefined ? start.add(rule.after ?? 'PT0S') : start.subtract(rule.before)
  const wanted = rule.at === undefined ? raw : raw.withPlainTime(rule.at)
  const expires = rule.before === undefined ? endOfDay(file, start) : start.toInstant()
  const due = rule.before === undefined ? sendable(wanted, file) : sendableBefore(wanted, start, file)
  const day = rule.day ?? (rule.to === 'present' ? session.day : undefined)
  return [
    {
      rule: rule.id,
      to: rule.to as Audience,
      // Moved to another day it is another one, of which people are reminded anew.
      occurrence: `${session.id} ${start.toPlainDate()}`,
      series: `${rule.to} ${session.id}`,
      due,
      expires,
      sessions: rule.to === 'present' ? file.sessions.filter(one => one.day === day).map(({ id }) => id) : [session.id],
      asks: rule.asks !== undefined,
    },
  ]
}

/** The last `max` of its moments before the deadline: then it is the most urgent. */
function untilDeadline(file: EventFile, rule: DeadlineRule): Moment[] {
  const deadline = Temporal.Instant.from(file.deadlines[rule.until] as string)
  const open = Temporal.Instant.from(file.registration.open)
  const end = deadline.toZonedDateTimeISO(file.event.timezone)
  const moments: Moment[] = []
  let next = end.withPlainTime(rule.at)
  if (Temporal.ZonedDateTime.compare(next, end) >= 0) next = next.subtract({ days: 1 })
  while (moments.length < rule.max && Temporal.Instant.compare(next.toInstant(), open) > 0) {
    const due = sendable(next, file)
    if (Temporal.Instant.compare(due, deadline) < 0)
      moments.push({
        rule: rule.id,
        to: rule.to as Audience,
        occurrence: `${rule.until} ${next.toPlainDate()}`,
        series: rule.id,
        due,
        expires: deadline,
        sessions: [],
        asks: rule.asks !== undefined,
      })
    next = next.subtract(rule.every)
  }
  return moments
}

const sendable = (at: Temporal.ZonedDateTime, { reminders, event }: EventFile): Temporal.Instant =>
  sendableFrom(at.toInstant(), reminders, event.timezone)

/**
 * When a message that is late by now leaves: out of the quiet hours and windows; of a soft window only where it is still
 * of use after it. Undefined where it would be of none.
 */
export function leavesAt({ reminders, event }: EventFile, now: Temporal.Instant, expires: Temporal.Instant) {
  const [usual, pressed] = [reminders, hardOf(reminders)].map(rules => sendableFrom(now, rules, event.timezone))
  return [usual, pressed].find(at => at && Temporal.Instant.compare(at, expires) < 0)
}

/** The rules without the windows that yield. */
export const hardOf = ({ quiet_hours, avoid_windows }: EventFile['reminders']) => {
  return { quiet_hours, avoid_windows: avoid_windows.filter(({ soft }) => !soft) }
}

/**
 * A message before a session must leave before it: of a prayer time that would hold it back until later only a hard one
 * is kept, and before an early session it leaves on the evening before.
 */
function sendableBefore(at: Temporal.ZonedDateTime, start: Temporal.ZonedDateTime, file: EventFile): Temporal.Instant {
  const { quiet_hours: quiet } = file.reminders
  const limit = start.toInstant()
  const usual = sendable(at, file)
  const quietAt =
    !usual.equals(at.toInstant()) &&
    sendableFrom(at.toInstant(), { quiet_hours: quiet, avoid_windows: [] }, file.event.timezone)
  const early = quiet.early_before !== undefined && start.toPlainTime().toString() < quiet.early_before
  const inQuiet = quietAt && !quietAt.equals(at.toInstant())
  if (!(early && inQuiet) && Temporal.Instant.compare(usual, limit) < 0) return usual
  const pressed = sendableFrom(at.toInstant(), hardOf(file.reminders), file.event.timezone)
  if (!inQuiet && Temporal.Instant.compare(pressed, limit) < 0) return pressed
  return eveningBefore(start, file)
}

/** At `early_send` of the day before; without one, an hour before the quiet hours begin. */
function eveningBefore(start: Temporal.ZonedDateTime, file: EventFile): Temporal.Instant {
  const { early_send, start: quiet } = file.reminders.quiet_hours
  const time = early_send ?? Temporal.PlainTime.from(quiet).subtract({ hours: 1 })
  return sendable(start.subtract({ days: 1 }).withPlainTime(time), file)
}

/** When the last session of a day ends: what is told about its beginning is of use until then. */
function endOfDay({ sessions, event }: EventFile, start: Temporal.ZonedDateTime): Temporal.Instant {
  const ends = sessions
    .map(({ end }) => Temporal.Instant.from(end))
    .filter(end => end.toZonedDateTimeISO(event.timezone).toPlainDate().equals(start.toPlainDate()))
  return ends.reduce((last, end) => (Temporal.Instant.compare(end, last) > 0 ? end : last), start.toInstant())
}

/**
 * Of the moments of one day that can concern the same person the most urgent stay, as many as the event allows; of the
 * others those go to the next day that are of use then. One that is of no use tomorrow stays: a message that is needed
 * is never dropped in silence.
 */
function withinLimit(moments: readonly Moment[], file: EventFile): readonly Moment[] {
  const { timezone } = file.event
  const dayOf = ({ due }: Moment) => due.toZonedDateTimeISO(timezone).toPlainDate()
  // Whoever is accepted has nothing to mend.
  const days = Map.groupBy(moments, moment => `${dayOf(moment)} ${moment.to === 'incomplete'}`)
  const moved = [...days.values()].flatMap(those => {
    const day = dayOf(those[0] as Moment)
    const urgent = those.toSorted((a, b) => Temporal.Instant.compare(a.expires, b.expires) || byDue(a, b))
    const next = day.add({ days: 1 })
    return urgent.map((moment, n) => {
      if (n < file.reminders.max_per_day) return moment
      const due = sendableFrom(next.toZonedDateTime(timezone).toInstant(), file.reminders, timezone)
      return Temporal.Instant.compare(due, moment.expires) < 0 ? { ...moment, due } : moment
    })
  })
  return moved.sort(byDue)
}
