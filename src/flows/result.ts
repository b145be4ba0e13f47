// A result as its person reads it, and who may read it: on a chat that others use, or that nobody vouched for, only who
// knows the birth date.
import { readBirthDate } from '../domain/birth-date.ts'
import { readCommand } from '../domain/command.ts'
import { todayOf } from './answers/identity.ts'
import { beginAppeal } from './appeal.ts'
import { type Standing, talking } from './progress.ts'
import { paragraphs } from './put.ts'
import { dayOr, mayRenew, resultReply } from './result-text.ts'
import type { ResultAside, ResultFact } from './result-types.ts'
import { say, sayReason } from './speak.ts'
import { ask, moved, type Step, tell, withoutAside } from './step.ts'
import type { Said, State } from './types.ts'

/** Wrong birth dates after which a person must look after it. */
const MISSES = 3
/** The text of the consent to be reminded of a renewal. */
const RENEWAL_VERSION = '2025-1'

/** What counts now of the person's results; undefined before the host was asked. */
export const resultsOf = (at: Standing): readonly ResultFact[] | undefined =>
  at.facts.outcomes.find(one => one.kind === 'results')?.results

export const askResults = ({ state }: Standing): Step => ({ state, put: false, asks: [{ kind: 'results' }] })

/** Nobody else reads this chat, and the platform says whose it is. */
export const isPrivate = (shared: boolean, ownPhone: string | null, { phone }: ResultFact): boolean =>
  !shared && phone !== null && phone === ownPhone

/** HASIL: the newest result, to who may read it. */
export function showResults(at: Standing): Step {
  const results = resultsOf(at)
  if (!results) return askResults(at)
  const newest = results.at(-1)
  if (newest) return unlock(at, newest, 'result')
  const { lang } = at.state
  if (at.facts.registrations.length > 0 || talking(at)) return tell(at, talking(at), say(lang, 'no_result_yet'))
  return ask(at, { kind: 'find' }, say(lang, 'find_nothing'))
}

/** Asks for the birth date first, where others may read along. */
export function unlock(at: Standing, result: ResultFact, before: 'result' | 'appeal'): Step {
  if (isPrivate(at.facts.people.length > 1, at.facts.channel.ownPhone, result)) return opened(at, result, before)
  if (isLocked(at.state, result)) return tell(at, talking(at), say(at.state.lang, 'result_locked'))
  return ask(at, { kind: 'birth', number: result.number, before })
}

const isLocked = (state: State, { locked }: ResultFact) => locked && (state.birthMisses ?? 0) >= MISSES

function opened(at: Standing, result: ResultFact, before: 'result' | 'appeal'): Step {
  const { birthMisses: _, ...state } = withoutAside(at.state)
  const there = moved(at, state)
  if (before === 'appeal') return beginAppeal(there, result)
  return shown(there, result)
}

/** The result, and behind it whether the person wants to be reminded of a renewal. */
export function shown(at: Standing, result: ResultFact, ...lead: string[]): Step {
  const reply = resultReply(at.state.lang, result)
  const asks = mayRenew(result) && result.renewal !== true
  return {
    state: asks ? { ...at.state, aside: { kind: 'renewal', number: result.number } } : at.state,
    put: asks || talking(at),
    replies: [{ ...reply, text: paragraphs(...lead, reply.text) }],
  }
}

/** A birth date was said; undefined where the message is none. */
export function hearResultBirth(
  at: Standing,
  { number, before }: Extract<ResultAside, { readonly kind: 'birth' }>,
  said: Said,
): Step | undefined {
  const read = birthIn(at, said)
  if (read === undefined) return undefined
  const aside = { kind: 'birth', number, before } as const
  if ('why' in read) return ask(at, aside, read.why)
  const results = resultsOf(at)
  if (!results) return askResults(at)
  const result = results.find(one => one.number === number)
  const { lang } = at.state
  if (!result) return tell(at, talking(at), say(lang, 'no_result_yet'))
  if (isLocked(at.state, result)) return tell(at, talking(at), say(lang, 'result_locked'))
  if (read.date === result.birthDate) return opened(at, result, before)
  // Where somebody has looked after it, it begins anew.
  const former = at.state.birthMisses ?? 0
  const birthMisses = former >= MISSES ? 1 : former + 1
  const state: State = { ...withoutAside(at.state), birthMisses }
  if (birthMisses < MISSES)
    return ask(moved(at, state), aside, say(lang, 'result_birth_wrong', { left: MISSES - birthMisses }))
  return {
    ...tell(moved(at, state), talking(at), say(lang, 'result_locked')),
    effects: [{ kind: 'task', task: 'result_locked', question: number }],
  }
}

/** The birth date in a message, or why it can't be read; undefined where the message is about something else. */
export function birthIn(at: Standing, said: Said): { readonly date: string } | { readonly why: string } | undefined {
  if (said.kind !== 'text' || readCommand(said.text).ok) return undefined
  const read = readBirthDate(said.text, { today: todayOf(at.context) })
  if (read.ok) return { date: read.value }
  // Certificates outlive the age of registering.
  if (read.reason === 'DATE_TOO_OLD' && read.suggest) return { date: read.suggest }
  return /\d/.test(said.text) ? { why: sayReason(at.state.lang, read.reason, read.detail) } : undefined
}

const RENEW = /^renew:(YES|NO):(.+)$/

/** An answer to a notice of a result: the birth date it asked for, or whether to be reminded of a renewal. */
export function answerResult(at: Standing, said: Said): Step | undefined {
  const { newest } = at.facts
  if (said.kind === 'button') {
    const [, yes, number] = RENEW.exec(said.value) ?? []
    return number ? renew(at, number, yes === 'YES') : undefined
  }
  if (said.kind !== 'text' || newest?.asks !== 'result' || at.state.aside) return undefined
  const yes = chosen(said.text)
  if (yes === undefined) return hearResultBirth(at, { kind: 'birth', number: newest.number, before: 'result' }, said)
  const results = resultsOf(at)
  if (!results) return askResults(at)
  const result = results.find(one => one.number === newest.number)
  if (!result) return undefined
  // What was put was the birth date, or nothing at all, not this question.
  if (newest.short || !isPrivate(at.facts.people.length > 1, at.facts.channel.ownPhone, result))
    return unlock(at, result, 'result')
  return mayRenew(result) ? renew(at, newest.number, yes) : undefined
}

/** "1", "ya" and "2", "tidak", as a whole. */
function chosen(text: string): boolean | undefined {
  const [, yes, no] = /^\W*(?:(1|ya|iya|y|mau|nggih|yes)|(2|tidak|tdk|gak|ga|ora|mboten|no))\W*$/i.exec(text) ?? []
  return yes ? true : no ? false : undefined
}

/** Keeps whether the person wants to be reminded. */
export function renew(at: Standing, number: string, given: boolean): Step {
  const results = resultsOf(at)
  if (!results) return askResults(at)
  const there = moved(at, withoutAside(at.state))
  const result = results.find(one => one.number === number)
  if (!result?.validUntil) return tell(there, talking(there), say(at.state.lang, 'no_result_yet'))
  const word = given ? 'renewal_yes' : 'renewal_no'
  return {
    ...tell(
      there,
      talking(there),
      say(at.state.lang, word, { until: dayOr(at.state.lang, result.validUntil, result) }),
    ),
    effects: [{ kind: 'consent', purpose: 'renewal', version: RENEWAL_VERSION, given }],
  }
}
