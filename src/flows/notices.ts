// What the bot says of its own accord: the notices of the ledger, rendered from the facts of the moment they leave.
import { change } from './change.ts'
import type { ChangeFact, EventFact, Facts, RegistrationStatus, RuleFact } from './facts.ts'
import { whereLines } from './info.ts'
import { addressedTo, nameOf } from './people.ts'
import { standing } from './progress.ts'
import { paragraphs, put } from './put.ts'
import { register } from './register.ts'
import { attendanceChoices, remind } from './remind.ts'
import { isPrivate } from './result.ts'
import { renewalChoices, resultReply } from './result-text.ts'
import type { ResultFact } from './result-types.ts'
import { onClock, say, sayDate, sayInstant } from './speak.ts'
import type { Lang, Reply, State } from './types.ts'

/** What a notice to somebody is made of, who has registered or not. */
export type PersonFacts = {
  readonly lang: Lang
  readonly event: EventFact
  /** The conversation, for a notice that puts its open question. */
  readonly state: State
  /** Sessions at which the person was checked in. */
  readonly present: readonly string[]
  readonly facts: Facts
  /** Others register through the same chat: the message says for whom it is. */
  readonly shared: boolean
  /** The message's own id. */
  readonly ledger: string
  /** What has changed since the person was told last when and where to come. */
  readonly changes: readonly ChangeFact[]
  /** The person has said something since the notice was planned. */
  readonly spoke: boolean
}

export type NoticeFacts = PersonFacts & {
  readonly registration: {
    readonly number: string
    readonly name: string
    readonly status: RegistrationStatus
    readonly why?: string
  }
  /** What counts now of its result, for a notice about that. */
  readonly result?: ResultFact
}

type Notice = (facts: NoticeFacts) => Reply | null

/** Accepted: when and where to come, what to bring. */
const accepted: Notice = facts => {
  const {
    lang,
    event,
    registration: { name, number, status },
  } = facts
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
    ...(asks ? attendanceChoices(facts) : {}),
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
/** The purposes of what is told of results: their rules' names in the event file. */
export const RESULT = 'hasil'
export const CERTIFICATE = 'sertifikat'
export const RENEWAL = 'perpanjangan'
export const RESULT_NOTICES: readonly string[] = [RESULT, CERTIFICATE]

/** The purpose of a correction, and of a word to who left a registration unfinished. */
export const CHANGE = 'perubahan'
export const NUDGE = 'lanjutkan'

/** Left unfinished: the open question once more. */
function nudge({ lang, event, state, facts, spoke }: PersonFacts): Reply | null {
  const open = event.open <= facts.now && facts.now < event.close
  if (spoke || !open || state.question === null || state.done || state.idle) return null
  const asked = put(standing(register, state, facts))
  return { ...asked, text: paragraphs(say(lang, 'nudge'), asked.text) }
}

/** A result or a certificate; who may not be reading alone is asked for the birth date first. Null where it was undone. */
function told({ lang, shared, facts, state, result }: NoticeFacts, recorded: boolean): Reply | null {
  if (!result) return null
  if (!isPrivate(shared, facts.channel.ownPhone, result)) {
    const word = recorded ? 'certificate_ready' : result.corrected ? 'result_mended' : 'result_ready'
    return { text: paragraphs(say(lang, word, { name: result.name }), say(lang, 'result_birth')) }
  }
  const reply = resultReply(lang, result, recorded)
  const renews = renewalChoices(lang, result, state.turn)
  return renews ? { ...reply, ...renews, text: paragraphs(reply.text, renews.text) } : reply
}

/** The certificate expires: so long is left. Null where it was prolonged, or nobody wants to hear of it any more. */
function renewal({ lang, facts, result }: NoticeFacts): Reply | null {
  if (!result?.validDay || result.renewal !== true) return null
  const until = Temporal.PlainDate.from(result.validDay)
  const { months, days } = onClock(result.event, facts.now).date.until(until, { largestUnit: 'month' })
  if (months <= 0 && days <= 0) return null
  const values = { name: result.name, trade: result.trade, until: sayDate(lang, until) }
  const left =
    months > 0
      ? say(lang, 'renewal_months', { ...values, n: months })
      : say(lang, 'renewal_days', { ...values, n: days })
  return { text: paragraphs(left, say(lang, 'renewal_how')) }
}

// The names are those of the event file's rules where one exists, so that a message can never go out under two names.
const NOTICES: Readonly<Record<string, Notice>> = {
  diterima: accepted,
  perbaikan: returned,
  ditolak: rejected,
  [CHANGE]: change,
  [RESULT]: facts => told(facts, false),
  [CERTIFICATE]: facts => told(facts, true),
  [RENEWAL]: renewal,
}

/**
 * The message of a notice; null where it is no longer true and must not be sent. Throws on a purpose nobody wrote, and
 * where it needs a registration that is not there.
 */
export function notice(purpose: string, facts: PersonFacts & Partial<NoticeFacts>): Reply | null {
  const reply = purpose === NUDGE ? nudge(facts) : ofRegistration(purpose, facts)
  const name = facts.registration?.name ?? nameOf(facts.state) ?? say(facts.lang, 'nameless')
  return reply && facts.shared ? addressedTo(reply, name, facts.lang) : reply
}

function ofRegistration(purpose: string, facts: PersonFacts & Partial<NoticeFacts>): Reply | null {
  const { registration } = facts
  if (!registration) throw new Error(`a notice without a registration: ${purpose}`)
  const write = NOTICES[purpose]
  return write ? write({ ...facts, registration }) : remind(ruleOf(purpose, facts), { ...facts, registration })
}

/** Whether a notice says when or where to come: who got it must hear of a change. */
export const tellsWhen = (purpose: string, { rules }: Pick<EventFact, 'rules'>): boolean =>
  purpose === 'diterima' || purpose === CHANGE || rules.some(({ id, session }) => id === purpose && session !== null)

/** Whether a notice puts the conversation's open question, or asks for a birth date: with choices or without. */
export const putsQuestion = (purpose: string, { rules }: Pick<EventFact, 'rules'>): boolean =>
  purpose === 'perbaikan' ||
  purpose === NUDGE ||
  RESULT_NOTICES.includes(purpose) ||
  rules.some(({ id, to }) => id === purpose && to === 'incomplete')

function ruleOf(purpose: string, { event }: PersonFacts): RuleFact {
  const rule = event.rules.find(({ id }) => id === purpose)
  if (!rule) throw new Error(`no such notice: ${purpose}`)
  return rule
}
