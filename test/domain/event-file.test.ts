import fc from 'fast-check'
import { expect, test } from 'vitest'
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { type EventFile, readEventFile } from '../../src/domain/event-file.ts'
import { shiftEvent, shiftToOpen } from '../../src/domain/event-shift.ts'

/** What is found wrong with the sample once the values at these paths are others; undefined takes one away. */
function mistakes(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const spoilt: unknown = structuredClone(sample)
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.')
    const last = keys.pop() as string
    const parent = keys.reduce<unknown>((inside, key) => Reflect.get(inside as object, key), spoilt) as object
    if (value === undefined) Reflect.deleteProperty(parent, last)
    else Reflect.set(parent, last, value)
  }
  const read = readEventFile(spoilt)
  return read.ok ? [] : read.mistakes
}

const file = (): EventFile => {
  const read = readEventFile(sample)
  if (!read.ok) throw new Error(read.mistakes.join('\n'))
  return read.value
}

test('the sample is right, and nothing in it is changed by reading', () => {
  expect(file()).toEqual(sample)
})

test('a NUL is refused wherever it stands: PostgreSQL would not take it', () => {
  for (const path of ['event.title', 'meta', 'event.bring'])
    expect(mistakes({ [path]: path === 'event.bring' ? ['KTP', 'HP\0'] : 'a\0b' })).toEqual([
      'a text holds the character \\u0000, which no database keeps',
    ])
})

test('every mistake is named at once, with its place', () => {
  expect(
    mistakes({
      'event.capacity': '75',
      'event.title': undefined,
      'sessions.3.start': '8 Oktober jam 10',
      'reminders.plan.3.at': '7.30',
      quotaz: {},
    }),
  ).toEqual([
    'event.title: is missing',
    'event.capacity: must be a number without quotes',
    'sessions 4 (d1-break1).start: must be a day, a time and the zone such as "2025-10-08T07:30:00+07:00"',
    'reminders.plan 4 (pagi).at: must be a time such as "07:30"',
    'reminders.plan 4 (pagi): "at" needs whole days, such as "before": "P1D"',
    'the file: has a word that no event file has: "quotaz"',
  ])
})

test.each([
  ['quotas above the capacity', { 'event.capacity': 70 }, /together they give 75 seats, but event.capacity is 70/],
  ['an unknown association', { 'quotas.gapeksi': 0 }, /no association has the id "gapeksi"/],
  ['a registration that closes before it opens', { 'registration.close': '2025-09-01T08:00:00+07:00' }, /later than/],
  [
    'a session before the event',
    { 'sessions.0.start': '2025-10-07T07:30:00+07:00' },
    /session d1-reg: it isn't within/,
  ],
  [
    'a session that ends before it starts',
    { 'sessions.0.end': '2025-10-08T07:00:00+07:00' },
    /d1-reg: it ends .* before/,
  ],
  ['a session on another day of the event', { 'sessions.0.day': 2 }, /is day 1 of the event, not day 2/],
  ['two sessions of one id', { 'sessions.1.id': 'd1-reg' }, /the id "d1-reg" is used twice/],
  ['a zone outside Indonesia', { 'event.timezone': 'Asia/Singapore' }, /must be one of "Asia\/Jakarta"/],
  ['times of another zone', { 'event.timezone': 'Asia/Makassar' }, /43 more times are not written in the time of/],
  ['31 September', { 'event.date_end': '2025-09-31' }, /event.date_end: must be a day/],
  ['a rule about an unknown session', { 'reminders.plan.1.session': 'd9' }, /h-3: no session has the id "d9"/],
  ['a rule about an unknown deadline', { 'reminders.plan.6.until': 'x' }, /data-kurang: no deadline is called "x"/],
  ['a rule without a moment', { 'reminders.plan.0': { id: 'x', to: 'accepted' } }, /must say when it fires/],
  ['a rule before and after', { 'reminders.plan.1.after': 'P1D' }, /needs either "before" or "after"/],
  ['a rule of 3 days in words', { 'reminders.plan.1.before': '3 hari' }, /must be a length of time such as "P3D"/],
  ['a rule to nobody known', { 'reminders.plan.1.to': 'semua' }, /must be one of "accepted", "present"/],
  ['two rules of one id', { 'reminders.plan.1.id': 'h-1' }, /the id "h-1" is used twice/],
  ['an assessor of no group', { 'assessors.0.group': 'Z' }, /asesor-1: no group has the id "Z"/],
  [
    'no minute for messages',
    {
      'reminders.quiet_hours': { start: '06:00', end: '05:59' },
      'reminders.avoid_windows': [{ name: 'x', start: '05:00', end: '07:00', soft: true }],
    },
    /leave no time/,
  ],
])('%s is refused in plain words', (_, changes, words) => {
  const found = mistakes(changes)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(words)
})

test('anything at all is read or refused, and never throws', () => {
  fc.assert(fc.property(fc.jsonValue(), json => !readEventFile(json).ok))
  const leaf = fc.constantFrom('event', 'quotas', 'sessions', 'reminders', 'registration', 'deadlines', 'privacy')
  fc.assert(fc.property(leaf, fc.jsonValue(), (key, value) => Array.isArray(mistakes({ [key]: value }))))
})

test('a moved event keeps its clock times and has the weekdays of its new dates', () => {
  const moved = shiftEvent(file(), 93)
  expect(moved.event).toMatchObject({ date_start: '2026-01-09', date_end: '2026-01-10', weekdays: ['Jumat', 'Sabtu'] })
  expect(moved.event.short_title).toBe('Uji Kompetensi Tenaga Kerja Konstruksi 2026')
  expect(moved.sessions[0]?.start).toBe('2026-01-09T07:30:00+07:00')
  expect(Object.keys(moved.prayer_times_approx ?? {})).toContain('2026-01-09')
  expect(moved.quotas).toEqual(sample.quotas)
})

test('on whatever day the sample is loaded, its registration is open and stays open for ten days', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4000 }), days => {
      const today = Temporal.PlainDate.from('2020-01-01').add({ days })
      const moved = shiftToOpen(file(), today)
      expect(readEventFile(moved).ok).toBe(true)
      expect(moved.event.weekdays).toEqual(['Rabu', 'Kamis'])
      const morning = Temporal.Instant.from(`${today}T00:00:00+07:00`)
      expect(Temporal.Instant.compare(moved.registration.open, morning)).toBe(-1)
      expect(Temporal.Instant.compare(morning.add({ hours: 240 }), moved.registration.close)).toBe(-1)
    }),
    { numRuns: 50 },
  )
})
