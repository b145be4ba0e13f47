// One person on many chats, many persons on one: the code that links, ORANG LAIN, GANTI ORANG, and who a reply is for.
import { readAttendance } from '../domain/attendance.ts'
import { readCommand } from '../domain/command.ts'
import { readYesNo } from '../domain/yes-no.ts'
import type { Destination } from './asks.ts'
import type { AskedFact, Facts, PersonFact } from './facts.ts'
import { statusText } from './info.ts'
import { acronym } from './office-desk.ts'
import { type Standing, talking } from './progress.ts'
import { paragraphs } from './put.ts'
import { askResults, resultsOf, shown } from './result.ts'
import { say, sayChoice } from './speak.ts'
import { ask, type Step, tell, withoutAside } from './step.ts'
import type { Aside, Lang, Option, Reply, Said, State } from './types.ts'

/** As many names as fit into one list beside the ways on. */
const PAGE = 5

/** The name a conversation has been given; null before. */
export const nameOf = (state: State): string | null =>
  (state.answers.name?.value as { readonly name?: string } | null | undefined)?.name ?? null

/** Shows a code that another chat may join with. There must be something to join. */
export function link(at: Standing): Step {
  const { state, facts } = at
  if (!state.answers.consent && facts.registrations.length === 0) return tell(at, false, say(state.lang, 'link_how'))
  const outcome = facts.outcomes.find(o => o.kind === 'link_code')
  if (!outcome) return { state, put: false, asks: [{ kind: 'link_code' }] }
  const { code, minutes } = outcome
  return { state, put: false, replies: [{ text: say(state.lang, 'link_code', { code, minutes }), secret: true }] }
}

/** Somebody typed a code: this chat joins the conversation that showed it, or hears that it is not valid. */
export const joinBy = (at: Standing, code: string): Step => move(at, { kind: 'linked', code })

function move(at: Standing, to: Destination): Step {
  const { state, facts } = at
  const refused = facts.outcomes.find(o => o.kind === 'move')
  if (refused) return tell(at, talking(at), say(state.lang, refused.why === 'same' ? 'link_elsewhere' : 'link_unknown'))
  return { state, put: false, asks: [{ kind: 'move', to, forgets: nameOf(state) === null }] }
}

/** Another person registers through this chat. Who has no name yet may just as well be that person. */
export const otherPerson = (at: Standing): Step =>
  nameOf(at.state) === null && at.facts.registrations.length === 0
    ? { state: at.state, put: true, lead: [say(at.state.lang, 'other_first')] }
    : move(at, { kind: 'new' })

/** Asks whose turn it is, where there is anybody to choose. */
export const switchPerson = (at: Standing): Step =>
  at.facts.people.length > 1
    ? ask(at, { kind: 'person', page: 0 })
    : tell(at, talking(at), say(at.state.lang, 'only_one'))

const personName = ({ name, office }: PersonFact, lang: Lang): string =>
  office === undefined ? (name ?? say(lang, 'nameless')) : say(lang, 'office_name', { association: acronym(office) })

/** The chat's officer speaks again; false where it has none. */
export function asOfficer(at: Standing): Step | undefined {
  const officer = at.facts.people.find(person => person.office !== undefined)
  return officer && move(at, { kind: 'switched', person: officer.id })
}

/** The people of this chat as choices, some a page. */
export function personOptions({ state, facts }: Standing, page: number): readonly Option[] {
  const { people } = facts
  const shown = people.slice(page * PAGE, (page + 1) * PAGE)
  const next = (page + 1) * PAGE < people.length ? page + 1 : 0
  return [
    ...shown.map(person => ({ value: person.id, label: personName(person, state.lang) })),
    ...(people.length > PAGE ? [{ value: `page:${next}`, label: sayChoice(state.lang, 'more') }] : []),
    { value: 'new', label: sayChoice(state.lang, 'other_person') },
  ]
}

/** What a choice of `personOptions` brings about. */
export function choosePerson(at: Standing, value: string): Step {
  if (value.startsWith('page:')) return ask(at, { kind: 'person', page: Number(value.slice(5)) })
  if (value === 'new') return otherPerson(at)
  const chosen = at.facts.people.find(person => person.id === value)
  return !chosen || chosen.current ? arrive(at, 'switched') : move(at, { kind: 'switched', person: value })
}

