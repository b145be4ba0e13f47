// Calendar dates and the age somebody has on a day.

/** The date, or undefined when the calendar has no such day. */
export function plainDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

/** Full years from birth to a day; negative when the birth is later. */
export const ageOn = (birth: Temporal.PlainDate, today: string): number =>
  birth.until(today, { largestUnit: 'year' }).years - (Temporal.PlainDate.compare(birth, today) > 0 ? 1 : 0)
