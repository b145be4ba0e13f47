import fc from 'fast-check'
import { expect, test } from 'vitest'
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { type EventFile, readEventFile } from '../../src/domain/event-file.ts'
import { momentsOf } from '../../src/domain/moments.ts'

function fileWith(change: (file: typeof sample) => void = () => {}): EventFile {
  const file = structuredClone(sample)
  change(file)
  const read = readEventFile(file)
  if (!read.ok) throw new Error(read.mistakes.join('\n'))
  return read.value
}

/** The moments as a clerk would write them down, on the event's clock. */
const told = (file: EventFile) =>
  momentsOf(file).map(({ rule, occurrence, due, expires }) => {
    const at = (instant: Temporal.Instant) =>
      instant.toZonedDateTimeISO(file.event.timezone).toPlainDateTime().toString({ smallestUnit: 'minute' })
    const of = occurrence.replace(/^(d\d-\w+) [\d-]+$/, '$1')
    return `${at(due)} ${rule} (${of}) until ${at(expires)}`
  })

/** Moves a session within its day; the times are those of the event's zone. */
const startAt = (file: typeof sample, id: string, start: string) => {
  const session = file.sessions.find(one => one.id === id)
  if (session) session.start = `${session.start.slice(0, 11)}${start}:00${session.start.slice(19)}`
}

test('the sample event has these moments', () => {
  expect(told(fileWith())).toEqual([
    '2025-10-01T09:00 data-kurang (data_complete 2025-10-01) until 2025-10-03T16:00',
    '2025-10-02T09:00 data-kurang (data_complete 2025-10-02) until 2025-10-03T16:00',
    '2025-10-03T09:00 data-kurang (data_complete 2025-10-03) until 2025-10-03T16:00',
    '2025-10-05T09:00 h-3 (d1-reg) until 2025-10-08T07:30',
    '2025-10-07T18:30 h-1 (d1-reg) until 2025-10-08T07:30',
    '2025-10-08T06:00 pagi (d1-reg) until 2025-10-08T07:30',
    '2025-10-08T08:30 belum-hadir (d1-reg) until 2025-10-08T16:00',
    '2025-10-08T19:00 hari-2 (d2-reg) until 2025-10-09T07:30',
  ])
})

test('before an early session the morning message leaves on the evening before', () => {
  const early = fileWith(file => startAt(file, 'd1-reg', '06:30'))
  expect(told(early)).toContain('2025-10-07T19:00 pagi (d1-reg) until 2025-10-08T06:30')
  const seven = fileWith(file => startAt(file, 'd1-reg', '07:00'))
  expect(told(seven)).toContain('2025-10-08T06:00 pagi (d1-reg) until 2025-10-08T07:00')
})

test('a soft prayer time yields where the session would have begun, a hard one moves the message back', () => {
  const rule = { id: 'siang', to: 'accepted', session: 'd1-m3', before: 'PT30M' }
  const soft = fileWith(file => {
    startAt(file, 'd1-m3', '12:40')
    file.reminders.plan.push(rule as never)
  })
  expect(told(soft)).toContain('2025-10-08T12:10 siang (d1-m3) until 2025-10-08T12:40')
  const hard = fileWith(file => {
    startAt(file, 'd1-m3', '12:40')
    file.reminders.plan.push(rule as never)
    for (const window of file.reminders.avoid_windows) window.soft = false
  })
  expect(told(hard)).toContain('2025-10-07T19:00 siang (d1-m3) until 2025-10-08T12:40')
})

test('on a Friday the prayer moves what falls into it', () => {
  const file = fileWith(file => {
    const rule = file.reminders.plan.find(({ id }) => id === 'data-kurang')
    if (rule) rule.at = '11:05'
  })
  expect(told(file)).toContain('2025-10-03T13:00 data-kurang (data_complete 2025-10-03) until 2025-10-03T16:00')
})

test('of more messages a day than the event allows the least urgent goes to the next day', () => {
  const file = fileWith(file => {
    file.reminders.max_per_day = 1
    file.reminders.plan.push({ id: 'lusa', to: 'accepted', session: 'd2-reg', before: 'P4D', at: '08:00' } as never)
  })
  expect(told(file)).toContain('2025-10-05T09:00 h-3 (d1-reg) until 2025-10-08T07:30')
  expect(told(file)).toContain('2025-10-06T06:00 lusa (d2-reg) until 2025-10-09T07:30')
})

test('what only those hear who have something to mend takes no place from those who are accepted', () => {
  const file = fileWith(file => {
    file.reminders.max_per_day = 1
    file.reminders.plan.push({ id: 'awal', to: 'accepted', session: 'd1-reg', before: 'P5D', at: '10:00' } as never)
  })
  expect(told(file)).toContain('2025-10-03T10:00 awal (d1-reg) until 2025-10-08T07:30')
})

const ZONES = [
  ['Asia/Jakarta', '+07:00'],
  ['Asia/Makassar', '+08:00'],
  ['Asia/Jayapura', '+09:00'],
] as const
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 10, 15, 30, 45))
  .map(([hour, minute]) => new Temporal.PlainTime(hour, minute).toString({ smallestUnit: 'minute' }))
const before = fc.constantFrom('PT10M', 'PT90M', 'PT12H', 'P1D', 'P3D', 'P7D')
const rules = fc.array(fc.record({ before, at: fc.option(clock, { nil: undefined }) }), { minLength: 1, maxLength: 6 })

test('in each zone, whatever the rules: before its session, never in the quiet hours, and each once', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), rules, clock, (zone, plan, start) => {
      fc.pre(start < '08:10')
      const file = fileWith(file => {
        const text = JSON.stringify(file).replaceAll('+07:00', zone[1])
        Object.assign(file, JSON.parse(text))
        file.event.timezone = zone[0]
        startAt(file, 'd1-reg', start)
        file.reminders.plan = plan.map(({ before, at }, n) => ({
          id: `r-${n}`,
          to: 'accepted',
          session: 'd1-reg',
          before,
          ...(at && !before.includes('T') ? { at } : {}),
        })) as never
      })
      const moments = momentsOf(file)
      expect(moments.map(({ rule }) => rule).toSorted()).toEqual(plan.map((_, n) => `r-${n}`).toSorted())
      for (const { due, expires } of moments) {
        expect(Temporal.Instant.compare(due, expires)).toBeLessThan(0)
        const time = due.toZonedDateTimeISO(zone[0]).toPlainTime().toString()
        expect(time >= '06:00' && time < '21:00').toBe(true)
      }
    }),
    { numRuns: 150 },
  )
})
