// People of the database and what is sent to them, put there directly.
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { reservedId } from '../../src/bots/message-id.ts'
import type { Channel } from '../../src/bots/port.ts'
import { addChats } from '../../src/db/chat.ts'
import { addNotices } from '../../src/db/registration-decide.ts'
import { addReplies } from '../../src/db/reply.ts'
import type { Reply } from '../../src/flows/types.ts'
import type { House } from '../../src/house.ts'
import type { LeavingReply } from '../../src/turn.ts'

export type Person = {
  readonly channel: Channel
  readonly account: string
  readonly address: string
  readonly chatId: string
  readonly conversationId: string
}

let count = 0

/** A person with a chat; with `conversationId` another chat of one who is known. */
export async function addPerson(
  { db, seal }: House,
  {
    channel = 'telegram',
    account = '1',
    conversationId,
  }: { channel?: Channel; account?: string; conversationId?: string } = {},
): Promise<Person> {
  const address = `chat ${++count}`
  const chat = {
    id: randomUUIDv7(),
    channel,
    account,
    address_key: seal.lookup('address', `${channel} ${account} ${address}`),
    address: Buffer.alloc(0),
    conversation_id: randomUUIDv7(),
  }
  await addChats(db, [{ ...chat, address: seal.seal(`chat.address:${chat.id}`, address) }])
  if (conversationId) {
    await db.insertInto('chat_conversation').values({ chat_id: chat.id, conversation_id: conversationId }).execute()
  }
  return { channel, account, address, chatId: chat.id, conversationId: conversationId ?? chat.conversation_id }
}

/** A turn's replies as they leave: committed as attempted, with a lease of 15 s. */
export async function addTurn(
  { db, seal }: House,
  { chatId, conversationId, channel, account, address }: Person,
  texts: readonly (string | Reply)[],
): Promise<LeavingReply[]> {
  const message = randomUUIDv7()
  const leaving = texts.map((text, place): LeavingReply => {
    const reply = typeof text === 'string' ? { text } : text
    return { id: randomUUIDv7(), channel, account, chatId, address, reply, place }
  })
  const rows = leaving.map(({ id, reply, place }) => ({
    id,
    chat_id: chatId,
    conversation_id: conversationId,
    channel,
    account,
    occurrence: `${message}/${place}`,
    content: seal.sealJson(`ledger.content:${id}`, reply),
    choices: false,
    secret: reply.secret ?? false,
    turn: 1,
    place,
    message_id: reservedId(channel, id),
  }))
  await addReplies(db, rows)
  return leaving
}

/** Registers a person for the event, or gives the person's registration another status. */
export async function addRegistration(
  { db, seal }: House,
  eventId: string,
  { conversationId }: Person,
  status = 'DITERIMA',
): Promise<{ readonly id: string; readonly number: string }> {
  const id = randomUUIDv7()
  const number = `PSR-${String(++count).padStart(5, '0')}A`
  await db
    .insertInto('registration')
    .values({
      id,
      number,
      event_id: eventId,
      conversation_id: conversationId,
      status,
      why: null,
      nik_key: seal.lookup('nik', id),
      name: `Budi ${count}`,
      trade: 'tukang-batu',
      level: 2,
      association: null,
      record: seal.sealJson(`registration.record:${id}`, {}),
    })
    .execute()
  return { id, number }
}

/** Tells people who are registered, or are by this, of a decision. */
export async function queueDecision(
  house: House,
  eventId: string,
  people: readonly Person[],
  occurrence = 'decision',
): Promise<void> {
  const to = await Promise.all(
    people.map(async person => {
      const known = await house.db
        .selectFrom('registration')
        .select('id')
        .where('conversation_id', '=', person.conversationId)
        .executeTakeFirst()
      const { id } = known ?? (await addRegistration(house, eventId, person))
      return { id, conversation_id: person.conversationId, revision: 0 }
    }),
  )
  const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(house.db)
  const due_at = rows[0]?.now as Date
  const expires_at = new Date(due_at.getTime() + 7 * 86_400_000)
  const notice = { purpose: 'diterima', event_id: eventId, occurrence, priority: 10, due_at, expires_at }
  await addNotices(house.db, notice, to)
}

/** Where the ledger says these messages stand, in the order in which they were written. */
export async function readLedger({ db }: House) {
  const { rows } = await sql<{
    id: string
    purpose: string
    state: string
    attempts: number
    why: string | null
    message_id: string | null
    channel: string | null
  }>`select id, purpose, state, attempts, why, message_id, channel from ledger order by created_at, turn, place, id`.execute(
    db,
  )
  return rows
}

export const states = async (house: House): Promise<string[]> => (await readLedger(house)).map(({ state }) => state)
