// The small values an event file is written in: dates, instants, wall times, durations.
import { z } from 'zod'

/** Whether a Temporal parser takes the text. */
const parses = (parse: (text: string) => unknown) => (text: string) => {
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}

/** A text with something in it. */
export const text = z.string().regex(/\S/, 'is empty')

/** A day: 2025-10-08. */
export const date = z
  .string()
  .refine(
    written => /^\d{4}-\d\d-\d\d$/.test(written) && parses(Temporal.PlainDate.from)(written),
    'must be a day such as "2025-10-08"',
  )

/** A moment with its distance from UTC: 2025-10-08T07:30:00+07:00. */
export const instant = z
  .string()
  .refine(
    written =>
      /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(written) && parses(Temporal.Instant.from)(written),
    'must be a day, a time and the zone such as "2025-10-08T07:30:00+07:00"',
  )

/** A time on the clock of the event's zone: 07:30. */
export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as "07:30"')

/** A length of time: P3D, PT90M. */
export const duration = z
  .string()
  .refine(
    written => /^P/.test(written) && parses(Temporal.Duration.from)(written),
    'must be a length of time such as "P3D" (3 days) or "PT90M" (90 minutes)',
  )
