// When results and renewals are told: between the hours of their rule, and never in the hours of rest.
import { sendableFrom } from './calendar.ts'
import type { EventFile } from './event-file.ts'

type Hours = readonly [from: string, to: string]

/** The hours of a rule, on the clock of the event; undefined where it has none. */
export const hoursOf = ({ reminders }: EventFile, id: string): Hours | undefined => {
  const rule = reminders.plan.find(one => one.id === id)
  return rule && 'between' in rule ? rule.between : undefined
}

/** The first moment, not before `at`, at which a rule's message may leave. */
export function tellableFrom(file: EventFile, rule: string, at: Temporal.Instant): Temporal.Instant {
  const zone = file.event.timezone
  const hours = hoursOf(file, rule)
  for (let moment = at; ; ) {
    const free = sendableFrom(moment, file.reminders, zone)
    const within = hours ? intoHours(free.toZonedDateTimeISO(zone), hours) : free
    if (within.equals(moment)) return moment
    moment = within
  }
}

/** Seconds until it may leave, 0 where it may now. */
export const secondsUntilTold = (file: EventFile, rule: string, at: Temporal.Instant): number =>
  Math.ceil(tellableFrom(file, rule, at).since(at).total('seconds'))

function intoHours(at: Temporal.ZonedDateTime, [from, to]: Hours): Temporal.Instant {
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' })
  if (time >= from && time < to) return at.toInstant()
  return at
    .add({ days: time < from ? 0 : 1 })
    .withPlainTime(from)
    .toInstant()
}

/** Until the end of which day, in the zone of the event, what was told then may be appealed. */
export const appealUntil = ({ event, results }: EventFile, told: Temporal.Instant): Temporal.PlainDate =>
  told
    .toZonedDateTimeISO(event.timezone)
    .toPlainDate()
    .add({ days: results?.appeal_days ?? 7 })

/** Whether that day is over. */
export const appealIsOver = (file: EventFile, told: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.PlainDate.compare(now.toZonedDateTimeISO(file.event.timezone).toPlainDate(), appealUntil(file, told)) > 0
