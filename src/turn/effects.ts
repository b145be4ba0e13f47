// Writes what turns brought about beside their replies: consents and tasks.
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import { addAttendance, addConfirmed } from '../db/attendance.ts'
import { addConsents } from '../db/consent.ts'
import { noteRead } from '../db/ledger-receipt.ts'
import type { Database } from '../db/schema.ts'
import { addTasks, type NewTask } from '../db/task.ts'
import type { Effect } from '../flows/asks.ts'
import type { Said, Turn } from '../flows/types.ts'
import type { Seal } from '../seal.ts'
import { eventOf, type Person } from './person.ts'

type Taken = { readonly person: Person; readonly turn: Turn }

/** Writes the effects of a batch's turns, in their transaction. */
export async function writeEffects(trx: Kysely<Database>, seal: Seal, taken: readonly Taken[]): Promise<void> {
  const all = taken.flatMap(one => one.turn.effects.map(effect => ({ ...one, effect })))
  await addConsents(
    trx,
    all.flatMap(({ person, turn, effect }) => (effect.kind === 'consent' ? [consentOf(person, turn, effect)] : [])),
  )
  await addTasks(
    trx,
    all.flatMap(({ person, turn, effect }) => (effect.kind === 'task' ? [taskOf(seal, person, turn, effect)] : [])),
  )
  await addAttendance(
    trx,
    all.flatMap(({ person, effect }) => (effect.kind === 'attendance' ? attendanceOf(seal, person, effect) : [])),
  )
  await addConfirmed(
    trx,
    all.flatMap(({ person, effect }) =>
      effect.kind === 'seen' ? [{ ledger: effect.ledger, conversation_id: person.waiting.conversation_id }] : [],
    ),
  )
  await noteRead(
    trx,
    all.flatMap(({ person, effect }) =>
      effect.kind === 'read' ? [{ ledger: effect.ledger, conversation_id: person.waiting.conversation_id }] : [],
    ),
  )
}

function attendanceOf(
  seal: Seal,
  { waiting }: Person,
  { number, answer, late, said }: Extract<Effect, { readonly kind: 'attendance' }>,
) {
  const id = waiting.registrations.find(one => one.number === number)?.id
  return id ? [{ registration_id: id, answer, late, said: seal.seal(`attendance.said:${id}`, said) }] : []
}

function consentOf({ waiting }: Person, { state }: Turn, effect: Extract<Effect, { readonly kind: 'consent' }>) {
  return {
    id: randomUUIDv7(),
    conversation_id: waiting.conversation_id,
    purpose: effect.purpose,
    given: effect.given,
    text_version: effect.version,
    language: state.lang,
    channel: waiting.channel,
    chat_id: waiting.chat_id,
    message_id: waiting.message_id,
  }
}

/** One open task a kind, person and question; what the operator reads is who it is, where it stuck and what was said. */
function taskOf(seal: Seal, person: Person, turn: Turn, effect: Extract<Effect, { readonly kind: 'task' }>): NewTask {
  const id = randomUUIDv7()
  const { waiting, facts } = person
  const event = eventOf(turn.state, facts)
  const registration = waiting.registrations.find(one => one.event === event?.id)
  const question = effect.question ?? turn.state.question
  const detail = {
    channel: waiting.channel,
    name: turn.state.answers.name?.said ?? null,
    number: registration?.number ?? null,
    question,
    said: inWords(person.said),
  }
  return {
    id,
    kind: effect.task,
    event_id: event?.id ?? null,
    conversation_id: waiting.conversation_id,
    registration_id: registration?.id ?? null,
    detail: seal.sealJson(`task.detail:${id}`, detail),
    matter: [effect.task, waiting.conversation_id, effect.question].filter(Boolean).join(' '),
  }
}

const inWords = (said: Said): string => (said.kind === 'text' ? said.text : `(${said.kind})`)
