// The engine: one turn of a conversation. Pure: no clock, no I/O, never throws on anything a person can send.
import { readCode } from '../domain/claim-code.ts'
import { readCommand } from '../domain/command.ts'
import { answer, press, stale } from './answering.ts'
import { answerAside } from './aside.ts'
import { attend, confirmSeen } from './attending.ts'
import { answerOffer, openCode, prove } from './claiming.ts'
import type { EventFact, Facts } from './facts.ts'
import { fill } from './fill.ts'
import type { Flow } from './flow.ts'
import { hear } from './hear.ts'
import { statusText } from './info.ts'
import { officeTurn } from './office.ts'
import { addressed, arrive, askWhose } from './people.ts'
import { CONFIRM, isActive, type Standing, settle, standing, unchanged, upgrade } from './progress.ts'
import { mayRegister, paragraphs, put, putAside } from './put.ts'
import { answerResult } from './result.ts'
import { say, welcomeOf } from './speak.ts'
import { moved, type Step, tell, withoutAside } from './step.ts'
import type { Reply, Said, State, Turn } from './types.ts'

export { begin, isActive } from './progress.ts'

/**
 * Takes one message. With `asks` in the result the host carries them out and calls again with the same state and
 * message and their outcomes among the facts. The state is plain JSON; replies are in the order they should leave.
 */
export function turn(flow: Flow, before: State, said: Said, facts: Facts): Turn {
  if (facts.office) {
    const taken = officeTurn(before, readable(said), facts)
    return { ...taken, replies: addressed(taken.replies, taken.state, facts) }
  }
  const state = overtaken(upgrade(flow, { ...before, turn: before.turn + 1 }), facts)
  const at = standing(flow, state, facts)
  const step =
    facts.moved && facts.moved !== 'answered'
      ? arrive(at, facts.moved)
      : facts.whose
        ? askWhose(at, said, facts.whose)
        : state.done && !before.done
          ? decided(at, said)
          : prove(at, consented(at, respond(at, readable(said))))
  if (step.asks?.length) return { state: before, replies: [], effects: [], asks: step.asks }
  const taken = close(flow, before, step, facts)
  return { ...taken, replies: addressed(taken.replies, taken.state, facts) }
}

/** Control characters are nobody's words, and a database's text takes no NUL. */
const readable = (said: Said): Said =>
  said.kind === 'text' && CONTROL.test(said.text) ? { ...said, text: said.text.replace(CONTROL_ALL, ' ') } : said

const CONTROL = /[^\P{Cc}\t\n\r]/u
const CONTROL_ALL = /[^\P{Cc}\t\n\r]/gu

/** The organiser decided while the person was still correcting: nothing can be handed in any more. */
function overtaken(state: State, facts: Facts): State {
  const latest = facts.registrations.at(-1)
  if (state.done || !latest || latest.event !== state.answers.event?.value) return state
  const { returned, corrects } = state
  if (latest.status === 'MENUNGGU_VERIFIKASI' || latest.status === 'PERLU_PERBAIKAN') return state
  // Who was rejected or withdrew may be half through the next registration.
  if (!isActive(latest) && !returned && corrects !== latest.number) return state
  return { ...withoutAside(unchanged(state)), done: true, idle: false, misses: 0 }
}

/** What was meant for a correction is no answer any more: the decision is told, and nothing is registered anew. */
function decided(at: Standing, said: Said): Step {
  if (said.kind === 'text' && readCommand(said.text).ok) return respond(at, said)
  return tell(at, false, say(at.state.lang, 'decided_meanwhile'), statusText(at))
}

/** Puts the open question behind what was told, and notes which question that was and since which turn. */
function close(flow: Flow, before: State, step: Step, facts: Facts): Turn {
  const effects = step.effects ?? []
  const lead = paragraphs(...(step.lead ?? []))
  const told: Reply[] = lead ? [{ text: lead }] : []
  if (!step.put) return { state: step.state, replies: [...told, ...(step.replies ?? [])], effects, asks: [] }
  const first = standing(flow, step.state, facts)
  const settled = settle(first)
  const at = settled === step.state ? first : standing(flow, settled, facts)
  const question = mayRegister(at) ? (at.open?.id ?? CONFIRM) : before.question
  const { aside } = settled
  const moving = question !== before.question || JSON.stringify(aside) !== JSON.stringify(before.aside)
  const opening = before.question === null && question !== null && !aside
  const state: State = {
    ...settled,
    question: aside && before.question === null ? null : question,
    asked: moving ? settled.turn : before.asked,
  }
  const there = { ...at, state }
  const reply = aside ? putAside(aside, there) : put(there, question === before.question && state.lang === before.lang)
  const event = there.context.event?.shortTitle ?? theOnly(facts.events) ?? say(state.lang, 'several_events')
  const welcome = opening ? welcomeOf(flow, state.lang).replace('{event}', event) : ''
  const text = paragraphs(lead, welcome, reply.text)
  const asked = { ...reply, text, ...(step.redraws ? { replaces: true } : {}) }
  return { state, replies: [...(step.replies ?? []), asked], effects, asks: [] }
}

const theOnly = (events: readonly EventFact[]): string | undefined =>
  events.length === 1 ? events[0]?.shortTitle : undefined

/** Small questions whose answer is the person's own words. */
const OWN_WORDS: ReadonlySet<string> = new Set(['birth', 'find', 'appeal'])

function respond(at: Standing, said: Said): Step {
  const { aside, lang } = at.state
  const code = said.kind === 'text' ? readCode(said.text) : undefined
  if (code) return openCode(at, code)
  // The reason of an appeal may well sound like an answer to something else.
  const own = aside && said.kind === 'text' && OWN_WORDS.has(aside.kind) ? answerAside(at, aside, said) : undefined
  const answered = own ?? answerResult(at, said) ?? attend(at, said) ?? confirmSeen(at, said) ?? answerOffer(at, said)
  if (answered) return answered
  if (said.kind === 'button' && said.asked !== at.state.asked) return stale(at)
  if (aside) {
    const answered = answerAside(at, aside, said)
    if (answered) return answered
    if (said.kind === 'button') return stale(at)
    return respond(moved(at, withoutAside(at.state)), said)
  }
  const unopened = at.state.question === null || at.state.idle
  const talking = !unopened && !at.state.done
  switch (said.kind) {
    case 'text':
      return hear(at, said.text)
    case 'button':
      return talking ? press(at, said.value) : stale(at)
    case 'contact':
      return talking && at.open?.kind.wantsContact
        ? answer(at, said, said.phone)
        : tell(at, talking, say(lang, 'contact_not_now'))
    case 'file':
      return talking && at.open?.kind.wantsFile
        ? answer(at, said, said.caption ?? '')
        : tell(at, talking, say(lang, 'photo_not_now'))
    case 'sheet':
      return tell(at, talking, say(lang, 'file_wrong_type'))
    case 'lost_file':
      return tell(at, talking, say(lang, `file_${said.problem}`))
    case 'other':
      return tell(at, talking || at.state.question === null, say(lang, said.what))
  }
}

/** With the consent given, what the first message already answered is taken. */
function consented(at: Standing, step: Step): Step {
  const { held, ...state } = step.state
  if (held === undefined || at.state.question !== 'consent' || step.asks?.length || !state.answers.consent) return step
  const filled = fill(standing(at.flow, state, at.facts), held)
  return filled ? { ...filled, effects: [...(step.effects ?? []), ...(filled.effects ?? [])] } : { ...step, state }
}
