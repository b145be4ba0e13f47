// An officer's talk: nominating, looking, changing. A conversation of its own, beside that of the worker he may be.

import { readCode } from '../domain/claim-code.ts'
import { clean } from '../domain/clean.ts'
import { readLanguage } from '../domain/command.ts'
import { readGreeting } from '../domain/greeting.ts'
import { readNominee, readNomineeList, readNomineeSheet } from '../domain/nominee-list.ts'
import { type OfficeCommand, readOfficeCommand } from '../domain/office-command.ts'
import { words } from '../domain/words.ts'
import { readYesNo } from '../domain/yes-no.ts'
import type { Facts } from './facts.ts'
import { THANKS } from './hear.ts'
import { scheduleText } from './info.ts'
import { act, confirmAct, resend } from './office-act.ts'
import { acronym, type Desk, done, type Move, reply, template } from './office-desk.ts'
import { correct, dropDraft, hearList, judged, remindDraft, save, strike } from './office-list.ts'
import { answerOne, beginOne } from './office-one.ts'
import { officeResults } from './office-results.ts'
import { confirmErase, digests, eraseSure, myData, type Own, whySent } from './office-rights.ts'
import type { Asking } from './office-types.ts'
import { cards, listText, quotaText, statusText } from './office-view.ts'
import { say } from './speak.ts'
import type { Said, State, Turn } from './types.ts'

/** Takes one message of an officer. Like the engine: with `asks` the host calls again with their outcomes. */
export function officeTurn(before: State, said: Said, facts: Facts): Turn {
  const office = facts.office
  const state = { ...before, turn: before.turn + 1 }
  if (!office) return done(state, reply(say(state.lang, 'office_over')))
  const event = facts.events.find(one => one.id === office.event)
  const own = { state, office, facts, lang: state.lang }
  const move = !event
    ? afterwards({ ...own, event }, said)
    : facts.moved
      ? greet({ ...own, event })
      : respond({ ...own, event }, said)
  if (move.asks?.length) return { state: before, replies: [], effects: [], asks: move.asks }
  return { state: move.state, replies: move.replies ?? [], effects: move.effects ?? [], asks: [] }
}

/** The event is over: what is left to say. */
function afterwards(desk: Own, said: Said): Move {
  const text = said.kind === 'text' && !desk.facts.moved ? said.text : ''
  const asking = desk.state.office?.asking
  const confirmed = asking?.kind === 'erase' && confirmErase(desk, text)
  if (confirmed) return confirmed
  const command = readOfficeCommand(text)
  return (command && anyTime(desk, command)) ?? tell(desk, say(desk.lang, 'office_over'))
}

/** What an officer may ask also when nothing is nominated any more; undefined where it is something else. */
function anyTime(desk: Own, { kind }: OfficeCommand): Move | undefined {
  switch (kind) {
    case 'results':
      return officeResults(desk.state, desk.office, desk.facts)
    case 'why':
      return whySent(desk)
    case 'my_data':
      return myData(desk)
    case 'erase':
      return eraseSure(desk)
    case 'human':
      return { ...tell(desk, say(desk.lang, 'human')), effects: [{ kind: 'task', task: 'help', question: 'office' }] }
    case 'worker':
      return toWorker(desk)
    default:
      return undefined
  }
}

const tell = (desk: Own, ...texts: readonly string[]): Move => ({
  state: desk.state,
  replies: texts.map(text => ({ text })),
})

const greet = (desk: Desk): Move =>
  tell(
    desk,
    say(desk.lang, desk.facts.moved === 'office' ? 'office_welcome' : 'office_back', {
      association: acronym(desk.office.association),
      event: desk.event.shortTitle,
    }),
    say(desk.lang, 'office_help'),
  )

function respond(desk: Desk, said: Said): Move {
  const { lang, state } = desk
  const today = desk.event.dateStart
  switch (said.kind) {
    case 'text':
      return hear(desk, said.text)
    case 'sheet':
      return hearList(desk, () => readNomineeSheet(said.rows, { today }), true)
    case 'contact': {
      const lines = [said, ...(said.others ?? [])].map(card =>
        readNominee(`${card.name ?? ''} ; ${card.phone}`, { today }, 1),
      )
      return lines.every(({ name }) => name)
        ? hearList(desk, () => ({ ok: true, value: lines }), false)
        : tell(desk, say(lang, 'office_contact_nameless'))
    }
    case 'file':
      return tell(desk, say(lang, 'office_photo'))
    case 'lost_file':
      return tell(desk, say(lang, said.problem === 'unreachable' ? 'file_unreachable' : 'office_file'))
    case 'button':
      return { state: { ...state, turn: state.turn - 1 }, replies: [{ text: say(lang, 'stale'), popup: true }] }
    case 'other':
      return tell(desk, say(lang, said.what))
  }
}

