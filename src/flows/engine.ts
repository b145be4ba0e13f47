// The engine: one turn of a conversation. Pure: no clock, no I/O, never throws on anything a person can send.
import { clean } from '../domain/clean.ts'
import { readCommand, readCorrection, readLanguage } from '../domain/command.ts'
import { readGreeting } from '../domain/greeting.ts'
import { readLabelled } from '../domain/labelled.ts'
import { readMenu } from '../domain/menu.ts'
import { readYesNo } from '../domain/yes-no.ts'
import { answerAside } from './aside.ts'
import { correct, run, setLanguage } from './commands.ts'
import { fill } from './fill.ts'
import type { Flow } from './flow.ts'
import { registeredReplies, statusText } from './info.ts'
import { askAgain, CONFIRM, optionsOf, settle, standing, type Standing, upgrade } from './progress.ts'
import { mayRegister, paragraphs, put, putAside } from './put.ts'
import { say, welcomeOf } from './speak.ts'
import { accept, ask, miss, moved, offer, type Step, tell, withoutAside } from './step.ts'
import type { Facts, Reply, Said, State, Turn } from './types.ts'

export { begin } from './progress.ts'

const LONGEST = 1000

/**
 * Takes one message. With `asks` in the result the host carries them out and calls again with the same state and
 * message and their outcomes among the facts. The state is plain JSON; replies are in the order they should leave.
 */
export function turn(flow: Flow, before: State, said: Said, facts: Facts): Turn {
  const state = upgrade(flow, { ...before, turn: before.turn + 1 })
  const at = standing(flow, state, facts)
  const step = consented(at, respond(at, said))
  if (step.asks?.length) return { state: before, replies: [], effects: [], asks: step.asks }
  return close(flow, before, step, facts)
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
  const event = there.context.event?.shortTitle ?? facts.events[0]?.shortTitle ?? ''
  const welcome = opening ? welcomeOf(flow, state.lang).replace('{event}', event) : ''
  const text = paragraphs(lead, welcome, reply.text)
  return { state, replies: [{ ...reply, text, ...(step.redraws ? { replaces: true } : {}) }], effects, asks: [] }
}

function respond(at: Standing, said: Said): Step {
  const { aside, lang } = at.state
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
      return talking && at.open?.kind.wantsContact ? answer(at, said, said.phone) : tell(at, talking, say(lang, 'contact_not_now'))
    case 'file':
      return talking && at.open?.kind.wantsFile ? answer(at, said, said.caption ?? '') : tell(at, talking, say(lang, 'photo_not_now'))
    case 'lost_file':
      return tell(at, talking, say(lang, `file_${said.problem}`))
    case 'other':
      return tell(at, talking || at.state.question === null, say(lang, said.what))
  }
}

/** An old or forged button changes nothing. */
const stale = (at: Standing): Step => ({
  state: { ...at.state, turn: at.state.turn - 1 },
  put: false,
  replies: [{ text: say(at.state.lang, 'stale'), popup: true }],
})

function press(at: Standing, value: string): Step {
  const page = /^page:(\d{1,3})$/.exec(value)
  if (page && at.open && optionsOf({ ...at, state: { ...at.state, page: Number(page[1]) } }).length > 0) {
    return { state: { ...at.state, page: Number(page[1]) }, put: true, redraws: true }
  }
  if (at.open === null) return value === 'YES' ? finish(at) : value === 'CHANGE' ? ask(at, { kind: 'correct' }) : stale(at)
  const read = at.open.kind.read({ kind: 'button', asked: at.state.asked, value }, at.context)
  return read.ok ? accept(at, at.open, read.value, value, read.warn ?? []) : stale(at)
}

/** Reads an answer to the open question from something that is no text. */
function answer(at: Standing, said: Said, words: string): Step {
  if (!at.open) return tell(at, true)
  const read = at.open.kind.read(said, at.context)
  return read.ok ? accept(at, at.open, read.value, words, read.warn ?? []) : miss(at, read.reason, read.detail)
}

function hear(at: Standing, text: string): Step {
  const { state } = at
  if (clean(text) === '' && !/\p{Extended_Pictographic}/u.test(text)) return unread(at, 'EMPTY')
  if (text.length > LONGEST && readLabelled(text).length < 2) return unread(at, 'TOO_LONG')
  const talking = state.question !== null && !state.done && !state.idle
  // Where only certain words are an answer, the field goes before the command: "0" is a valid experience.
  if (talking && at.open && !at.open.kind.free) {
    const read = at.open.kind.read({ kind: 'text', text }, at.context)
    if (read.ok) return accept(at, at.open, read.value, text, read.warn ?? [])
  }
  const language = readLanguage(text)
  if (language) return language === 'ask' ? ask(at, { kind: 'language' }) : setLanguage(at, language)
  const numbers = readCorrection(text)
  if (numbers) return correct(at, numbers)
  const command = readCommand(text)
  const skips = command.ok && command.value === 'SKIP' && !canSkip(at)
  if (command.ok && !skips) return run(at, command.value)
  if (talking && !at.open && state.question === CONFIRM && !/^\W*\d/.test(text)) {
    const read = readYesNo(text)
    if (read.ok) return read.value === 'YES' ? finish(at) : ask(at, { kind: 'correct' })
  }
  if (state.done && saysYes(text)) return tell(at, false, statusText(at))
  const greeting = readGreeting(text)
  if (greeting) return greet(at, greeting.salam === 'islam' ? 'salam' : 'hello', greeting.rest)
  if (state.question === null) return open(at, text)
  if (state.idle) return tell(at, false, say(state.lang, 'idle'))
  if (state.done) return tell(at, false, say(state.lang, THANKS.test(text) ? 'you_are_welcome' : 'done_hint'))
  return at.open ? understand(at, text) : hearSummary(at, text)
}

