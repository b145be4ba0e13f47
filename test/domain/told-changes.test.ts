import { expect, test } from 'vitest'
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { type EventFile, readEventFile } from '../../src/domain/event-file.ts'
import { toldChanges } from '../../src/domain/told-changes.ts'

function fileWith(change: (file: typeof sample) => void = () => {}): EventFile {
  const file = structuredClone(sample)
  change(file)
  const read = readEventFile(file)
  if (!read.ok) throw new Error(read.mistakes.join('\n'))
  return read.value
}

const BEFORE = Temporal.Instant.from('2025-10-01T00:00:00Z')
const told = (change: (file: typeof sample) => void, now = BEFORE) => toldChanges(fileWith(), fileWith(change), now)
const session = (file: typeof sample, id: string) =>
  file.sessions.find(one => one.id === id) as (typeof sample.sessions)[0]

test('a quota, a title or an end is nobody’s business', () => {
  expect(
    told(file => {
      file.quotas.gapensi = 7
      file.event.title = 'Lain'
      session(file, 'd1-close').end = '2025-10-08T16:30:00+07:00'
      // The same instant, written otherwise.
      session(file, 'd1-reg').start = '2025-10-08T00:30:00Z'
    }),
  ).toEqual([])
})

test('another hour, a session that is no more and a new one are told in the order of time, the place behind them', () => {
  expect(
    told(file => {
      file.event.venue.hall = 'Aula'
      file.sessions = file.sessions.filter(({ id }) => id !== 'd1-break1')
      const d2 = session(file, 'd2-reg')
      file.sessions.push({
        ...d2,
        id: 'd2-foto',
        title: 'Foto',
        start: '2025-10-09T16:00:00+07:00',
        end: '2025-10-09T16:30:00+07:00',
      })
      d2.start = '2025-10-09T07:00:00+07:00'
    }),
  ).toEqual([
    { kind: 'session', title: 'Rehat kopi', from: '2025-10-08T10:00:00+07:00', to: null },
    { kind: 'session', title: 'Absen hari kedua', from: '2025-10-09T07:30:00+07:00', to: '2025-10-09T07:00:00+07:00' },
    { kind: 'session', title: 'Foto', from: null, to: '2025-10-09T16:00:00+07:00' },
    {
      kind: 'place',
      from: 'Ballroom Lt. 2 (contoh), Ascent Premier Hotel, Kota Pasuruan',
      to: 'Aula, Ascent Premier Hotel, Kota Pasuruan',
    },
  ])
})

test('what is over is not told', () => {
  const change = (file: typeof sample) => {
    session(file, 'd1-reg').start = '2025-10-08T07:00:00+07:00'
  }
  expect(told(change, Temporal.Instant.from('2025-10-08T07:15:00+07:00'))).toHaveLength(1)
  expect(told(change, Temporal.Instant.from('2025-10-08T07:31:00+07:00'))).toEqual([])
})
