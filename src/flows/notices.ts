// What the bot says of its own accord: the notices of the ledger, rendered from the facts of the moment they leave.
import { whereLines } from './info.ts'
import { addressedTo } from './people.ts'
import { standing } from './progress.ts'
import { paragraphs, put } from './put.ts'
import { register } from './register.ts'
import { attendanceChoices, remind } from './remind.ts'
import { say, sayInstant } from './speak.ts'
import type { EventFact, Facts, Lang, RegistrationStatus, Reply, RuleFact, State } from './types.ts'

export type NoticeFacts = {
  readonly lang: Lang
  readonly event: EventFact
  readonly registration: {
    readonly number: string
    readonly name: string
    readonly status: RegistrationStatus
    readonly why?: string
  }
  /** The conversation, for a notice that puts its open question. */
  readonly state: State
  /** Sessions at which the person was checked in. */
  readonly present: readonly string[]
  readonly facts: Facts
  /** Others register through the same chat: the message says for whom it is. */
  readonly shared: boolean
}

type Notice = (facts: NoticeFacts) => Reply | null

/** Accepted: when and where to come, what to bring. */
const accepted: Notice = ({ lang, event, registration: { name, number, status }, state }) => {
  if (status !== 'DITERIMA') return null
  const first = event.sessions[0]?.start
  const asks = event.rules.some(rule => rule.id === 'diterima' && rule.asks)
  return {
    text: paragraphs(
      say(lang, 'accepted', { name, number }),
      [
        event.shortTitle,
        first ? say(lang, 'accepted_when', { when: sayInstant(lang, event, first) }) : '',
        ...whereLines(lang, event),
      ]
        .filter(Boolean)
        .join('\n'),
      event.bring.length ? say(lang, 'accepted_bring', { things: event.bring.join(', ') }) : '',
      event.dress ? say(lang, 'accepted_dress', { dress: event.dress }) : '',
      say(lang, 'accepted_end'),
      asks ? say(lang, 'attend_ask') : '',
    ),
    ...(asks ? attendanceChoices(lang, number, state.turn) : {}),
  }
}

/** Returned: the reason, and the question it is about. */
const returned: Notice = ({ registration, state, facts }) =>
  registration.status === 'PERLU_PERBAIKAN' ? put(standing(register, state, facts)) : null

const rejected: Notice = ({ lang, event, registration: { number, status, why } }) =>
  status === 'DITOLAK'
    ? {
        text: paragraphs(
          say(lang, 'rejected', { number, event: event.shortTitle }),
          why ? say(lang, 'status_why', { why }) : '',
          say(lang, 'rejected_end'),
        ),
      }
    : null

/** The purpose of an offered seat. */
export const OFFER = 'tawaran'

/** The purpose of a correction. */
export const CHANGE = 'perubahan'

// The names are those of the event file's rules where one exists, so that a message can never go out under two names.
const NOTICES: Readonly<Record<string, Notice>> = { diterima: accepted, perbaikan: returned, ditolak: rejected }

/** The message of a notice; null where it is no longer true and must not be sent. Throws on a purpose nobody wrote. */
export function notice(purpose: string, facts: NoticeFacts): Reply | null {
  const write = NOTICES[purpose]
  const reply = write ? write(facts) : remind(ruleOf(purpose, facts), facts)
  return reply && facts.shared ? addressedTo(reply, facts.registration.name, facts.lang) : reply
}

function ruleOf(purpose: string, { event }: NoticeFacts): RuleFact {
  const rule = event.rules.find(({ id }) => id === purpose)
  if (!rule) throw new Error(`no such notice: ${purpose}`)
  return rule
}
