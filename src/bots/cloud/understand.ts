// Reads what Meta posts into neutral words: messages, and what became of ours. Pure.
import type { MetaMessage } from '@kapso/whatsapp-cloud-api'
import { normalizeWebhook } from '@kapso/whatsapp-cloud-api/server'
import type { ContactCard } from '../../flows/types.ts'
import { fromData } from '../button.ts'
import type { Incoming, Refusal } from '../port.ts'
import { refusalOfCode } from './refusal.ts'

type Said = Incoming['said']

/** Meta's times are whole seconds: within one, the order in which messages were posted. In SQL they are microseconds. */
const PER_SECOND = 1_000_000

/** What we name messages by: the id of a row of the ledger. Another program with this number names its own otherwise. */
const ROW = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** No code of Meta's. */
const UNSAID = -1

/** A message and by what its sender is known: a phone number, an id of his for our business, or both. */
export type Posted = Pick<Incoming, 'messageId' | 'order' | 'said' | 'quotes' | 'phone'> & {
  readonly names: readonly string[]
}

/** What became of a message of ours; `row` is what we named it by. */
export type Status = { readonly messageId: string; readonly row?: string } & (
  | { readonly state: 'sent' | 'delivered' | 'read' }
  | { readonly state: 'failed'; readonly refusal: Refusal }
)

export type Post = {
  readonly messages: readonly Posted[]
  readonly statuses: readonly Status[]
  /** Codes of errors that concern the number as a whole. */
  readonly errors: readonly number[]
}

/** Takes a webhook's body apart; what concerns another number of the same business, or is no chat, is left out. */
export function readPost(body: unknown, phoneId: string): Post {
  const messages: Posted[] = []
  const statuses: Status[] = []
  const errors: number[] = []
  for (const change of changesOf(body)) {
    const read = normalizeWebhook({ entry: [{ changes: [change] }] })
    if (read.phoneNumberId !== phoneId) continue
    errors.push(...(change.value?.errors ?? []).map(({ code }) => Number(code)))
    for (const message of read.messages) {
      const posted = readMessage(message, messages.length)
      if (posted) messages.push(posted)
    }
    for (const { id, status, errors, bizOpaqueCallbackData: name } of read.statuses) {
      const message = { messageId: id, ...(typeof name === 'string' && ROW.test(name) ? { row: name } : {}) }
      if (status === 'sent' || status === 'delivered' || status === 'read') statuses.push({ ...message, state: status })
      if (status === 'failed')
        statuses.push({ ...message, state: 'failed', refusal: refusalOfCode(Number(errors?.[0]?.code ?? UNSAID)) })
    }
  }
  return { messages, statuses, errors }
}

type Change = { readonly field?: string; readonly value?: { readonly errors?: readonly { readonly code?: unknown }[] } }

/** A business may subscribe to more than we read, such as what it writes itself in another app. */
function changesOf(body: unknown): readonly Change[] {
  const entries = (body as { entry?: unknown })?.entry
  return (Array.isArray(entries) ? entries : [])
    .flatMap((entry): Change[] => (Array.isArray(entry?.changes) ? entry.changes : []))
    .filter(change => change.field === 'messages')
}

function readMessage(message: MetaMessage, nth: number): Posted | undefined {
  const { id, from, fromUserId, timestamp, context } = message
  const names = [from, fromUserId].filter(name => typeof name === 'string' && name !== '')
  const said = readSaid(message)
  const order = Number(timestamp) * PER_SECOND + nth
  if (!said || names.length === 0 || typeof id !== 'string' || !Number.isSafeInteger(order)) return undefined
  return {
    messageId: id,
    names: names as string[],
    order,
    said,
    ...(context?.id ? { quotes: context.id } : {}),
    ...(from && /^\d{7,15}$/.test(from) ? { phone: `+${from}` } : {}),
  }
}

/** What a message says; undefined for what is none: reactions, and news about a person. */
function readSaid(message: MetaMessage): Said | undefined {
  switch (message.type) {
    case 'text':
      return { kind: 'text', text: message.text?.body ?? '' }
    case 'interactive': {
      const { buttonReply, listReply } = (message.interactive ?? {}) as Interactive
      return { kind: 'button', ...fromData((buttonReply ?? listReply)?.id) }
    }
    // A button under a template: what we gave it, or without that its own words.
    case 'button': {
      const { payload, text } = (message.button ?? {}) as { payload?: string; text?: string }
      const pressed = fromData(payload)
      return pressed.value ? { kind: 'button', ...pressed } : { kind: 'text', text: text ?? '' }
    }
    case 'image':
      return file(message.image)
    case 'document':
      return file(message.document)
    case 'contacts':
      return contact(message)
    case 'audio':
      return other('voice')
    case 'video':
    case 'sticker':
    case 'location':
      return other(message.type)
    case 'reaction':
    case 'system':
      return undefined
    default:
      return readUnsupported(message)
  }
}

/** Meta names what its API can't hand over; a deletion is no message. */
function readUnsupported({ type, unsupported }: MetaMessage): Said | undefined {
  const what = (unsupported as { type?: unknown } | undefined)?.type ?? type
  if (what === 'revoke') return undefined
  return other(what === 'poll_creation' ? 'poll' : what === 'edit' ? 'edit' : 'unknown')
}

type Interactive = { readonly buttonReply?: { readonly id: string }; readonly listReply?: { readonly id: string } }

const other = (what: Extract<Said, { kind: 'other' }>['what']): Said => ({ kind: 'other', what })

const file = (media: { readonly id?: string; readonly caption?: string } | undefined): Said => ({
  kind: 'remote_file',
  file: { ref: media?.id ?? '', ...(media?.caption ? { caption: media.caption } : {}) },
})

/** The number of a shared card; the sender's own, where it is the one that WhatsApp knows of him. */
function contact({ contacts, from }: MetaMessage): Said {
  const [first, ...others] = (contacts ?? []) as readonly Contact[]
  const { name, phone } = first ? cardOf(first) : { phone: '' }
  const waId = first?.phones?.[0]?.waId
  const own = waId !== undefined && waId === from
  const more = others.length > 0 ? { others: others.map(cardOf) } : {}
  return { kind: 'contact', phone, own, ...(name && !own ? { name } : {}), ...more }
}

type Contact = {
  readonly name?: { readonly formattedName?: string }
  readonly phones?: readonly { readonly phone?: string; readonly waId?: string }[]
}

function cardOf({ name, phones }: Contact): ContactCard {
  const { phone = '', waId } = phones?.[0] ?? {}
  return { phone: waId ? `+${waId}` : phone, ...(name?.formattedName ? { name: name.formattedName } : {}) }
}
