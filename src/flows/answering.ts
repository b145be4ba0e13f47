// Takes what is no text: a press, a contact, a file; and hands the finished answers over.
import { registeredReplies } from './info.ts'
import { askAgain, optionsOf, type Standing, unchanged } from './progress.ts'
import { mayRegister } from './put.ts'
import { say } from './speak.ts'
import { accept, ask, miss, moved, type Step, tell } from './step.ts'
import type { Said } from './types.ts'

/** An old or forged button changes nothing. */
export const stale = (at: Standing): Step => ({
  state: { ...at.state, turn: at.state.turn - 1 },
  put: false,
  replies: [{ text: say(at.state.lang, 'stale'), popup: true }],
})

/** A button of the open question, of the summary, or of a list's page. */
export function press(at: Standing, value: string): Step {
  const page = /^page:(\d{1,3})$/.exec(value)
  if (page && at.open && optionsOf({ ...at, state: { ...at.state, page: Number(page[1]) } }).length > 0) {
    return { state: { ...at.state, page: Number(page[1]) }, put: true, redraws: true }
  }
  if (at.open === null)
    return value === 'YES' ? finish(at) : value === 'CHANGE' ? ask(at, { kind: 'correct' }) : stale(at)
  const read = at.open.kind.read({ kind: 'button', asked: at.state.asked, value }, at.context)
  return read.ok ? accept(at, at.open, read.value, value, read.warn ?? []) : stale(at)
}

/** Reads an answer to the open question from something that is no text. */
export function answer(at: Standing, said: Said, words: string): Step {
  if (!at.open) return tell(at, true)
  const read = at.open.kind.read(said, at.context)
  return read.ok ? accept(at, at.open, read.value, words, read.warn ?? []) : miss(at, read.reason, read.detail)
}

/** Hands the finished answers over, and tells the number they got. */
export function finish(at: Standing): Step {
  if (!mayRegister(at)) return tell(at, true)
  const outcome = at.facts.outcomes.find(o => o.kind === 'register')
  const warnings = at.applying.flatMap(q => at.state.answers[q.id]?.warn ?? [])
  if (!outcome) return { state: at.state, put: false, asks: [at.flow.finish(at.context.answers, at.context, warnings)] }
  if ('taken' in outcome) return miss(moved(at, askAgain(at.flow, at.state, 'nik')), 'NIK_TAKEN')
  if (outcome.status === 'CADANGAN')
    return {
      state: { ...unchanged(at.state), done: true, misses: 0 },
      put: false,
      lead: [say(at.state.lang, 'registered_reserve')],
      replies: registeredReplies(at, outcome.number, false),
    }
  if (outcome.status !== 'MENUNGGU_VERIFIKASI')
    return {
      state: { ...unchanged(at.state), done: true, misses: 0 },
      put: false,
      lead: [say(at.state.lang, 'cannot_change')],
    }
  const { before: _, ...state } = at.state
  const full = outcome.full === undefined ? [] : [say(at.state.lang, 'reserve_full', { n: outcome.full })]
  const corrected = at.facts.registrations.some(r => r.number === outcome.number)
  return {
    state: { ...unchanged(state), done: true, misses: 0 },
    put: false,
    lead: full,
    replies: registeredReplies(at, outcome.number, corrected),
  }
}
