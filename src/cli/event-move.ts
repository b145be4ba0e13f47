// Moves a session of an event file.
import { type EventFile, readEventFile } from '../domain/event-file.ts'
import { CommandRefused } from './refuse.ts'

/** The file with a session at another time, its length kept. Refused where that makes a mistake of it. */
export function moveSession(file: EventFile, id: string, to: Temporal.Instant): EventFile {
  const found = file.sessions.find(session => session.id === id)
  const ids = file.sessions.map(session => session.id).join(', ')
  if (!found) throw new CommandRefused(`${file.event.id} has no session "${id}": it has ${ids}`)
  const zone = file.event.timezone
  const start = to.toZonedDateTimeISO(zone)
  const length = Temporal.Instant.from(found.start).until(Temporal.Instant.from(found.end))
  const day = Temporal.PlainDate.from(file.event.date_start).until(start.toPlainDate()).days + 1
  const written = (at: Temporal.ZonedDateTime) => at.toString({ smallestUnit: 'second', timeZoneName: 'never' })
  const moved = { ...found, day, start: written(start), end: written(start.add(length)) }
  const sessions = file.sessions.map(session => (session === found ? moved : session))
  const read = readEventFile({ ...file, sessions })
  if (!read.ok) throw new CommandRefused(`${id} can't be moved there: ${read.mistakes.join('; ')}`)
  return read.value
}
