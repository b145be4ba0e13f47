// Where to come: what the organiser has not given is left out, not made up.
import { expect, test } from 'vitest'
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { readEventFile } from '../../src/domain/event-file.ts'
import { eventFact } from '../../src/flows/event-fact.ts'
import { whereLines } from '../../src/flows/info.ts'

function told(venue: Partial<Record<keyof typeof sample.event.venue, string | null>>): string[] {
  const file = structuredClone(sample)
  Object.assign(file.event.venue, venue)
  const read = readEventFile(file)
  if (!read.ok) throw new Error(read.mistakes.join('\n'))
  return whereLines('id', eventFact(read.value))
}

test('an address and a map that are not known are left out', () => {
  expect(told({ address: null, map_url: null })).toEqual([
    'Tempat: Ballroom Lt. 2 (contoh), Ascent Premier Hotel, Kota Pasuruan',
  ])
})

test('those that are known are told', () => {
  expect(told({ address: 'Jl. Veteran 12, Kota Pasuruan', map_url: 'https://maps.example/ascent' })).toEqual([
    'Tempat: Ballroom Lt. 2 (contoh), Ascent Premier Hotel, Jl. Veteran 12, Kota Pasuruan',
    'Peta: https://maps.example/ascent',
  ])
})
