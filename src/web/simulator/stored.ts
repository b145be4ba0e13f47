// What the house holds about a person, as the page shows it beside the phones: numbers masked.
import type { conversationOf, registrationOf } from '../../db/simulator.ts'
import { maskNumbers } from '../../domain/mask.ts'
import type { EventFact } from '../../flows/facts.ts'
import { register } from '../../flows/register.ts'
import type { Context, State } from '../../flows/types.ts'
import type { House } from '../../house.ts'
import type { Field, Stored } from './view.ts'

type Conversation = Awaited<ReturnType<typeof conversationOf>>
type Registration = Awaited<ReturnType<typeof registrationOf>>

/** Null before the first answer of the house. */
export function stored(
  { seal }: House,
  conversation: Conversation,
  registration: Registration,
  event: EventFact | undefined,
): Stored | null {
  if (!conversation.state) return null
  const state = seal.openJson<State>(`conversation.state:${conversation.id}`, conversation.state)
  const waits = state.done ? null : conversation.question
  return {
    ...(registration && { number: registration.number }),
    ...(registration?.why && { why: seal.open(`registration.why:${registration.id}`, registration.why).toString() }),
    status: registration?.status ?? (conversation.stopped_at ? 'BERHENTI' : 'DRAF'),
    ...(waits && { question: labelOf(waits) }),
    ...(waits && conversation.waiting_since && { waitingSince: conversation.waiting_since.toISOString() }),
    language: conversation.language,
    turns: conversation.turns,
    fields: fields(state, event),
  }
}

/** The answers of the registration, in the order and the words of its summary. */
function fields(state: State, event: EventFact | undefined): Field[] {
  const answers = Object.fromEntries(Object.entries(state.answers).map(([id, answer]) => [id, answer.value]))
  const context: Context = {
    facts: { now: '', channel: NO_CHANNEL, events: event ? [event] : [], registrations: [], people: [], outcomes: [] },
    answers,
    lang: 'id',
    event,
    missed: undefined,
  }
  return register.questions.flatMap(question => {
    const answer = state.answers[question.id]
    if (!answer || !question.label) return []
    const value = answer.value === null ? 'dibawa saat hari H' : maskNumbers(question.kind.show(answer.value, context))
    return { label: question.label, value, ...(answer.again && { again: true }) }
  })
}

const NO_CHANNEL = { buttons: false, contactButton: false, ownPhone: null } as const

/** A question without a label is a detail of the one before it; only consent and the event come before the first. */
function labelOf(id: string): string {
  const at = register.questions.findIndex(question => question.id === id)
  if (at === -1) return 'Pemeriksaan akhir'
  return register.questions.slice(0, at + 1).findLast(({ label }) => label)?.label ?? 'Persetujuan'
}
