// Where a conversation stands: which answers hold, which question is open, what it offers.

import type { Choice } from './choices.ts'
import type { EventFact, Facts, RegistrationFact } from './facts.ts'
import type { Flow, Question } from './flow.ts'
import { sayChoice } from './speak.ts'
import type { Answer, Context, Option, State } from './types.ts'

/** A conversation looked at: its state in the light of the facts. */
export type Standing = {
  readonly flow: Flow
  readonly state: State
  readonly facts: Facts
  readonly context: Context
  /** Questions that apply, in order. */
  readonly applying: readonly Question[]
  /** Those with a label and something to choose: the steps, and the lines of the summary. */
  readonly steps: readonly Question[]
  /** The first that applies and has no answer that holds; null when all are answered. */
  readonly open: Question | null
}

/** True while there is an open question that should follow whatever is told. */
export const talking = ({ state }: Standing): boolean => state.question !== null && !state.done && !state.idle

/** The id of the summary as an open question. */
export const CONFIRM = 'confirm'
const PAGE = 6

export const begin = (flow: Flow, lang: State['lang'] = 'id'): State => ({
  flow: flow.id,
  lang,
  turn: 0,
  answers: {},
  question: null,
  asked: 0,
  misses: 0,
  page: 0,
  done: false,
  idle: false,
  stopped: false,
})

/** Neither rejected nor withdrawn. */
export const isActive = ({ status }: RegistrationFact): boolean =>
  status !== 'DITOLAK' && status !== 'MENGUNDURKAN_DIRI'

export const isOpen = (event: EventFact, facts: Facts): boolean => event.open <= facts.now && facts.now < event.close

function eventOf(state: State, facts: Facts): EventFact | undefined {
  const chosen = state.answers.event?.value
  if (chosen !== undefined) return facts.events.find(e => e.id === chosen)
  const open = facts.events.filter(e => isOpen(e, facts))
  return open.length === 1 ? open[0] : undefined
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/**
 * Goes through the questions in order: an answer holds while its kind accepts it and what it hangs on is unchanged.
 * The first that applies without one is open (the form interpretation of VoiceXML), so a changed flow can't misfile.
 */
export function standing(flow: Flow, state: State, facts: Facts): Standing {
  const answers: Record<string, unknown> = {}
  const context: Context = { facts, answers, lang: state.lang, event: eventOf(state, facts), missed: state.missed }
  const applying: Question[] = []
  let open: Question | null = null
  for (const question of flow.questions) {
    if (question.when && !question.when(answers, context)) continue
    applying.push(question)
    const answer = state.answers[question.id]
    const holds =
      answer !== undefined &&
      (answer.value === null ? question.skippable === true : question.kind.accepts(answer.value, context)) &&
      (question.of === undefined || same(answer.of, answers[question.of]))
    const value = holds ? answer.value : question.kind.sole?.(context)
    if (value !== undefined) answers[question.id] = value
    if (open === null && (value === undefined || (holds && answer.again))) open = question
  }
  const steps = applying.filter(q => q.label !== undefined && q.kind.sole?.(context) === undefined)
  return { flow, state, facts, context, applying, steps, open }
}

/** Keeps what could only be one value, so that a second event opening tomorrow can't reopen the question. */
export function settle(at: Standing): State {
  const until = at.open ? at.applying.indexOf(at.open) : at.applying.length
  const settled: Record<string, Answer> = {}
  for (const question of at.applying.slice(0, until)) {
    const value = at.context.answers[question.id]
    const kept = at.state.answers[question.id]
    const current =
      kept && same(kept.value, value) && (question.of === undefined || same(kept.of, at.context.answers[question.of]))
    if (!current) settled[question.id] = answerOf(at, question, value, '', [])
  }
  return Object.keys(settled).length ? { ...at.state, answers: { ...at.state.answers, ...settled } } : at.state
}

export function answerOf(
  at: Standing,
  question: Question,
  value: unknown,
  said: string,
  warn: readonly string[],
): Answer {
  return {
    value,
    said,
    at: at.facts.now,
    ...(question.of ? { of: at.context.answers[question.of] } : {}),
    ...(warn.length ? { warn } : {}),
  }
}

/** The state before a first misreading. */
export const unmissed = ({ missed: _, ...state }: State): State => ({ ...state, misses: 0 })

/** Answers kept under a question's former ids move to its present one. */
export function upgrade(flow: Flow, state: State): State {
  const moved: Record<string, Answer> = {}
  for (const question of flow.questions) {
    const former = question.was?.map(id => state.answers[id]).find(a => a !== undefined)
    if (former && state.answers[question.id] === undefined) moved[question.id] = former
  }
  return Object.keys(moved).length ? { ...state, answers: { ...state.answers, ...moved } } : state
}

/** Nothing is being changed any more: what was not handed in is forgotten. */
export function unchanged({ returned: _r, corrects: _c, before, ...state }: State): State {
  return before ? { ...state, answers: before } : state
}

/** Asks a question again, its old answer kept; the details that follow it are forgotten. */
export function askAgain(flow: Flow, state: State, id: string): State {
  const index = flow.questions.findIndex(q => q.id === id)
  const answers = { ...state.answers }
  const kept = answers[id]
  if (kept) answers[id] = { ...kept, again: true }
  for (const detail of flow.questions.slice(index + 1)) {
    if (detail.label !== undefined) break
    delete answers[detail.id]
  }
  return { ...unmissed(state), answers, page: 0 }
}

/** What the open question offers now: all, one page of a long list, or the way to a list that is shown on request. */
export function optionsOf({ open, context, state }: Standing): readonly Option[] {
  const all = open?.kind.options?.(context) ?? []
  const more = (page: number, word: Choice): Option => ({ value: `page:${page}`, label: sayChoice(state.lang, word) })
  if (open?.kind.listOnRequest && state.page === 0) return [more(1, 'show_list')]
  if (all.length <= PAGE + 1) return all
  const first = open?.kind.listOnRequest ? 1 : 0
  const from = (state.page - first) * PAGE
  const last = from + PAGE >= all.length
  return [...all.slice(from, from + PAGE), more(last ? first : state.page + 1, 'more')]
}
