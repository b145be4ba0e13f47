// What a turn does with a conversation: keeps an answer, counts a misreading, asks something in between.

import type { Ask, Effect } from './asks.ts'
import type { Question } from './flow.ts'
import { answerOf, askAgain, type Standing, standing, unmissed } from './progress.ts'
import { say, sayNotes, sayReason, wordsOf } from './speak.ts'
import type { Aside, Reply, State } from './types.ts'

/** One step on the way to a Turn: `lead` is said first; with `put` the open question follows in the same message. */
export type Step = {
  readonly state: State
  readonly put: boolean
  readonly lead?: readonly string[]
  readonly replies?: readonly Reply[]
  readonly effects?: readonly Effect[]
  readonly asks?: readonly Ask[]
  /** The pressed message is redrawn instead of a new one sent. */
  readonly redraws?: boolean
}

/** Warnings that are asked back ("Apakah maksudnya …?") before the answer counts. */
const DOUBTS = new Set(['FUZZY', 'FUZZY_MONTH', 'NAME_ABBREVIATED', 'HONORIFIC_DROPPED', 'PHONE_FOREIGN'])
const STUCK_AT = 3
/** As many characters of an answer as readers get to see, and of a message of labelled lines. */
export const LONGEST = 1000
export const LONGEST_LABELLED = 5000
/** As much of what was said as is kept beside the value. */
const SAID_KEPT = 300

export const withoutAside = ({ aside: _, ...state }: State): State => state

/** The same conversation with another state. */
export const moved = (at: Standing, state: State): Standing => standing(at.flow, state, at.facts)

export const ask = (at: Standing, aside: Aside, ...lead: string[]): Step => ({
  state: { ...at.state, aside },
  put: true,
  lead,
})

export const tell = (at: Standing, put: boolean, ...lead: string[]): Step => ({ state: at.state, put, lead })

/** An answer that could not be taken: why, more concrete help after two, a person after three. */
export function miss(at: Standing, reason: string, detail: Readonly<Record<string, string | number>> = {}): Step {
  const misses = at.state.misses + 1
  const { lang } = at.state
  const help = at.open && misses >= 2 ? wordsOf(at.flow, at.open, lang).help : ''
  const stuck = misses === STUCK_AT
  return {
    state: { ...at.state, misses, missed: reason },
    put: true,
    lead: [sayReason(lang, reason, detail), help, stuck ? say(lang, 'stuck') : ''],
    ...(stuck ? { effects: [{ kind: 'task', task: 'stuck', question: at.open?.id ?? 'confirm' }] } : {}),
  }
}

/** Too many different values were tried here: known or unknown, all get this one answer. */
function limited(at: Standing): Step {
  const missed = miss(at, 'NIK_LIMIT')
  return { ...missed, effects: [...(missed.effects ?? []), { kind: 'task', task: 'nik_limit' }] }
}

/** Offers the values among which a text is ambiguous, or the one that was probably meant; counts as a misreading. */
export function offer(at: Standing, reason: string, values: readonly unknown[], said: string): Step {
  const aside: Aside = { kind: 'choose', values: values.slice(0, 6), said }
  const missed = miss(at, reason)
  return { ...missed, state: { ...missed.state, aside }, lead: missed.lead?.slice(0, 1) ?? [] }
}

/** Keeps an answer, unless it is doubtful (asked back) or contested (asked of the host). */
export function accept(
  at: Standing,
  question: Question,
  value: unknown,
  said: string,
  warn: readonly string[],
  sure = false,
): Step {
  if (!sure && warn.some(w => DOUBTS.has(w)))
    return ask(at, { kind: 'suggest', value, said: said.slice(0, SAID_KEPT), warn })
  if (question.contested && value !== null) {
    const wanted = question.contested.ask(value as never, at.context)
    const outcome = at.facts.outcomes.find(o => o.kind === wanted.kind)
    if (!outcome) return { state: at.state, put: false, asks: [wanted] }
    if (outcome.kind === 'nik_free' && outcome.limited) return limited(at)
    if (outcome.kind === 'nik_free' && !outcome.free) return miss(at, question.contested.refused)
  }
  const answer = answerOf(at, question, value, said.slice(0, SAID_KEPT), warn)
  const { ends, reopens = [], effects = [] } = question.brings?.(value as never) ?? {}
  const kept: State = { ...unmissed(at.state), answers: { ...at.state.answers, [question.id]: answer }, page: 0 }
  const next = reopens.reduce((state, id) => askAgain(at.flow, state, id), kept)
  if (ends) {
    const { held: _, ...nothing } = next
    return {
      state: { ...nothing, answers: {}, question: null },
      put: false,
      lead: [say(next.lang, 'refused')],
      effects,
    }
  }
  return { state: next, put: true, lead: sayNotes(next.lang, warn), effects }
}
