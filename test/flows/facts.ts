// Facts for tests of the engine: the sample event, open for registration.
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { readEventFile } from '../../src/domain/event-file.ts'
import type { Outcome } from '../../src/flows/asks.ts'
import { turn } from '../../src/flows/engine.ts'
import { eventFact } from '../../src/flows/event-fact.ts'
import type { Facts } from '../../src/flows/facts.ts'
import type { Flow } from '../../src/flows/flow.ts'
import type { Said, State, Turn } from '../../src/flows/types.ts'

const read = readEventFile(sample)
if (!read.ok) throw new Error('the sample event can be read')
export const event = eventFact(read.value)

export const facts: Facts = {
  now: '2025-09-20T02:00:00.000Z',
  channel: { buttons: true, contactButton: true, ownPhone: null },
  events: [event],
  registrations: [],
  people: [],
  outcomes: [],
}

const NOTHING = {
  consents: [],
  chats: [],
  attendance: [],
  nominations: [],
  checkIns: [],
  files: [],
  registrations: [],
  received: 0,
  sent: 0,
  tasks: 0,
  results: [],
  appeals: [],
} as const

/** Takes a turn and grants whatever it asks for, as a host would to whom nobody else had come first. */
export function granted(flow: Flow, state: State, said: Said, given: Facts = facts): Turn {
  const first = turn(flow, state, said, given)
  if (first.asks.length === 0) return first
  const outcomes = first.asks.map((ask): Outcome => {
    if (ask.kind === 'nik_free') return { kind: 'nik_free', free: true }
    if (ask.kind === 'link_code') return { kind: 'link_code', code: 'K7M4-P2Q9', minutes: 15 }
    if (ask.kind === 'move') return { kind: 'move', why: 'unknown' }
    if (ask.kind === 'my_data') return { kind: 'my_data', held: NOTHING }
    if (ask.kind === 'why_sent') return { kind: 'why_sent', message: null }
    if (ask.kind === 'erase') return { kind: 'erase', proof: 'HAPUS-00000000', kept: [] }
    if (ask.kind === 'results') return { kind: 'results', results: [] }
    if (ask.kind === 'appeal') return { kind: 'appeal', appeal: null }
    if (ask.kind === 'withdraw') return { kind: 'withdraw', done: true }
    return { kind: 'register', number: 'PSR-00001K', status: 'MENUNGGU_VERIFIKASI' }
  })
  return turn(flow, state, said, { ...given, outcomes })
}

export const text = (words: string): Said => ({ kind: 'text', text: words })
