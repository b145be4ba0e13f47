// A message that belongs to another conversation than the chat's current one: the chat changes over, and it is taken there.
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import { audit } from '../db/audit.ts'
import { bindOfficer, findInvitation, noteWrong, officerOf, triedTooMany } from '../db/officer.ts'
import {
  addChatNotices,
  type LeftMessage,
  lastLeft,
  leftMessage,
  moveChat,
  otherChats,
  redeemCode,
  retell,
} from '../db/people.ts'
import type { Database } from '../db/schema.ts'
import type { Waiting } from '../db/waiting.ts'
import type { Ask, Outcome } from '../flows/asks.ts'
import { addressedTo, arrived, isBare, isResting, nameOf } from '../flows/people.ts'
import { say } from '../flows/speak.ts'
import type { Lang, State } from '../flows/types.ts'
import type { Seal } from '../seal.ts'
import { newestFact, type Person } from './person.ts'
import { findHolder } from './results.ts'

type Db = Kysely<Database>
type MoveAsk = Extract<Ask, { readonly kind: 'move' }>

/** Lets the person's chat change over; an outcome where that is refused, undefined where it is done. */
export async function move(
  trx: Db,
  seal: Seal,
  { waiting, incoming, state }: Person,
  { to, forgets }: MoveAsk,
): Promise<Outcome | undefined> {
  const { chat_id, inbox_id, conversation_id: from } = waiting
  if (to.kind === 'office') return bind(trx, seal, waiting, to.code, forgets)
  const target = await find(trx, seal, waiting, to)
  if (target === undefined) return { kind: 'move', why: 'unknown' }
  if (target === 'same' || target === 'limited') return { kind: 'move', why: target }
  const interrupts = !isResting(arrived(state))
  await moveChat(trx, { chat_id, inbox_id, from, to: target, moved: to.kind, forgets, interrupts })
  if (to.kind === 'answered') {
    const { quotes: _, ...message } = incoming
    const told = { ...message, said: to.said, ...(to.message ? { quotes: to.message } : {}) }
    const payload = seal.sealJson(`inbox.payload:${inbox_id}`, told)
    await retell(trx, { inbox_id, payload, file: to.said.kind === 'file' ? to.said.file.id : null, to: target })
  }
  if (to.kind === 'linked' || to.kind === 'found') {
    const action = to.kind === 'linked' ? 'chat.link' : 'chat.find'
    await audit(trx, seal, [{ by: 'chat', action, subject: target, detail: { chat_id } }])
    await tellOthers(trx, seal, target, waiting)
  }
  return undefined
}

/** The chats that knew the person before hear of the new one, so that a stolen code is seen. */
async function tellOthers(trx: Db, seal: Seal, conversation: string, { chat_id, inbox_id }: Waiting): Promise<void> {
  const others = await otherChats(trx, conversation, chat_id)
  await addChatNotices(
    trx,
    others.map(({ id: chat, language, state, shared }) => {
      const id = randomUUIDv7()
      const lang = language as Lang
      const reply = { text: say(lang, 'linked_elsewhere') }
      const known = state && seal.openJson<State>(`conversation.state:${conversation}`, state)
      const name = (known && nameOf(known)) ?? say(lang, 'nameless')
      const content = seal.sealJson(`ledger.content:${id}`, shared ? addressedTo(reply, name, lang) : reply)
      return { id, chat_id: chat, conversation_id: conversation, occurrence: inbox_id, content }
    }),
  )
}

