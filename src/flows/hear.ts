// Listens to what a person writes: answers, commands, greetings, in the order in which they count.
import { clean } from '../domain/clean.ts'
import { readCommand, readCorrection, readLanguage } from '../domain/command.ts'
import { readGreeting } from '../domain/greeting.ts'
import { readLabelled } from '../domain/labelled.ts'
import { readLinkCode } from '../domain/link-code.ts'
import { readMenu } from '../domain/menu.ts'
import { not } from '../domain/read.ts'
import { readYesNo } from '../domain/yes-no.ts'
import { finish, press } from './answering.ts'
import { correct, run, setLanguage } from './commands.ts'
import { fill } from './fill.ts'
import { statusText } from './info.ts'
import { joinBy } from './people.ts'
import { CONFIRM, optionsOf, type Standing } from './progress.ts'
import { say } from './speak.ts'
import { accept, ask, LONGEST, LONGEST_LABELLED, miss, offer, type Step, tell } from './step.ts'

/** Words: an answer where only certain words are one, then a command, a greeting, and an answer again. */
export function hear(at: Standing, text: string): Step {
  const { state } = at
  if (clean(text) === '' && !/\p{Extended_Pictographic}/u.test(text)) return unread(at, 'EMPTY')
  if (text.length > LONGEST) return long(at, text)
  const talking = state.question !== null && !state.done && !state.idle
  // Where only certain words are an answer, the field goes before the command: "0" is a valid experience.
  const closed = talking && at.open && !at.open.kind.free ? at.open : undefined
  const first = closed?.kind.read({ kind: 'text', text }, at.context)
  if (closed && first?.ok) return accept(at, closed, first.value, text, first.warn ?? [])
  const code = readLinkCode(text)
  if (code) return joinBy(at, code)
  const language = readLanguage(text)
  if (language) return language === 'ask' ? ask(at, { kind: 'language' }) : setLanguage(at, language)
  const numbers = readCorrection(text)
  if (numbers) return correct(at, numbers)
  // What such a field can't read is a command only if the field says so: "operator" may be a trade.
  const command = first && !first.ok && first.reason !== 'COMMAND' ? not('NOT_A_COMMAND') : readCommand(text)
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

/** Only labelled lines may be long; no other reader gets to see so much. */
function long(at: Standing, text: string): Step {
  const labelled = text.length <= LONGEST_LABELLED && readLabelled(text).length > 1
  if (!labelled || at.state.done || at.state.idle) return unread(at, 'TOO_LONG')
  if (at.state.question === null || at.open?.id === 'consent') return open(at, text)
  return fill(at, text) ?? unread(at, 'TOO_LONG')
}

/** A second YA after the registration: what became of it, once more. */
const saysYes = (text: string): boolean => {
  const read = readYesNo(text)
  return read.ok && read.value === 'YES' && !THANKS.test(text)
}

export const THANKS = /^\W*(?:(?:te?ri?ma|makasi?h?|mksh|matur|suwun|thanks?|thx|ok|oke|okey|siap|baik|sip)\b)/i

/** Nothing readable in a message: an open question counts it, else the next step is told. */
const unread = (at: Standing, reason: string): Step =>
  at.state.question === null
    ? open(at, '')
    : at.state.done || at.state.idle
      ? tell(at, false, say(at.state.lang, 'done_hint'))
      : miss(at, reason)

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
  const step = rest
    ? hear(at, rest)
    : tell(at, talking, talking ? '' : say(state.lang, state.done ? 'done_hint' : 'idle'))
  return step.asks?.length ? step : { ...step, lead: [say(state.lang, word), ...(step.lead ?? [])] }
}

/** Reads the open question's answer from words, or says why it can't. */
function understand(at: Standing, text: string): Step {
  const question = at.open
  if (!question) return hearSummary(at, text)
  const lines = readLabelled(text)
  const only = lines.length === 1 && lines[0]?.label === question.id ? lines[0].text : undefined
  if (question.id === 'consent' && lines.length > 0) return open(at, text)
  if (only === undefined) {
    const filled = fill(at, text)
    if (filled) return filled
  }
  const read = question.kind.read({ kind: 'text', text: only ?? text }, at.context)
  if (read.ok) return accept(at, question, read.value, text, read.warn ?? [])
  const options = optionsOf(at)
  const menu = readMenu(text, { options: Math.max(options.length, ...options.map(o => o.number ?? 0)) })
  const picked =
    menu.ok &&
    (options.find(o => o.number === menu.value) ?? options.filter(o => o.number === undefined)[menu.value - 1])
  if (picked) return press(at, picked.value)
  if (read.candidates?.length) return offer(at, read.reason, read.candidates, text)
  if (read.suggest === undefined) return miss(at, read.reason, read.detail)
  const missed = miss(at, read.reason, read.detail)
  return {
    ...missed,
    state: { ...missed.state, aside: { kind: 'suggest', value: read.suggest, said: text, warn: [] } },
  }
}

function hearSummary(at: Standing, text: string): Step {
  const number = /^\s*(\d{1,2})\s*\.?\s*$/.exec(text)
  if (number) return correct(at, [Number(number[1])])
  const filled = fill(at, text)
  if (filled) return filled
  const missed = miss(at, 'UNCLEAR')
  return {
    ...missed,
    lead: [say(at.state.lang, 'summary_unread'), missed.effects ? say(at.state.lang, 'stuck') : ''],
    put: false,
  }
}
