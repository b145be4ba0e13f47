// Whether an accepted person comes: the answer to a reminder that asks it, by a button, a number or in words.
import { readAttendance } from '../domain/attendance.ts'
import { readCommand } from '../domain/command.ts'
import { longId } from '../domain/short-id.ts'
import type { AttendanceAnswer } from './asks.ts'
import type { EventFact, RegistrationFact } from './facts.ts'
import { statusText } from './info.ts'
import { type Standing, talking } from './progress.ts'
import { say, sayInstant } from './speak.ts'
import { ask, moved, type Step, tell, withoutAside } from './step.ts'
import type { Said } from './types.ts'

/** Says more than "ok": what nobody asked just now is an answer only with such words. */
const COMES = /\b(?:hadir|datang|ikut|melu|bisa|saget|iso|jadi|dados|berangkat|budal|attend|come|coming)\b/i
const BUTTON = /^attend:(HADIR|TIDAK):([^:]+)(?::(.+))?$/

type Answered = {
  readonly registration: RegistrationFact
  readonly answer: AttendanceAnswer
  readonly late: boolean
  readonly said: string
  /** The message whose button was pressed. */
  readonly ledger?: string | undefined
}

/** What an answer about the attendance does; undefined when the message is none. */
export function attend(at: Standing, said: Said): Step | undefined {
  const answered = readAnswer(at, said)
  const step = answered && answerTo(at, answered)
  if (!step || answered.ledger === undefined) return step
  return { ...step, effects: [...(step.effects ?? []), { kind: 'read', ledger: answered.ledger }] }
}

function answerTo(at: Standing, answered: Answered): Step | undefined {
  const { registration, answer } = answered
  const event = at.facts.events.find(one => one.id === registration.event)
  if (!event || event.dateEnd < at.facts.now.slice(0, 10)) return undefined
  const there = moved(at, withoutAside(at.state))
  if (registration.status === 'MENGUNDURKAN_DIRI') {
    if (answer === 'TIDAK') return tell(there, talking(there), say(at.state.lang, 'absent_known'))
    return comeBack(there, event, answered)
  }
  if (registration.status === 'CADANGAN') {
    if (answer === 'TIDAK') return ask(there, { kind: 'withdraw' })
    return answer === 'HADIR' ? comeBack(there, event, answered) : undefined
  }
  if (registration.status !== 'DITERIMA') return undefined
  if (answer === 'TIDAK') return ask(there, { kind: 'absent', number: registration.number })
  return noted(there, event, answered)
}

function readAnswer({ facts, state }: Standing, said: Said): Answered | undefined {
  const of = (number: string | undefined) => facts.registrations.find(one => one.number === number)
  if (said.kind === 'button') {
    const [, answer, number, message = ''] = BUTTON.exec(said.value) ?? []
    const registration = of(number)
    if (!registration) return undefined
    return { registration, answer: answer as 'HADIR' | 'TIDAK', late: false, said: '', ledger: longId(message) }
  }
  if (said.kind !== 'text') return undefined
  const asked = of(facts.newest?.asks === 'attendance' ? facts.newest.number : undefined)
  const absent = facts.registrations.findLast(one => one.absent && one.status === 'MENGUNDURKAN_DIRI')
  const known = (status: RegistrationFact['status']) =>
    state.done ? facts.registrations.findLast(one => one.status === status) : undefined
  const registration = asked ?? (COMES.test(said.text) ? (known('DITERIMA') ?? absent ?? known('CADANGAN')) : undefined)
  if (!registration || readCommand(said.text).ok) return undefined
  const read = readAttendance(said.text)
  if (!read.ok) return undefined
  const late = read.value === 'TERLAMBAT'
  return {
    registration,
    answer: late ? 'HADIR' : (read.value as AttendanceAnswer),
    late,
    said: said.text.slice(0, 300),
  }
}

