// How commands write times and lists of numbers.
import type { EventFile } from '../domain/event-file.ts'

/** "2025-10-08 07:30", on the clock of the event. */
export const sayAt = ({ event }: Pick<EventFile, 'event'>, at: Temporal.Instant): string =>
  at.toZonedDateTimeISO(event.timezone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')

/** Some numbers, or the first of many. */
export const sayNumbers = (numbers: readonly string[]): string =>
  numbers.length > 5 ? `${numbers.slice(0, 5).join(', ')} and ${numbers.length - 5} more` : numbers.join(', ')
