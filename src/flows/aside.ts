// Answers to the small questions in between: "Apakah maksudnya …?", "Yakin?", "Nomor berapa?".
import type { CommandName } from '../domain/command.ts'
import { readCorrection } from '../domain/command.ts'
import { readMenu } from '../domain/menu.ts'
import { readYesNo } from '../domain/yes-no.ts'
import { answerAppeal, hearReason } from './appeal.ts'
import { absent } from './attending.ts'
import { hearBirth, takeGiven } from './claiming.ts'
import { correct, run, setLanguage } from './commands.ts'
import { hearFind } from './find-certificate.ts'
import { statusText } from './info.ts'
import { choosePerson, chooseWhose } from './people.ts'
import { askAgain, type Standing, unchanged } from './progress.ts'
import { asideOptions } from './put.ts'
import { hearResultBirth, renew } from './result.ts'
import { erase } from './rights.ts'
import { say } from './speak.ts'
import { accept, LONGEST, moved, type Step, tell, withoutAside } from './step.ts'
import type { Aside, Lang, Said } from './types.ts'

/** Questions to which "ya" is no answer, even where they offer just two things. */
const LISTS: ReadonlySet<Aside['kind']> = new Set(['choose', 'language', 'person', 'whose'])

/** The option a text or a press picks; undefined when it is something else altogether. */
function pick(aside: Aside, at: Standing, said: Said): string | undefined {
  if (said.kind === 'text' && said.text.length > LONGEST) return undefined
  const options = asideOptions(aside, at)
  if (said.kind === 'button') return options.find(o => o.value === said.value)?.value
  if (said.kind !== 'text') return undefined
  const plain = said.text.trim().toLowerCase()
  const named = options.find(o => o.label.toLowerCase() === plain)
  if (named) return named.value
  if (options.length === 2 && !LISTS.has(aside.kind)) {
    const read = readYesNo(said.text)
    return read.ok ? read.value : undefined
  }
  const number = readMenu(said.text, { options: options.length })
  return number.ok ? options[number.value - 1]?.value : undefined
}

function confirmed(aside: Aside, at: Standing): Step {
  const { lang } = at.state
  switch (aside.kind) {
    case 'suggest':
      return at.open ? accept(at, at.open, aside.value, aside.said, aside.warn, true) : tell(at, true)
    case 'restart': {
      const state = at.flow.questions.filter(q => q.label).reduce((s, q) => askAgain(at.flow, s, q.id), at.state)
      return { state, put: true, lead: [say(lang, 'from_start')] }
    }
    case 'cancel': {
      const idle = moved(at, { ...at.state, idle: true })
      return tell(idle, false, say(lang, 'cancelled', { days: at.context.event?.draftDays ?? 30 }))
    }
    case 'absent':
      return absent(at, aside.number)
    case 'erase':
      return erase(at)
    default: {
      const event = at.facts.registrations.at(-1)?.event ?? ''
      const outcome = at.facts.outcomes.find(o => o.kind === 'withdraw')
      if (!outcome) return { state: at.state, put: false, asks: [{ kind: 'withdraw', event }] }
      const number = at.facts.registrations.at(-1)?.number ?? ''
      const left = moved(at, { ...unchanged(at.state), done: true, idle: false })
      return outcome.done
        ? tell(left, false, say(lang, 'withdrawn', { number }))
        : tell(left, false, say(lang, 'not_withdrawn'), statusText(left))
    }
  }
}

/** What an answer to the small question does; undefined when the message is no answer to it. */
export function answerAside(at: Standing, aside: Aside, said: Said): Step | undefined {
  const there = moved(at, withoutAside(at.state))
  if (aside.kind === 'correct') {
    if (said.kind !== 'text') return undefined
    const numbers = /^\s*\d{1,2}\s*\.?\s*$/.test(said.text)
      ? [Number.parseInt(said.text, 10)]
      : readCorrection(said.text)
    return numbers && correct(there, numbers)
  }
  if (aside.kind === 'born') return hearBirth(at, said)
  if (aside.kind === 'birth') return hearResultBirth(there, aside, said)
  if (aside.kind === 'find') return hearFind(there, aside, said)
  if (aside.kind === 'appeal') {
    const reason = hearReason(there, aside, said)
    if (reason) return reason
  }
  const value = pick(aside, at, said)
  if (value === undefined) return undefined
  if (aside.kind === 'menu')
    return value === 'LANGUAGE'
      ? { state: { ...there.state, aside: { kind: 'language' } }, put: true }
      : run(there, value as CommandName)
  if (aside.kind === 'language') return setLanguage(there, value as Lang)
  if (aside.kind === 'person') return choosePerson(there, value)
  if (aside.kind === 'whose') return chooseWhose(there, aside, value)
  if (aside.kind === 'choose') {
    const chosen = aside.values[Number(value)]
    return value === 'none' || chosen === undefined || !there.open
      ? tell(there, true)
      : accept(there, there.open, chosen, aside.said, [], true)
  }
  if (aside.kind === 'given') return takeGiven(there, value === 'YES')
  if (aside.kind === 'appeal') return answerAppeal(there, aside, value === 'YES')
  if (aside.kind === 'renewal') return renew(there, aside.number, value === 'YES')
  if (value === 'YES') return confirmed(aside, there)
  if (aside.kind === 'erase')
    return tell(there, !there.state.done && there.state.question !== null, say(at.state.lang, 'not_erased'))
  return tell(there, !there.state.done, there.state.done ? say(at.state.lang, 'stays') : '')
}