/** Makes the chat an officer's by an invitation, in a conversation of its own. */
async function bind(
  trx: Db,
  seal: Seal,
  waiting: Person['waiting'],
  code: string,
  forgets: boolean,
): Promise<Outcome | undefined> {
  const { chat_id, inbox_id, conversation_id: from } = waiting
  const limited = await triedTooMany(trx, chat_id, 'invitation')
  const found = await findInvitation(trx, seal.lookup('invitation', code))
  if (limited || !found) {
    await noteWrong(trx, chat_id, 'invitation')
    return { kind: 'move', why: 'unknown' }
  }
  const { id, event_id, association } = found
  if (await officerOf(trx, event_id, chat_id)) return { kind: 'move', why: 'bound' }
  const to = randomUUIDv7()
  await moveChat(trx, { chat_id, inbox_id, from, to, moved: 'office', forgets })
  const officer = randomUUIDv7()
  const name = found.name && seal.seal(`officer.name:${officer}`, seal.open(`invitation.name:${id}`, found.name))
  await bindOfficer(trx, id, { id: officer, event_id, association, name, chat_id, conversation_id: to })
  await audit(trx, seal, [{ by: 'chat', action: 'officer.bind', subject: association, detail: { officer, chat_id } }])
  return undefined
}

async function find(
  trx: Db,
  seal: Seal,
  waiting: Person['waiting'],
  to: Exclude<MoveAsk['to'], { readonly kind: 'office' }>,
): Promise<string | 'same' | 'limited' | undefined> {
  if (to.kind === 'found') return findHolder(trx, seal, waiting, to)
  if (to.kind === 'new') return randomUUIDv7()
  if (to.kind === 'linked') return redeemCode(trx, seal.lookup('link', to.code), waiting.conversation_id)
  return waiting.people.find(({ id }) => id === to.person)?.id
}

/**
 * Finds what this message answers. A button and a quote say themselves which message they are about; else, on a chat of
 * several people, it is the newest, or the notice that waits for such a word. Undefined where that is another person's:
 * then the chat changes over, and the message is taken there.
 */
export async function addressee(trx: Db, person: Person): Promise<Person | undefined> {
  const { waiting, incoming, said, state } = person
  const about = incoming.quotes || incoming.press?.message
  const named =
    about && (waiting.people.length > 1 || incoming.quotes) && (await leftMessage(trx, waiting.chat_id, about))
  if (named) return go(trx, person, named, incoming.quotes !== undefined)
  if (waiting.people.length < 2 || said.kind === 'other') return person
  const bare = isBare(said)
  if (!bare && said.kind === 'text' && !isResting(state)) return person
  const left = await lastLeft(trx, waiting.chat_id)
  const waits = bare && (left[0]?.purpose !== 'reply' || isResting(state)) ? waitingFor(left) : []
  // Once the chat has changed over, only what was sent to its person can be meant.
  const own = waiting.moved ? waits.filter(one => one.conversation_id === waiting.conversation_id) : waits
  if (own.length < 2) return go(trx, person, own[0] ?? left[0], own.length > 0)
  const whose = own.map(one => ({ person: one.conversation_id as string, message: one.message_id }))
  return { ...person, facts: { ...person.facts, whose } }
}

/** The newest open notice of each person. */
const waitingFor = (left: Awaited<ReturnType<typeof lastLeft>>) =>
  left.filter((one, i) => one.open && left.findIndex(l => l.open && l.conversation_id === one.conversation_id) === i)

/** To the person of a message, which is then the one that a bare word answers. */
async function go(trx: Db, person: Person, message: LeftMessage | undefined, answers: boolean) {
  const { waiting, state } = person
  const { people, chat_id, inbox_id, conversation_id: from, registrations } = waiting
  const to = message?.conversation_id
  if (to && to !== from && !waiting.moved && people.some(({ id }) => id === to)) {
    await moveChat(trx, {
      chat_id,
      inbox_id,
      from,
      to,
      moved: 'answered',
      forgets: false,
      interrupts: !isResting(state),
    })
    return undefined
  }
  if (!answers || !message || to !== from) return person
  const { newest: _, ...facts } = person.facts
  const { id, purpose, registration, nomination } = message
  const about = registration ?? nomination
  const newest = purpose === 'reply' || !about ? null : { id, purpose, registration, nomination }
  return { ...person, facts: { ...facts, ...newestFact(facts.events, { newest, registrations }) } }
}