function noted(at: Standing, event: EventFact, { registration: { number }, answer, late, said }: Answered): Step {
  const when = event.sessions[0] ? sayInstant(at.state.lang, event, event.sessions[0].start) : event.dateStart
  const word = answer === 'TENTATIF' ? 'attend_noted_maybe' : late ? 'attend_noted_late' : 'attend_noted'
  const { newest } = at.facts
  return {
    ...tell(at, talking(at), say(at.state.lang, word, { when })),
    effects: [
      { kind: 'attendance', number, answer, late, said },
      // Who answers a correction so has read it.
      ...(newest?.asks === 'ok' && newest.number === number ? [{ kind: 'seen', ledger: newest.ledger } as const] : []),
    ],
  }
}

/** A changed mind: the seat again while it is free, else the end of the reserve. */
function comeBack(at: Standing, event: EventFact, answered: Answered): Step {
  const { number, status } = answered.registration
  const outcome = at.facts.outcomes.find(one => one.kind === 'come_back')
  if (!outcome) return { state: at.state, put: false, asks: [{ kind: 'come_back', event: event.id, number }] }
  if (outcome.status === 'DITERIMA') return noted(at, event, answered)
  const { lang } = at.state
  const { place, full } = outcome
  const told = (text: string) => tell(at, talking(at), text)
  if (full !== undefined) return told(say(lang, 'reserve_full', { n: full }))
  if (outcome.status === 'MENUNGGU_VERIFIKASI') return told(say(lang, 'offer_taken'))
  if (outcome.status === 'MENGUNDURKAN_DIRI') return told(say(lang, 'absent_known'))
  return told(
    status === 'CADANGAN' && place !== undefined
      ? say(lang, 'offer_back', { n: place })
      : say(lang, 'absent_reserve', { number }),
  )
}

/** DAFTAR of who is registered as a reserve asks for a seat, like words that say so; undefined where he is none. */
export function askForSeat(at: Standing): Step | undefined {
  const latest = at.facts.registrations.at(-1)
  if (!at.state.done || latest?.status !== 'CADANGAN') return undefined
  return answerTo(at, { registration: latest, answer: 'HADIR', late: false, said: '' })
}

/** The second yes: the seat is free for somebody else. */
export function absent(at: Standing, number: string): Step {
  const registration = at.facts.registrations.find(one => one.number === number)
  const { lang } = at.state
  if (registration?.status === 'MENGUNDURKAN_DIRI') return tell(at, talking(at), say(lang, 'absent_known'))
  if (registration?.status !== 'DITERIMA') return tell(at, talking(at), say(lang, 'not_withdrawn'), statusText(at))
  const outcome = at.facts.outcomes.find(one => one.kind === 'withdraw')
  if (!outcome) return { state: at.state, put: false, asks: [{ kind: 'withdraw', event: registration.event }] }
  if (!outcome.done) return tell(at, talking(at), say(lang, 'not_withdrawn'), statusText(at))
  return {
    ...tell(at, talking(at), say(lang, 'absent_noted', { number })),
    effects: [
      { kind: 'attendance', number, answer: 'TIDAK', late: false, said: '' },
      { kind: 'task', task: 'seat_free' },
    ],
  }
}

const CONFIRM = /^seen:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** An OK to a correction; undefined when the message is none. A button says itself which one it confirms. */
export function confirmSeen(at: Standing, said: Said): Step | undefined {
  const ledger = said.kind === 'button' ? CONFIRM.exec(said.value)?.[1] : confirmedBy(at, said)
  if (ledger === undefined) return undefined
  const effects = [
    { kind: 'seen', ledger },
    ...(said.kind === 'button' ? [{ kind: 'read', ledger } as const] : []),
  ] as const
  return { ...tell(at, talking(at), say(at.state.lang, 'change_seen')), effects }
}

function confirmedBy({ facts: { newest } }: Standing, said: Said): string | undefined {
  if (newest?.asks !== 'ok' || said.kind !== 'text' || readCommand(said.text).ok) return undefined
  const read = readAttendance(said.text)
  return (read.ok && read.value === 'HADIR') || SEEN.test(said.text) ? newest.ledger : undefined
}

/** "sudah dibaca", "noted", a thumb. */
const SEEN =
  /\b(?:(?:sudah|sdh|sampun|wis)\s+(?:di)?baca|read (?:it|this)|mengerti|paham|ngerti|noted|catat)\b|\u{1F44D}|\u{1F44C}|\u{1F64F}/iu
