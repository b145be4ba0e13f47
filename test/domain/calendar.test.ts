import fc from 'fast-check'
import { expect, test } from 'vitest'
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { leavesTime, sendableFrom } from '../../src/domain/calendar.ts'

const ZONE = 'Asia/Jakarta'
const rules = sample.reminders
const from = (wallTime: string) =>
  sendableFrom(Temporal.ZonedDateTime.from(`${wallTime}[${ZONE}]`).toInstant(), rules, ZONE)
    .toZonedDateTimeISO(ZONE)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })

test('by day a message leaves at once', () => {
  expect(from('2025-09-30T09:12')).toBe('2025-09-30T09:12')
})

test('late in the evening it waits until six in the morning', () => {
  expect(from('2025-09-30T20:59')).toBe('2025-09-30T20:59')
  expect(from('2025-09-30T21:00')).toBe('2025-10-01T06:00')
  expect(from('2025-09-30T23:59')).toBe('2025-10-01T06:00')
  expect(from('2025-10-01T05:59')).toBe('2025-10-01T06:00')
  expect(from('2025-10-01T06:00')).toBe('2025-10-01T06:00')
})

test('it waits for the end of a prayer time, on Friday for the end of the Friday prayer', () => {
  expect(from('2025-09-30T11:20')).toBe('2025-09-30T12:45')
  expect(from('2025-09-30T18:00')).toBe('2025-09-30T18:15')
  expect(from('2025-10-03T11:05')).toBe('2025-10-03T13:00')
  expect(from('2025-10-03T12:50')).toBe('2025-10-03T13:00')
})

test('on a holiday it waits, over several of them, until there is time again', () => {
  const days = ['2026-03-20', '2026-03-21', '2026-03-22']
  const holidays = days.map(date => ({ name: 'Idul Fitri', date, start: '00:00', end: '21:00', soft: false }))
  const at = Temporal.Instant.from('2026-03-20T09:00:00+07:00')
  const sent = sendableFrom(at, { ...rules, avoid_windows: [...rules.avoid_windows, ...holidays] }, ZONE)
  expect(sent.toString()).toBe('2026-03-22T23:00:00Z')
  expect(leavesTime({ ...rules, avoid_windows: holidays })).toBe(true)
})

test('windows that touch are left only at the end of the last one', () => {
  const touching = {
    quiet_hours: { start: '21:00', end: '06:00' },
    avoid_windows: [{ name: 'Subuh', start: '06:00', end: '06:30', soft: true }],
  }
  const at = Temporal.Instant.from('2025-09-30T22:00:00+07:00')
  expect(sendableFrom(at, touching, ZONE).toString()).toBe('2025-09-30T23:30:00Z')
})

const wallTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => new Temporal.PlainTime(hour, minute).toString({ smallestUnit: 'minute' }))
const window = fc
  .record({
    times: fc.tuple(wallTime, wallTime).filter(([a, b]) => a !== b),
    weekday: fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined }),
  })
  .map(({ times, weekday }) => {
    const [start = '', end = ''] = times.toSorted()
    return { name: 'x', start, end, soft: true, ...(weekday && { weekday }) }
  })
const anyRules = fc.record({
  quiet_hours: fc.record({ start: wallTime, end: wallTime }),
  avoid_windows: fc.array(window, { maxLength: 4 }),
})

test('whatever the windows: never early, never inside one, and asked again it stays', () => {
  const instant = fc.integer({ min: 1.7e9, max: 1.8e9 }).map(s => Temporal.Instant.fromEpochMilliseconds(s * 1000))
  const zone = fc.constantFrom('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')
  fc.assert(
    fc.property(instant, anyRules, zone, (at, any, zone) => {
      fc.pre(leavesTime(any))
      const sent = sendableFrom(at, any, zone)
      expect(Temporal.Instant.compare(sent, at)).toBeGreaterThanOrEqual(0)
      expect(sendableFrom(sent, any, zone).equals(sent)).toBe(true)
      const wall = sent.toZonedDateTimeISO(zone)
      const time = wall.toPlainTime().toString()
      const { start, end } = any.quiet_hours
      expect(start <= end ? time >= start && time < end : time >= start || time < end).toBe(false)
      for (const { start, end, weekday } of any.avoid_windows)
        expect((weekday ?? wall.dayOfWeek) === wall.dayOfWeek && time >= start && time < end).toBe(false)
    }),
    { numRuns: 200 },
  )
})

test('rules that forbid every minute of the week leave no time', () => {
  expect(leavesTime(rules)).toBe(true)
  const day = { name: 'siang', start: '06:00', end: '21:00', soft: true }
  expect(leavesTime({ ...rules, avoid_windows: [day] })).toBe(false)
})
