// Moves an event in time: the sample event, whose registration must be open on the day somebody tries the program.
import type { EventFile } from './event-file.ts'

const WEEKDAYS = ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'] as const
const DAY = /^\d{4}-\d\d-\d\d(?=$|T)/

/** Every date and instant moved by whole days; clock times stay as they are written. */
export function shiftEvent(file: EventFile, days: number): EventFile {
  const moveText = (text: string) => text.replace(DAY, day => Temporal.PlainDate.from(day).add({ days }).toString())
  const move = (value: unknown): unknown => {
    if (typeof value === 'string') return moveText(value)
    if (Array.isArray(value)) return value.map(move)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [moveText(key), move(inner)]))
  }
  const moved = move(file) as EventFile
  return { ...moved, event: withNamesOfDays(moved.event, file.event.date_start.slice(0, 4)) }
}

/** The event moved so that its registration opened some days ago and stays open for as long as it can. */
export function shiftToOpen(file: EventFile, today: Temporal.PlainDate): EventFile {
  const open = Temporal.Instant.from(file.registration.open).toZonedDateTimeISO(file.event.timezone).toPlainDate()
  // Whole weeks, so that a Wednesday stays a Wednesday; the opening day itself may not have reached its hour.
  const weeks = Math.floor((open.until(today).days - 1) / 7)
  return shiftEvent(file, weeks * 7)
}

/** Weekdays, and the year in the titles, as the moved dates have them. */
function withNamesOfDays(event: EventFile['event'], formerYear: string): EventFile['event'] {
  const start = Temporal.PlainDate.from(event.date_start)
  const count = start.until(event.date_end).days + 1
  const weekdays = Array.from({ length: count }, (_, i) => WEEKDAYS[start.add({ days: i }).dayOfWeek - 1] as string)
  const year = (title: string) => title.replaceAll(formerYear, String(start.year))
  return { ...event, weekdays, title: year(event.title), short_title: year(event.short_title) }
}
