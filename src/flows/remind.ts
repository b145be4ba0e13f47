// The reminders: what a rule of the event file says to a person, from the facts of the moment it leaves.

import { shortId } from '../domain/short-id.ts'
import type { EventFact, RuleFact } from './facts.ts'
import { whereLines } from './info.ts'
import type { NoticeFacts } from './notices.ts'
import { standing } from './progress.ts'
import { paragraphs, put } from './put.ts'
import { register } from './register.ts'
import { onClock, say, sayChoice, sayInstant } from './speak.ts'
import type { Lang, Option, Reply } from './types.ts'

/** The message of a rule; null where it is no longer true. */
export function remind(rule: RuleFact, facts: NoticeFacts): Reply | null {
  switch (rule.to) {
    case 'accepted':
    case 'present':
      return comes(rule, facts)
    case 'not_checked_in':
      return missed(rule, facts)
    case 'incomplete':
      return incomplete(rule, facts)
    default:
      return null
  }
}

/**
 * Buttons of the question whether a person comes: they hold for this registration, whatever was asked meanwhile, and
 * name their message.
 */
export function attendanceChoices({
  lang,
  registration: { number },
  state,
  ledger,
}: NoticeFacts): Pick<Reply, 'options' | 'asked' | 'hint'> {
  const of = (answer: string) => `attend:${answer}:${number}:${shortId(ledger)}`
  const options: Option[] = [
    { value: of('HADIR'), label: sayChoice(lang, 'attend_yes') },
    { value: of('TIDAK'), label: sayChoice(lang, 'attend_no') },
  ]
  return { options, asked: state.turn, hint: say(lang, 'by_number') }
}

/** Before a session: when and where, and whether the person comes. */
function comes(rule: RuleFact, all: NoticeFacts): Reply | null {
  const {
    lang,
    event,
    registration: { name, status },
    facts,
  } = all
  const session = event.sessions.find(({ id }) => id === rule.session)
  if (!session || status !== 'DITERIMA' || session.start <= facts.now) return null
  const first = session === event.sessions[0]
  return {
    text: paragraphs(
      opening(lang, event, name, facts.now, session.start),
      [
        say(lang, 'remind_session', { title: session.title, when: sayInstant(lang, event, session.start) }),
        ...whereLines(lang, event),
      ].join('\n'),
      first && event.bring.length ? say(lang, 'accepted_bring', { things: event.bring.join(', ') }) : '',
      first && event.dress ? say(lang, 'accepted_dress', { dress: event.dress }) : '',
      rule.asks ? say(lang, 'attend_ask') : '',
    ),
    ...(rule.asks ? attendanceChoices(all) : {}),
  }
}

function opening(lang: Lang, event: EventFact, name: string, now: string, start: string): string {
  const days = onClock(event, now).date.until(onClock(event, start).date).days
  const word = days === 0 ? 'remind_today' : days === 1 ? 'remind_tomorrow' : 'remind_days'
  return say(lang, word, { name, event: event.shortTitle, n: days })
}

/** The session has begun, and the person was not seen. */
function missed(rule: RuleFact, { lang, event, registration: { name, status }, present }: NoticeFacts): Reply | null {
  const session = event.sessions.find(({ id }) => id === rule.session)
  if (!session || status !== 'DITERIMA' || present.includes(session.id)) return null
  return {
    text: paragraphs(
      say(lang, 'missed', { name, event: event.shortTitle, when: onClock(event, session.start).time }),
      say(lang, 'missed_how', { where: event.venue }),
    ),
  }
}

/** Something of the registration is still to be mended: the question once more, and until when. */
function incomplete(rule: RuleFact, { lang, event, registration, state, facts }: NoticeFacts): Reply | null {
  if (registration.status !== 'PERLU_PERBAIKAN' || !rule.deadline) return null
  const asked = put(standing(register, state, facts))
  const told = say(lang, 'incomplete', { name: registration.name, when: sayInstant(lang, event, rule.deadline) })
  return { ...asked, text: paragraphs(told, asked.text) }
}
