// When a message may leave: not in the quiet hours, a prayer time or on a holiday, in the zone of the event.
import type { ReminderRules } from './event-rules.ts'

type Quiet = Pick<ReminderRules, 'quiet_hours' | 'avoid_windows'>

/** Further than any row of holidays reaches. */
const FAR_DAYS = 400

/** The first instant, not before `at`, at which a message may be sent. */
export function sendableFrom(at: Temporal.Instant, rules: Quiet, zone: string): Temporal.Instant {
  let moment = at.toZonedDateTimeISO(zone)
  const end = moment.add({ days: FAR_DAYS })
  for (let later = windowEnd(moment, rules); later; later = windowEnd(moment, rules)) {
    moment = later
    if (Temporal.ZonedDateTime.compare(moment, end) > 0) throw new RangeError('the event leaves no time for messages')
  }
  return moment.toInstant()
}

/** Whether the week has a moment at which a message may be sent; where it has, the end of some window is one. */
export function leavesTime(rules: Quiet): boolean {
  const monday = Temporal.PlainDate.from('2024-01-01')
  const always = { ...rules, avoid_windows: rules.avoid_windows.filter(({ date }) => date === undefined) }
  const ends = [always.quiet_hours, ...always.avoid_windows].map(window => window.end)
  return Array.from({ length: 7 }, (_, days) => monday.add({ days })).some(day =>
    ends.some(end => !windowEnd(day.toZonedDateTime({ timeZone: 'UTC', plainTime: end }), always)),
  )
}

/** When the window ends in which a moment lies; undefined where it lies in none. */
function windowEnd(moment: Temporal.ZonedDateTime, rules: Quiet): Temporal.ZonedDateTime | undefined {
  const date = moment.toPlainDate().toString()
  const today = rules.avoid_windows.filter(
    window => (window.weekday ?? moment.dayOfWeek) === moment.dayOfWeek && (window.date ?? date) === date,
  )
  const time = moment.toPlainTime().toString()
  for (const { start, end } of [rules.quiet_hours, ...today]) {
    const overnight = start > end
    const inside = overnight ? time >= start || time < end : time >= start && time < end
    if (!inside) continue
    const day = moment.toPlainDate().add({ days: overnight && time >= start ? 1 : 0 })
    return day.toZonedDateTime({ timeZone: moment.timeZoneId, plainTime: end })
  }
  return undefined
}
