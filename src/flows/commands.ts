// What each command does, whenever it is said.
import type { CommandName } from '../domain/command.ts'
import { appeal } from './appeal.ts'
import { askForSeat } from './attending.ts'
import { helpText, scheduleText, statusText } from './info.ts'
import { asOfficer, link, otherPerson, switchPerson } from './people.ts'
import { askAgain, begin, isActive, isOpen, type Standing, talking } from './progress.ts'
import { mayRegister, summaryText } from './put.ts'
import { showResults } from './result.ts'
import { eraseSure, myData, whySent } from './rights.ts'
import { say } from './speak.ts'
import { accept, ask, moved, type Step, tell } from './step.ts'
import type { Lang, State } from './types.ts'

/** The registration of a finished conversation may still be corrected: not yet decided, or returned. */
const correctable = (at: Standing): boolean => {
  const status = at.facts.registrations.at(-1)?.status
  return !at.state.done || status === 'MENUNGGU_VERIFIKASI' || status === 'PERLU_PERBAIKAN'
}

/**
 * After an event is over or a registration ended, the next one begins with the old answers to confirm. Pictures are
 * asked for anew: they were kept for the former only.
 */
function anew(at: Standing): State {
  const dropped = new Set(['consent', 'event', ...at.flow.questions.filter(q => q.kind.wantsFile).map(q => q.id)])
  const kept = Object.fromEntries(Object.entries(at.state.answers).filter(([id]) => !dropped.has(id)))
  const state = { ...begin(at.flow, at.state.lang), turn: at.state.turn, stopped: at.state.stopped, answers: kept }
  return at.flow.questions.filter(q => q.label).reduce((s, q) => askAgain(at.flow, s, q.id), state)
}

function start(at: Standing): Step {
  const { state, facts } = at
  const { lang } = state
  const running = facts.registrations.some(r => isActive(r) && facts.events.some(e => e.id === r.event))
  if (state.stopped) {
    const back = moved(at, { ...state, stopped: false })
    const effects = [{ kind: 'reminders', on: true } as const]
    return { ...tell(back, talking(back), say(lang, 'started_again')), effects }
  }
  if (state.done && (running || !facts.events.some(e => isOpen(e, facts))))
    return tell(at, false, statusText(at), say(lang, 'done_hint'))
  if (state.done) return { state: anew(at), put: true, lead: [say(lang, 'continue')] }
  const active = moved(at, { ...state, idle: false })
  return tell(active, true, state.question === null ? '' : say(lang, 'continue'))
}

export function setLanguage(at: Standing, lang: Lang): Step {
  const there = moved(at, { ...at.state, lang })
  return tell(there, !at.state.done && !at.state.idle, say(lang, 'language_set'))
}

/** Questions to be asked again by their numbers in the summary. */
export function correct(at: Standing, numbers: readonly number[]): Step {
  const { lang } = at.state
  if (Object.keys(at.state.answers).length === 0) return tell(at, talking(at), say(lang, 'nothing_to_change'))
  if (!correctable(at)) return tell(at, false, say(lang, 'cannot_change'))
  const wrong = numbers.find(n => at.steps[n - 1] === undefined)
  if (wrong !== undefined)
    return tell(at, talking(at), say(lang, 'no_such_number', { n: wrong, total: at.steps.length }))
  const corrects = at.state.done ? at.facts.registrations.at(-1)?.number : at.state.corrects
  const state = numbers.reduce((s, n) => askAgain(at.flow, s, at.steps[n - 1]?.id ?? ''), {
    ...at.state,
    ...(corrects ? { corrects } : {}),
    ...(at.state.done ? { before: at.state.answers } : {}),
    done: false,
    idle: false,
  })
  return { state, put: true }
}

function back(at: Standing): Step {
  const { lang } = at.state
  const index = at.open ? at.applying.indexOf(at.open) : at.applying.length
  const before = at.applying.slice(0, index).findLast(q => at.steps.includes(q))
  if (!talking(at) || !before) return tell(at, talking(at), say(lang, 'first_question'))
  return { state: askAgain(at.flow, at.state, before.id), put: true }
}

function skip(at: Standing): Step {
  const { open, state } = at
  const kept = open ? state.answers[open.id] : undefined
  if (open && kept?.again) {
    const { again: _, ...answer } = kept
    return accept(at, open, answer.value, answer.said, answer.warn ?? [], true)
  }
  if (!open?.skippable) return tell(at, talking(at), say(state.lang, 'cannot_skip'))
  const taken = accept(at, open, null, '', [], true)
  return { ...taken, lead: [`${say(state.lang, 'bring_on_the_day')}.`] }
}

function cancel(at: Standing): Step {
  const { state } = at
  const latest = at.facts.registrations.at(-1)
  // Also who is just correcting has a registration, and means that.
  if (latest && isActive(latest) && (state.done || latest.event === state.answers.event?.value))
    return ask(at, { kind: 'withdraw' })
  if (state.done) return tell(at, false, statusText(at))
  return talking(at)
    ? ask(at, { kind: 'cancel' })
    : tell(at, false, say(state.lang, state.idle ? 'idle' : 'status_none'))
}

function schedule(at: Standing): Step {
  const { lang } = at.state
  const told = at.context.event ? [at.context.event] : at.facts.events
  return tell(at, talking(at), ...(told.length ? told.map(e => scheduleText(lang, e)) : [say(lang, 'no_event')]))
}

const help = (at: Standing): Step => ({
  ...tell(at, talking(at), say(at.state.lang, 'human')),
  effects: [{ kind: 'task', task: 'help', ...(at.state.question ? { question: at.state.question } : {}) }],
})

/** Carries out a command. START goes on where the conversation stands and never starts over. */
export function run(at: Standing, command: CommandName): Step {
  const { state } = at
  const { lang } = state
  switch (command) {
    case 'START':
      return start(at)
    case 'REGISTER':
      return askForSeat(at) ?? start(at)
    case 'HELP':
      return tell(at, talking(at) || state.question === null, helpText(at))
    case 'HUMAN':
      return help(at)
    case 'MYDATA':
      return myData(at)
    case 'ERASE':
      return eraseSure(at)
    case 'WHY':
      return whySent(at)
    case 'LINK':
      return link(at)
    case 'OTHER':
      return otherPerson(at)
    case 'SWITCH':
      return switchPerson(at)
    case 'MENU':
      return ask(at, { kind: 'menu' })
    case 'STATUS':
      return tell(at, talking(at), statusText(at))
    case 'SCHEDULE':
      return schedule(at)
    case 'CORRECT':
      if (Object.keys(state.answers).length === 0) return tell(at, talking(at), say(lang, 'nothing_to_change'))
      return correctable(at)
        ? ask(at, { kind: 'correct' }, summaryText(at))
        : tell(at, false, say(lang, 'cannot_change'))
    case 'BACK':
      return back(at)
    case 'SKIP':
      return skip(at)
    case 'CANCEL':
      return cancel(at)
    case 'RESTART':
      return talking(at) && mayRegister(at) ? ask(at, { kind: 'restart' }) : start(at)
    case 'STOP':
      return {
        ...tell({ ...at, state: { ...state, stopped: true } }, false, say(lang, 'stopped')),
        effects: [{ kind: 'reminders', on: false }],
      }
    case 'RESULT':
      return showResults(at)
    case 'APPEAL':
      return appeal(at)
    case 'FIND':
      return ask(at, { kind: 'find' })
    case 'NOMINATE':
      return asOfficer(at) ?? tell(at, talking(at), say(lang, 'no_nomination'))
  }
}
