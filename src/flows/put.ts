// Puts things to a person: the open question, the summary, a small question in between.

import { APPEAL_QUESTIONS } from './appeal.ts'
import { givenText } from './claiming.ts'
import type { EventFact } from './facts.ts'
import type { Question } from './flow.ts'
import { personOptions, whoseOptions } from './people.ts'
import { isOpen, optionsOf, type Standing } from './progress.ts'
import { staysText } from './rights.ts'
import { confirmOf, fillIn, onClock, say, sayChoice, sayDate, wordsOf } from './speak.ts'
import type { Aside, Option, Reply } from './types.ts'

/** Paragraphs as one text; empty ones left out. */
export const paragraphs = (...parts: readonly string[]): string => parts.filter(Boolean).join('\n\n')

/** The answer of a question as the summary shows it. */
function shown(question: Question, at: Standing): string {
  const value = at.context.answers[question.id]
  if (value === null) return say(at.state.lang, 'bring_on_the_day')
  const detail = question.detail?.(at.context)
  return question.kind.show(value, at.context) + (detail ? ` (${detail})` : '')
}

/** "Langkah 3 dari 13", for the questions that are counted. */
function step(question: Question, at: Standing): string {
  const n = at.steps.indexOf(question) + 1
  return n === 0 ? '' : say(at.state.lang, 'step', { n, total: at.steps.length })
}

const choices = (options: readonly Option[], { state }: Standing): Pick<Reply, 'options' | 'asked' | 'hint'> =>
  options.length ? { options, asked: state.asked, hint: say(state.lang, 'by_number') } : {}

function questionReply(question: Question, at: Standing, again: boolean): Reply {
  const { lang } = at.state
  const words = wordsOf(at.flow, question, lang)
  const text = (again && words.again) || words.text
  const contact = question.kind.wantsContact && at.facts.channel.contactButton
  const kept = at.state.answers[question.id]
  const options = optionsOf(at)
  const keeps = kept?.again && kept.value !== null && question.label !== undefined
  return {
    text: paragraphs(
      [step(question, at), fillIn(text, question.fill?.(at.context.answers, at.context) ?? {})]
        .filter(Boolean)
        .join('\n'),
      keeps ? say(lang, 'kept_answer', { value: question.kind.show(kept.value, at.context) }) : '',
    ),
    ...choices(options, at),
    ...(contact ? { shareContact: { label: say(lang, 'share_contact'), hint: say(lang, 'share_hint') } } : {}),
  }
}

export const summaryText = (at: Standing): string => `${say(at.state.lang, 'summary')}\n${summaryLines(at)}`

/** The answers, a line each. */
export const summaryLines = (at: Standing): string =>
  at.steps
    .flatMap((q, i) =>
      at.context.answers[q.id] === undefined
        ? []
        : [`${i + 1}. ${wordsOf(at.flow, q, at.state.lang).label}: ${shown(q, at)}`],
    )
    .join('\n')

function summaryReply(at: Standing): Reply {
  const { lang } = at.state
  return {
    text: paragraphs(summaryText(at), `${confirmOf(at.flow, lang)} ${say(lang, 'summary_how')}`),
    options: [
      { value: 'YES', label: sayChoice(lang, 'summary_yes') },
      { value: 'CHANGE', label: sayChoice(lang, 'summary_change') },
    ],
    asked: at.state.asked,
    spoken: true,
  }
}

/** What a person who wants to register is told when no registration is open to him. */
function closedText(at: Standing): string {
  const { lang } = at.state
  const { facts } = at
  const told = (event: EventFact, word: 'closed' | 'not_open_yet') =>
    say(lang, word, {
      event: event.shortTitle,
      open: sayDate(lang, onClock(event, event.open).date),
      close: sayDate(lang, onClock(event, event.close).date),
    })
  const chosen = at.context.event
  if (chosen) return told(chosen, 'closed')
  const next = facts.events.find(e => facts.now < e.open)
  if (next) return told(next, 'not_open_yet')
  const past = facts.events.at(-1)
  return past ? told(past, 'closed') : say(lang, 'no_event')
}

