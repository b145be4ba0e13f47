// Takes in what arrived: from the journal into the inbox, in order; and what the phones say of our own messages.
import {
  decodeMessageNode,
  jidNormalizedUser,
  proto,
  unpadRandomMax16,
  type WACallEvent,
  type WAMessage,
  type WAMessageUpdate,
} from '@whiskeysockets/baileys'
import type { Inbox, Incoming } from '../port.ts'
import type { Journaled, Receipt, Store } from './store.ts'
import { jidPhone, readMessage } from './understand.ts'

/** Messages known to have come through the journal: the client hands them over once more. */
const REMEMBERED = 5_000
const { Status } = proto.WebMessageInfo

export type Receiver = {
  /** This message will come through the journal. */
  readonly expect: (journaled: Journaled) => void
  /** Stores what was journaled; resolves after the commit. */
  readonly take: (journaled: readonly Journaled[]) => Promise<void>
  /** What the client emits: only what did not come through the journal is taken from it. */
  readonly upsert: (messages: readonly WAMessage[]) => Promise<void>
  readonly update: (updates: readonly WAMessageUpdate[]) => Promise<void>
  /** Somebody calls: taken like a voice message, since nobody can pick up. */
  readonly called: (call: WACallEvent) => Promise<void>
}

export type Known = {
  readonly store: Store
  readonly inbox: Inbox
  readonly account: string
  /** The message id as it is stored: nothing of a person stands in it. */
  readonly idOf: (address: string, messageId: string) => string
  /** LID of a number, or number of a LID, where the client knows it. */
  readonly otherJid: (jid: string) => Promise<string | null>
  readonly me: () => { readonly id: string; readonly lid: string }
  /** Tells the sender that it was read. */
  readonly read: (keys: readonly WAMessage['key'][]) => void
}

export function createReceiver(known: Known): Receiver {
  const taken = new Set<string>()
  let order = 0

  async function toIncoming(message: WAMessage, place: number): Promise<Incoming | undefined> {
    const { key } = message
    if (key.fromMe || !key.id || !key.remoteJid || !/@(lid|s\.whatsapp\.net)$/.test(key.remoteJid)) return undefined
    const jids = await jidsOf(key, known.otherJid)
    const phone = jids.map(jidPhone).find(found => found !== undefined)
    const said = message.message ? readMessage(message.message, phone) : undefined
    if (!said) return undefined
    const address = await known.store.addressOf(jids)
    return {
      channel: 'whatsapp',
      account: known.account,
      address,
      messageId: known.idOf(address, key.id),
      order: place,
      said,
      ...(phone ? { phone } : {}),
    }
  }

  async function store(messages: readonly { readonly message: WAMessage; readonly place: number }[]): Promise<void> {
    const incoming = await Promise.all(messages.map(({ message, place }) => toIncoming(message, place)))
    const said = incoming.filter(one => one !== undefined)
    if (said.length > 0) await known.inbox.receive(said)
    known.read(messages.filter((_, i) => incoming[i]).map(({ message }) => message.key))
  }

  const expect = ({ attrs }: Journaled): void => remember(taken, `${attrs.from} ${attrs.id}`)

  return {
    expect,
    take: async journaled => {
      journaled.forEach(expect)
      const opened = journaled.flatMap(one => {
        const message = open(one, known.me())
        return message ? [{ message, place: one.order }] : []
      })
      await store(opened)
      // Not waited for: what is not marked comes again after the next start, and is no news then.
      if (journaled.length > 0) void known.store.markTaken(journaled).catch(() => {})
    },
    upsert: async messages => {
      await noteReceipts(known.store, messages)
      const fresh = messages.filter(({ key }) => !taken.has(`${key.remoteJid} ${key.id}`))
      await store(
        fresh.map(message => ({
          message,
          place: Number(message.messageTimestamp) * 1_000_000 + (order++ % 1_000_000),
        })),
      )
    },
    called: async ({ id, from, callerPn, date }) => {
      const key = { remoteJid: from, remoteJidAlt: callerPn, id, fromMe: false }
      const place = Math.floor(date.getTime() / 1000) * 1_000_000 + (order++ % 1_000_000)
      await store([{ message: { key, message: { audioMessage: {} } } as WAMessage, place }])
    },
    update: updates =>
      noteReceipts(
        known.store,
        updates.map(({ key, update }) => ({ key, status: update.status })),
      ),
  }
}

function remember(taken: Set<string>, key: string): void {
  taken.add(key)
  if (taken.size > REMEMBERED) taken.delete(taken.values().next().value as string)
}

/** A journaled message as the client would have handed it over; undefined where nobody can read it. */
function open({ attrs, plain }: Journaled, me: { id: string; lid: string }): WAMessage | undefined {
  try {
    const { fullMessage } = decodeMessageNode({ tag: 'message', attrs: { ...attrs } }, me.id, me.lid)
    const message = proto.Message.decode(unpadRandomMax16(Buffer.from(plain, 'base64')))
    return { ...fullMessage, message: message.deviceSentMessage?.message ?? message } as WAMessage
  } catch {
    return undefined
  }
}

/** LID before number; a sender may be known by either or both. */
async function jidsOf(key: WAMessage['key'], otherJid: Known['otherJid']): Promise<string[]> {
  const jid = jidNormalizedUser(key.remoteJid as string)
  const other = key.remoteJidAlt ?? (await otherJid(jid))
  const jids = [jid, ...(other ? [jidNormalizedUser(other)] : [])]
  return jids.sort((a, b) => Number(b.endsWith('@lid')) - Number(a.endsWith('@lid')))
}

type Stated = { readonly key: WAMessage['key']; readonly status?: proto.WebMessageInfo.Status | null | undefined }

/** They come alone, or merged into the message itself where the client held both back. */
async function noteReceipts(store: Store, stated: readonly Stated[]): Promise<void> {
  const receipts = stated.flatMap(({ key, status }): Receipt[] => {
    if (!key.fromMe || !key.id || !status || status < Status.DELIVERY_ACK) return []
    return [{ messageId: key.id, state: status >= Status.READ ? 'read' : 'delivered' }]
  })
  if (receipts.length > 0) await store.noteReceipts(receipts)
}
