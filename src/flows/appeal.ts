// The appeal against a result, by the questions of FR.AK.04. One at a time, until the deadline.
import { readCommand } from '../domain/command.ts'
import { type Standing, talking } from './progress.ts'
import { askResults, resultsOf, unlock } from './result.ts'
import type { ResultAside, ResultFact } from './result-types.ts'
import { say, sayDate } from './speak.ts'
import { ask, moved, type Step, tell, withoutAside } from './step.ts'
import type { Said } from './types.ts'

type AppealAside = Extract<ResultAside, { readonly kind: 'appeal' }>

/** What is asked: three times yes or no, the reason, and whether to send it. */
export const APPEAL_QUESTIONS = ['appeal_1', 'appeal_2', 'appeal_3', 'appeal_4', 'appeal_5'] as const
const REASON = 3
const SHORTEST = 5
const LONGEST_REASON = 1000

/** BANDING: begins, after the birth date where others may read along. */
export function appeal(at: Standing): Step {
  const results = resultsOf(at)
  if (!results) return askResults(at)
  const newest = results.at(-1)
  return newest ? unlock(at, newest, 'appeal') : tell(at, talking(at), say(at.state.lang, 'appeal_nothing'))
}

/** Puts the first question, or says kindly why there is nothing to appeal. */
export function beginAppeal(at: Standing, result: ResultFact): Step {
  const { lang } = at.state
  const until = sayDate(lang, Temporal.PlainDate.from(result.appealUntil))
  if (result.outcome === 'K') return tell(at, talking(at), say(lang, 'appeal_competent'))
  if (result.appeal?.open) return tell(at, talking(at), say(lang, 'appeal_open', { number: result.appeal.number }))
  if (result.appealOver) return tell(at, talking(at), say(lang, 'appeal_late', { until }))
  return ask(at, { kind: 'appeal', number: result.number, answers: [] }, say(lang, 'appeal_begins'))
}

/** The reason, in free words; undefined where another question is open, or the message is a command. */
export function hearReason(at: Standing, aside: AppealAside, said: Said): Step | undefined {
  if (said.kind !== 'text') return undefined
  const command = readCommand(said.text)
  if (command.ok && (command.value === 'CANCEL' || command.value === 'BACK')) return dropped(at)
  if (aside.answers.length !== REASON || command.ok) return undefined
  const reason = said.text.trim().slice(0, LONGEST_REASON)
  if (reason.length < SHORTEST) return ask(at, aside, say(at.state.lang, 'appeal_short'))
  return ask(at, { ...aside, answers: [...aside.answers, reason] })
}

const dropped = (at: Standing): Step => {
  const there = moved(at, withoutAside(at.state))
  return tell(there, talking(there), say(at.state.lang, 'appeal_dropped'))
}

/** A yes or no: the next question, or the appeal is handed over. */
export function answerAppeal(at: Standing, { kind, number, answers }: AppealAside, yes: boolean): Step {
  if (answers.length < REASON) return ask(at, { kind, number, answers: [...answers, yes ? 'YES' : 'NO'] })
  if (!yes) return dropped(at)
  const outcome = at.facts.outcomes.find(one => one.kind === 'appeal')
  if (!outcome) return { state: at.state, put: false, asks: [{ kind: 'appeal', number, answers }] }
  const { lang } = at.state
  if (outcome.appeal === null) return tell(at, talking(at), say(lang, 'appeal_refused'))
  return tell(at, talking(at), say(lang, 'appeal_sent', { number: outcome.appeal }))
}