/** Several people of the chat were asked something, and this may answer any of them. */
export const askWhose = (at: Standing, said: Said, asked: readonly AskedFact[]): Step =>
  ask(at, { kind: 'whose', said, asked })

/** Those who were asked, as choices. */
export const whoseOptions = ({ state, facts }: Standing, asked: readonly AskedFact[]): readonly Option[] =>
  facts.people
    .filter(({ id }) => asked.some(({ person }) => person === id))
    .map(person => ({ value: person.id, label: personName(person, state.lang) }))

/** Gives the answer to whom it was meant for. */
export function chooseWhose(
  { state }: Standing,
  { said, asked }: Extract<Aside, { kind: 'whose' }>,
  value: string,
): Step {
  const message = asked.find(({ person }) => person === value)?.message ?? null
  const to = { kind: 'answered', person: value, said, message } as const
  return { state, put: false, asks: [{ kind: 'move', to, forgets: false }] }
}

/** A conversation to which the chat has changed over: "for whom?" was asked where it came from. */
export const arrived = (state: State): State =>
  state.aside?.kind === 'person' || state.aside?.kind === 'whose' ? withoutAside(state) : state

/** The first words in a conversation to which the chat has just changed over. */
export function arrive(at: Standing, how: NonNullable<Facts['moved']>): Step {
  const { lang } = at.state
  if (how === 'found') return found(at)
  const word = at.facts.people.some(person => person.office !== undefined) ? 'self_begins' : 'other_begins'
  if (how === 'new') return { state: at.state, put: true, lead: [say(lang, word)] }
  const rest = talking(at) ? '' : statusText(at)
  return tell(at, talking(at), how === 'linked' ? say(lang, 'linked') : say(lang, 'continue'), rest)
}

/** Who came back by a certificate sees it, and is asked whether to be reminded of its renewal. */
function found(at: Standing): Step {
  const results = resultsOf(at)
  if (!results) return askResults(at)
  const newest = results.findLast(one => one.certificate !== null)
  return newest ? shown(at, newest, say(at.state.lang, 'find_found')) : tell(at, talking(at), statusText(at))
}

const isShared = (people: readonly PersonFact[]): boolean => people.length > 1

/** On a chat of several people each reply says for whom it is. */
export function addressed(replies: readonly Reply[], state: State, facts: Facts): readonly Reply[] {
  if (!isShared(facts.people) || state.aside?.kind === 'person' || state.aside?.kind === 'whose') return replies
  const current = facts.people.find(person => person.current)
  const name = nameOf(state) ?? (current ? personName(current, state.lang) : say(state.lang, 'nameless'))
  return replies.map(reply => (reply.passedOn ? reply : addressedTo(reply, name, state.lang)))
}

/** A message with the name of whom it is for before it, unless it begins with it; a pop-up has no room for it. */
export const addressedTo = (reply: Reply, name: string, lang: Lang): Reply =>
  reply.popup || reply.text.slice(0, SALUTATION + name.length).includes(name)
    ? reply
    : { ...reply, text: paragraphs(say(lang, 'for_whom', { name }), reply.text) }

/** As many letters as stand before a name at most: "Terima kasih, ". */
const SALUTATION = 14

/**
 * Whether what was said may answer what was put to another person of the chat than the one who is talking: a bare
 * number, a date, a yes or no, whether somebody comes, a picture, a contact.
 */
export const isBare = (said: Said): boolean =>
  said.kind === 'text'
    ? !readCommand(said.text).ok &&
      (/^\W*\d{1,2}\W*$/.test(said.text) ||
        DATE.test(said.text) ||
        readYesNo(said.text).ok ||
        readAttendance(said.text).ok)
    : said.kind === 'file' || said.kind === 'contact'

/** True where nothing is asked in this conversation. */
export const isResting = (state: State): boolean =>
  !state.aside && (state.question === null || state.done || state.idle)

const DATE = /^\W*\d{1,2}[\s./-]+(?:\d{1,2}|[a-z]{3,9})[\s./-]+(?:\d{2}|\d{4})\W*$/i