/** A second YA after the registration: what became of it, once more. */
const saysYes = (text: string): boolean => {
  const read = readYesNo(text)
  return read.ok && read.value === 'YES' && !THANKS.test(text)
}

const THANKS = /^\W*(?:(?:te?ri?ma|makasi?h?|mksh|matur|suwun|thanks?|thx|ok|oke|okey|siap|baik|sip)\b)/i

/** Nothing readable in a message: an open question counts it, else the next step is told. */
const unread = (at: Standing, reason: string): Step =>
  at.state.question === null ? open(at, '') : at.state.done || at.state.idle ? tell(at, false, say(at.state.lang, 'done_hint')) : miss(at, reason)

const canSkip = (at: Standing): boolean =>
  at.open !== null && (at.open.skippable === true || at.state.answers[at.open.id]?.again === true)

/** Whatever a new person sends opens the conversation; answers in it wait for the consent. */
function open(at: Standing, text: string): Step {
  const held = readLabelled(text).length > 0 ? { held: text } : {}
  return { state: { ...at.state, ...held }, put: true }
}

/** Returns a greeting; what stands behind it is heard, and a bare one is no misreading. */
function greet(at: Standing, word: 'salam' | 'hello', rest: string): Step {
  const { state } = at
  const talking = !state.done && !state.idle
  const step = rest ? hear(at, rest) : tell(at, talking, talking ? '' : say(state.lang, state.done ? 'done_hint' : 'idle'))
  return step.asks?.length ? step : { ...step, lead: [say(state.lang, word), ...(step.lead ?? [])] }
}

/** Reads the open question's answer from words, or says why it can't. */
function understand(at: Standing, text: string): Step {
  const question = at.open
  if (!question) return hearSummary(at, text)
  const lines = readLabelled(text)
  const only = lines.length === 1 && lines[0]?.label === question.id ? lines[0].text : undefined
  if (only === undefined && question.id !== 'consent') {
    const filled = fill(at, text)
    if (filled) return filled
  }
  const read = question.kind.read({ kind: 'text', text: only ?? text }, at.context)
  if (read.ok) return accept(at, question, read.value, text, read.warn ?? [])
  const options = optionsOf(at)
  const menu = readMenu(text, { options: Math.max(options.length, ...options.map(o => o.number ?? 0)) })
  const picked = menu.ok && (options.find(o => o.number === menu.value) ?? options.filter(o => o.number === undefined)[menu.value - 1])
  if (picked) return press(at, picked.value)
  if (read.candidates?.length) return offer(at, read.reason, read.candidates, text)
  if (read.suggest === undefined) return miss(at, read.reason, read.detail)
  const missed = miss(at, read.reason, read.detail)
  return { ...missed, state: { ...missed.state, aside: { kind: 'suggest', value: read.suggest, said: text, warn: [] } } }
}

/** With the consent given, what the first message already answered is taken. */
function consented(at: Standing, step: Step): Step {
  const { held, ...state } = step.state
  if (held === undefined || at.state.question !== 'consent' || step.asks?.length || !state.answers.consent) return step
  const filled = fill(standing(at.flow, state, at.facts), held)
  return filled ? { ...filled, effects: [...(step.effects ?? []), ...(filled.effects ?? [])] } : { ...step, state }
}

function hearSummary(at: Standing, text: string): Step {
  const number = /^\s*(\d{1,2})\s*\.?\s*$/.exec(text)
  if (number) return correct(at, [Number(number[1])])
  const filled = fill(at, text)
  if (filled) return filled
  const missed = miss(at, 'UNCLEAR')
  return { ...missed, lead: [say(at.state.lang, 'summary_unread'), missed.effects ? say(at.state.lang, 'stuck') : ''], put: false }
}

/** Hands the finished answers over, and tells the number they got. */
function finish(at: Standing): Step {
  if (!mayRegister(at)) return tell(at, true)
  const outcome = at.facts.outcomes.find(o => o.kind === 'register')
  const warnings = at.applying.flatMap(q => at.state.answers[q.id]?.warn ?? [])
  if (!outcome) return { state: at.state, put: false, asks: [at.flow.finish(at.context.answers, at.context, warnings)] }
  if ('taken' in outcome) return miss(moved(at, askAgain(at.flow, at.state, 'nik')), 'NIK_TAKEN')
  const { returned: _, ...state } = at.state
  const corrected = at.facts.registrations.some(r => r.number === outcome.number)
  return {
    state: { ...state, done: true, misses: 0 },
    put: false,
    replies: registeredReplies(at, outcome.number, corrected),
  }
}
