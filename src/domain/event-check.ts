// What an event file says that can't be true together: too many seats, sessions outside the event's days …
import { leavesTime } from './calendar.ts'
import { associations } from './catalogue.ts'
import type { EventFile } from './event-file.ts'
import { SUMMARY } from './result.ts'

/** Messages that no rule sends; the ledger tells them from rules by these words. */
const OWN_PURPOSES = new Set([
  'reply',
  'perbaikan',
  'ditolak',
  'perubahan',
  'lanjutkan',
  'tersambung',
  'tawaran',
  'tawaran-pengurus',
  'terkunci',
  'usulan-sama',
  'usulan-diperiksa',
  'usulan-harian',
  'pengurus-dicabut',
  SUMMARY,
])
const ASSOCIATIONS = new Set(associations.map(association => association.id))

/** What is well formed but can't be true together. */
export function contradictions(file: EventFile): string[] {
  const { event, registration, sessions } = file
  const found: string[] = []
  const check = (right: boolean | undefined, mistake: string) => right || found.push(mistake)
  const epoch = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds
  const dayOf = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(event.timezone).toPlainDate()
  const repeated = (ids: readonly string[]) => new Set(ids.filter((id, i) => ids.indexOf(id) !== i))

  const seats = Object.values(file.quotas).reduce((sum, quota) => sum + quota, 0)
  check(seats <= event.capacity, `quotas: together they give ${seats} seats, but event.capacity is ${event.capacity}`)
  for (const id of Object.keys(file.quotas))
    check(ASSOCIATIONS.has(id), `quotas.${id}: no association has the id "${id}"`)

  check(event.date_start <= event.date_end, 'event.date_end: the last day is before the first (event.date_start)')
  check(
    epoch(registration.open) < epoch(registration.close),
    'registration.close: must be later than registration.open',
  )
  for (const id of repeated(sessions.map(session => session.id))) found.push(`sessions: the id "${id}" is used twice`)
  for (const { id, day, start, end } of sessions) {
    check(epoch(start) < epoch(end), `session ${id}: it ends (${end}) before it starts (${start})`)
    const date = dayOf(start)
    const inside = date.toString() >= event.date_start && dayOf(end).toString() <= event.date_end
    check(inside, `session ${id}: it isn't within ${event.date_start} and ${event.date_end}`)
    const counted = Temporal.PlainDate.from(event.date_start).until(date).days + 1
    check(!inside || day === counted, `session ${id}: ${date} is day ${counted} of the event, not day ${day}`)
  }
  const foreign = instants(file).filter(([, written]) => {
    const own = Temporal.Instant.from(written).toZonedDateTimeISO(event.timezone).offset
    return !written.endsWith('Z') && !written.endsWith(own)
  })
  if (foreign[0]) {
    const [where, written] = foreign[0]
    const others = foreign.length > 1 ? ` and ${foreign.length - 1} more times are not` : ' is not'
    found.push(`${where}: ${written}${others} written in the time of event.timezone, ${event.timezone}`)
  }
  for (const { id, group } of file.assessors ?? [])
    check(
      file.groups?.some(known => known.id === group),
      `assessors ${id}: no group has the id "${group}"`,
    )

  check(leavesTime(file.reminders), 'reminders: quiet_hours and avoid_windows leave no time in which anything is sent')
  const rules = file.reminders.plan
  for (const id of repeated(rules.map(rule => rule.id))) found.push(`reminders.plan: the id "${id}" is used twice`)
  for (const { id } of rules) check(!OWN_PURPOSES.has(id), `reminders.plan: the id "${id}" is kept for other messages`)
  for (const rule of rules) {
    if ('session' in rule) {
      const known = sessions.some(session => session.id === rule.session)
      check(known, `reminders.plan ${rule.id}: no session has the id "${rule.session}"`)
    }
    if ('until' in rule)
      check(rule.until in file.deadlines, `reminders.plan ${rule.id}: no deadline is called "${rule.until}"`)
  }
  return found
}

/** Every instant in the file, with where it stands. */
function instants(file: EventFile): [string, string][] {
  const { registration, deadlines, sessions, waitlist, privacy } = file
  return [
    ['registration.open', registration.open],
    ['registration.close', registration.close],
    ...Object.entries(deadlines).map(([name, at]): [string, string] => [`deadlines.${name}`, at]),
    ...sessions.flatMap(({ id, start, end }): [string, string][] => [
      [`session ${id}, start`, start],
      [`session ${id}, end`, end],
    ]),
    ...(waitlist ? [['waitlist.across_from', waitlist.across_from] satisfies [string, string]] : []),
    ['privacy.unclaimed_delete_at', privacy.unclaimed_delete_at],
  ]
}
