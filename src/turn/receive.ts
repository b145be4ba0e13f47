// Stores what arrives, before the platform hears "received". Whoever arrives during an INSERT shares the next one.
import { randomUUIDv7 } from 'node:crypto'
import type { ChatNews, Incoming } from '../bots/port.ts'
import { addChats, keepPhones, noteReachable } from '../db/chat.ts'
import { type NewMessage, type Notable, storeMessages } from '../db/inbox.ts'
import { failpoint } from '../failpoint.ts'
import type { House } from '../house.ts'

type Arrival = { readonly message: Incoming; readonly row: NewMessage }

/** Gives the function that stores messages; its promise resolves only after their commit. */
export function createReceiver(house: House): (messages: readonly Incoming[]) => Promise<void> {
  let gathered: Incoming[] = []
  let underWay: Promise<unknown> = Promise.resolve()
  let next: Promise<void> | undefined

  async function storeGathered(): Promise<void> {
    await underWay
    const messages = gathered
    failpoint('received')
    gathered = []
    next = undefined
    const stored = store(house, messages)
    underWay = stored.catch(() => {})
    await stored
    failpoint('stored')
  }

  return async messages => {
    if (messages.length === 0) return
    gathered.push(...messages)
    next ??= storeGathered()
    await next
  }
}

/** Notes which chats can and can't be reached any more. */
export async function noteChats(house: House, news: readonly ChatNews[]): Promise<void> {
  if (news.length === 0) return
  await noteReachable(
    house.db,
    news.map(chat => ({ ...chat, address_key: addressKey(house, chat) })),
  )
}

/** Stores messages on `house.db`: committed when it resolves, or with the transaction that this is. */
export async function store(house: House, messages: readonly Incoming[]): Promise<void> {
  const rest = await storeKnown(house, messages)
  await rest?.()
}

/**
 * Stores messages of known chats with one statement. Gives what is left to do, where something is: unknown chats and
 * their messages, phones, chats that were thought lost.
 */
export async function storeKnown(
  house: House,
  messages: readonly Incoming[],
): Promise<(() => Promise<void>) | undefined> {
  const arrivals = new Map(
    messages.map((message, nth) => sealed(house, message, nth)).map(arrival => [arrival.row.id, arrival]),
  )
  const rows = [...arrivals.values()].map(({ row }) => row)
  const notable = await storeMessages(house.db, rows)
  return notable.length === 0 ? undefined : () => storeRest(house, arrivals, notable)
}

async function storeRest(
  house: House,
  arrivals: ReadonlyMap<string, Arrival>,
  notable: readonly Notable[],
): Promise<void> {
  await lookAt(house, arrivals, notable)
  const unknown = notable.filter(one => one.chat_id === null).flatMap(({ id }) => arrivals.get(id) ?? [])
  if (unknown.length === 0) return
  await addChats(house.db, newChats(house, unknown))
  await lookAt(
    house,
    arrivals,
    await storeMessages(
      house.db,
      unknown.map(({ row }) => row),
    ),
  )
}

function sealed(house: House, message: Incoming, nth: number): Arrival {
  const id = randomUUIDv7()
  const row = {
    id,
    nth,
    channel: message.channel,
    account: message.account,
    address_key: addressKey(house, message),
    message_id: message.messageId,
    place: message.order,
    payload: house.seal.sealJson(`inbox.payload:${id}`, message),
    remote: message.said.kind === 'remote_file',
    vouched: message.phone !== undefined,
  }
  return { message, row }
}

const addressKey = ({ seal }: House, chat: Pick<Incoming, 'channel' | 'account' | 'address'>): Buffer =>
  seal.lookup('address', `${chat.channel} ${chat.account} ${chat.address}`)

function newChats({ seal }: House, arrivals: readonly Arrival[]) {
  const byAddress = new Map(arrivals.map(arrival => [arrival.row.address_key.toString('hex'), arrival]))
  return [...byAddress.values()].map(({ message, row }) => {
    const id = randomUUIDv7()
    return {
      id,
      channel: row.channel,
      account: row.account,
      address_key: row.address_key,
      address: seal.seal(`chat.address:${id}`, message.address),
      conversation_id: randomUUIDv7(),
    }
  })
}

/** Keeps a phone that is new, and takes a chat that writes for reachable. Both are rare. */
async function lookAt(
  house: House,
  arrivals: ReadonlyMap<string, Arrival>,
  notable: readonly Notable[],
): Promise<void> {
  const phones = new Map<string, Buffer>()
  for (const { id, chat_id, phone } of notable) {
    const vouched = arrivals.get(id)?.message.phone
    if (chat_id === null || vouched === undefined) continue
    const place = `chat.phone:${chat_id}`
    const known = phones.get(chat_id) ?? phone
    if (!known || house.seal.open(place, known).toString() !== vouched)
      phones.set(chat_id, house.seal.seal(place, vouched))
  }
  if (phones.size > 0)
    await keepPhones(
      house.db,
      [...phones].map(([id, phone]) => ({ id, phone })),
    )
  const back = notable.filter(one => one.blocked).flatMap(({ id }) => arrivals.get(id)?.message ?? [])
  await noteChats(
    house,
    back.map(message => ({ ...message, reachable: true })),
  )
}