/** "Oke, simpan saja": the word itself says yes. */
const SAVES =
  /^(?:(?:ya|iya|ok|oke|okey|okay|sip|siap|nggih|dong|tolong|silakan|mohon|langsung) )*(?:di)?simpan(?:kan|no|en)?(?: (?:saja|aja|ya|semua|semuanya|dong|pak|bu))*$/

function hear(desk: Desk, text: string): Move {
  const { lang, state, facts } = desk
  const { asking, draft } = state.office ?? {}
  const code = readCode(text)
  if (code) return tell(desk, say(lang, code.kind === 'claim' ? 'office_claim' : 'office_bound'))
  const language = readLanguage(text)
  if (language && language !== 'ask')
    return tell({ ...desk, state: { ...state, lang: language } }, say(language, 'language_set'))
  const outcome = facts.outcomes.find(one => one.kind === 'office_judge')
  if (outcome) return judged(desk, outcome)
  const command = readOfficeCommand(text)
  const yes = readYesNo(text)
  const answered = asking && answerAsked(desk, asking, text, command)
  if (answered) return answered
  if (draft) {
    const [, n, line] = /^\W{0,2}(\d{1,3})\s*[:.)=]\s*(\S.*)$/.exec(clean(text)) ?? []
    if (n && line && !text.trim().includes('\n')) return correct(desk, Number(n), line)
    if (SAVES.test(words(text))) return save(desk)
    if (yes.ok) return yes.value === 'YES' ? save(desk) : dropDraft(desk)
  }
  if (command) return run(desk, command)
  const list = readNomineeList(text, { today: desk.event.dateStart })
  if (list.ok || list.reason !== 'LIST_EMPTY') return hearList(desk, () => list, false)
  if (draft) return remindDraft(desk)
  if (THANKS.test(text)) return tell(desk, say(lang, 'you_are_welcome'))
  const greeting = readGreeting(text)
  if (!greeting) return tell(desk, say(lang, 'office_unread'), say(lang, 'office_help'))
  const hello = say(lang, greeting.salam === 'islam' ? 'salam' : 'hello')
  if (!greeting.rest) return tell(desk, hello, say(lang, 'office_hint'))
  const heard = hear(desk, greeting.rest)
  return heard.asks ? heard : { ...heard, replies: [{ text: hello }, ...(heard.replies ?? [])] }
}

/** The answer to a small question; undefined where the text is none. "Batal" is a no. */
function answerAsked(desk: Desk, asking: Asking, text: string, command: OfficeCommand | undefined): Move | undefined {
  if (asking.kind === 'erase') return confirmErase(desk, text)
  const drops = command?.kind === 'drop'
  if (asking.kind !== 'cancel' && asking.kind !== 'replace') return drops ? undefined : answerOne(desk, asking, text)
  const read = readYesNo(text)
  return read.ok || drops ? confirmAct(desk, asking, read.ok && read.value === 'YES' && !drops) : undefined
}

function run(desk: Desk, command: OfficeCommand): Move {
  const { lang, state, office } = desk
  const always = anyTime(desk, command)
  if (always) return always
  const view = () => {
    const outcome = desk.facts.outcomes.find(one => one.kind === 'office_view')
    return outcome?.view
  }
  const looked = (show: (v: NonNullable<ReturnType<typeof view>>) => Move): Move => {
    const seen = view()
    return seen ? show(seen) : { state, asks: [{ kind: 'office_view', event: office.event }] }
  }
  switch (command.kind) {
    case 'quota':
      return looked(seen => tell(desk, quotaText(lang, seen)))
    case 'status':
      return looked(seen => tell(desk, quotaText(lang, seen), statusText(desk, seen)))
    case 'list':
      return looked(seen => tell(desk, listText(desk, seen)))
    case 'cards':
      return looked(seen => cards(desk, seen))
    case 'resend':
      return resend(desk, command.whom)
    case 'cancel':
    case 'replace':
      return looked(seen => act(desk, command, seen))
    case 'strike':
      return state.office?.draft ? strike(desk, command.numbers) : tell(desk, say(lang, 'office_no_draft'))
    case 'drop':
      return dropDraft(desk)
    case 'nominate':
      return beginOne(desk)
    case 'template':
      return template(desk)
    case 'schedule':
      return tell(desk, scheduleText(lang, desk.event))
    case 'stop':
      return digests(desk, false)
    case 'start':
      return state.stopped ? digests(desk, true) : help(desk)
    default:
      return help(desk)
  }
}

const help = (desk: Desk): Move =>
  desk.state.office?.draft ? remindDraft(desk) : tell(desk, say(desk.lang, 'office_help'))

/** The officer goes on as the worker he may be; the first time that is a new conversation. */
function toWorker(desk: Own): Move {
  const worker = desk.facts.people.find(person => person.office === undefined)
  const to = worker ? ({ kind: 'switched', person: worker.id } as const) : ({ kind: 'new' } as const)
  const refused = desk.facts.outcomes.some(one => one.kind === 'move')
  return refused
    ? tell(desk, say(desk.lang, 'office_help'))
    : { state: desk.state, asks: [{ kind: 'move', to, forgets: false }] }
}
