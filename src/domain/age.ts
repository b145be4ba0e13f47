// Calendar dates and the age somebody has on a day.

/** The date, or undefined when the calendar has no such day. */
export function plainDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

/** Full years from birth to a day (ISO); negative when the birth is later. */
export function ageOn(birth: Temporal.PlainDate, today: string): number {
  const hadBirthday = birth.toString().slice(5) <= today.slice(5)
  return Number(today.slice(0, 4)) - birth.year - (hadBirthday ? 0 : 1)
}