/** True while this person may answer: his event (or any, before he chose) is open, or the organiser asked for a repair. */
export const mayRegister = ({ state, facts, context }: Standing): boolean =>
  state.returned !== undefined ||
  (state.answers.event
    ? context.event !== undefined && isOpen(context.event, facts)
    : facts.events.some(e => isOpen(e, facts)))

/**
 * The open question, or the summary when all is answered, or why registration is closed. `again`: it was put just
 * before, so that a long text need not be repeated.
 */
export function put(at: Standing, again = false): Reply {
  if (!mayRegister(at)) return { text: closedText(at) }
  const reply = at.open ? questionReply(at.open, at, again) : summaryReply(at)
  const { returned, lang } = at.state
  // With the summary only until something was answered: then the complaint may be mended already.
  const told = returned && (at.open !== null || at.state.asked === returned.turn)
  return told ? { ...reply, text: paragraphs(say(lang, 'returned', { why: returned.why }), reply.text) } : reply
}

const MENU = ['START', 'STATUS', 'SCHEDULE', 'CORRECT', 'LANGUAGE', 'HUMAN'] as const

/** What a small question in between offers. */
export function asideOptions(aside: Aside, at: Standing): readonly Option[] {
  const { lang } = at.state
  const yesNo = [
    { value: 'YES', label: sayChoice(lang, 'yes') },
    { value: 'NO', label: sayChoice(lang, 'no') },
  ]
  if (['correct', 'born', 'birth', 'find'].includes(aside.kind)) return []
  if (APPEAL_QUESTIONS[lengthOf(aside)] === 'appeal_4') return []
  if (aside.kind === 'menu') return MENU.map(m => ({ value: m, label: sayChoice(lang, `menu_${m}`) }))
  if (aside.kind === 'language')
    return [
      { value: 'id', label: 'Bahasa Indonesia' },
      { value: 'en', label: 'English' },
    ]
  if (aside.kind === 'person') return personOptions(at, aside.page)
  if (aside.kind === 'whose') return whoseOptions(at, aside.asked)
  if (aside.kind !== 'choose') return yesNo
  return [
    ...aside.values.map((value, i) => ({ value: String(i), label: at.open?.kind.show(value, at.context) ?? '' })),
    { value: 'none', label: sayChoice(lang, 'none_of_these') },
  ]
}

/** How far an appeal has come. */
const lengthOf = (aside: Aside): number => (aside.kind === 'appeal' ? aside.answers.length : -1)

function asideText(aside: Aside, at: Standing): string {
  const { lang } = at.state
  switch (aside.kind) {
    case 'suggest':
      return say(lang, 'did_you_mean', { value: at.open?.kind.show(aside.value, at.context) ?? '' })
    case 'choose':
      return say(lang, 'which_one')
    case 'correct':
      return say(lang, 'which_number')
    case 'person':
      return say(lang, 'which_person')
    case 'whose':
      return say(lang, 'whose_answer')
    case 'erase':
      return paragraphs(say(lang, 'erase_sure'), staysText(at))
    case 'given':
      return paragraphs(say(lang, 'given_sure'), givenText(at.flow, at))
    case 'birth':
      return say(lang, 'result_birth')
    case 'find':
      return say(lang, aside.certificate === undefined ? 'find_ask' : 'find_birth')
    case 'renewal':
      return say(lang, 'renewal_ask')
    case 'appeal':
      return say(lang, APPEAL_QUESTIONS[lengthOf(aside)] ?? 'appeal_5', { reason: aside.answers[3] ?? '' })
    case 'menu':
      return say(lang, 'menu')
    case 'language':
      return say(lang, 'language_which')
    default:
      return say(lang, `${aside.kind}_sure`)
  }
}

export function putAside(aside: Aside, at: Standing): Reply {
  const options = asideOptions(aside, at)
  return { text: asideText(aside, at), ...choices(options, at) }
}
