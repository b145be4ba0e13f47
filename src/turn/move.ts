// A message that belongs to another conversation than the chat's current one: the chat changes over, and it is taken there.
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import { audit } from '../db/audit.ts'
import { addChatNotices, moveChat, otherChats, redeemCode, whoseMessage } from '../db/people.ts'
import type { Database } from '../db/schema.ts'
import type { Waiting } from '../db/waiting.ts'
import type { Ask, Outcome } from '../flows/asks.ts'
import { addressedTo, answersNewest, nameOf } from '../flows/people.ts'
import { say } from '../flows/speak.ts'
import type { Lang, State } from '../flows/types.ts'
import type { Seal } from '../seal.ts'
import type { Person } from './person.ts'
import { findHolder } from './results.ts'

type Db = Kysely<Database>
type MoveAsk = Extract<Ask, { readonly kind: 'move' }>

/** Lets the person's chat change over; an outcome where that is refused, undefined where it is done. */
export async function move(
  trx: Db,
  seal: Seal,
  { waiting }: Person,
  { to, forgets }: MoveAsk,
): Promise<Outcome | undefined> {
  const { chat_id, inbox_id, conversation_id: from } = waiting
  const target = await find(trx, seal, waiting, to)
  if (target === undefined) return { kind: 'move', why: 'unknown' }
  if (target === 'same' || target === 'limited') return { kind: 'move', why: target }
  await moveChat(trx, { chat_id, inbox_id, from, to: target, moved: to.kind, forgets })
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

async function find(
  trx: Db,
  seal: Seal,
  waiting: Person['waiting'],
  to: MoveAsk['to'],
): Promise<string | 'same' | 'limited' | undefined> {
  if (to.kind === 'found') return findHolder(trx, seal, waiting, to)
  if (to.kind === 'new') return randomUUIDv7()
  if (to.kind === 'linked') return redeemCode(trx, seal.lookup('link', to.code), waiting.conversation_id)
  return waiting.people.find(({ id }) => id === to.person)?.id
}

/**
 * On a chat of several people: sends a message that answers what was put to another one of them to that conversation.
 * True where it did. A button and a quote say themselves which message they are about; else it is the newest.
 */
export async function redirect(trx: Db, { waiting, incoming, said, state }: Person): Promise<boolean> {
  const { people, chat_id, inbox_id, conversation_id: from } = waiting
  if (people.length < 2 || waiting.moved) return false
  const about = incoming.press?.message || incoming.quotes
  const newest = answersNewest(waiting.state ? state : null, said) ? waiting.addressee : null
  const to = (about && (await whoseMessage(trx, chat_id, about))) ?? newest
  if (!to || to === from || !people.some(({ id }) => id === to)) return false
  await moveChat(trx, { chat_id, inbox_id, from, to, moved: 'answered', forgets: false })
  return true
}
