// Reads what arrives on WhatsApp into neutral words. Pure.
import { normalizeMessageContent, type proto, toNumber } from '@whiskeysockets/baileys'
import type { ContactCard } from '../../flows/types.ts'
import type { Incoming, RemoteFile } from '../port.ts'
import type { MediaRef } from './media.ts'

type Said = Incoming['said']

export const jidPhone = (jid: string | undefined): string | undefined => {
  const digits = /^(\d{7,15})(?::\d+)?@s\.whatsapp\.net$/.exec(jid ?? '')?.[1]
  return digits === undefined ? undefined : `+${digits}`
}

/** What a message says; undefined for what is none: reactions, deletions, votes, the client's own business. */
export function readMessage(raw: proto.IMessage, phone: string | undefined): Said | undefined {
  const message = normalizeMessageContent(raw)
  if (!message) return undefined
  if (message.protocolMessage) return readProtocol(message.protocolMessage)
  const text = readText(message)
  if (text !== undefined) return { kind: 'text', text }
  if (message.imageMessage) return file(message.imageMessage, 'image')
  if (message.documentMessage) return file(message.documentMessage, 'document')
  if (message.contactMessage) return contact(message.contactMessage.vcard, phone)
  const [first, ...others] = message.contactsArrayMessage?.contacts ?? []
  if (first) {
    const more = others.length > 0 ? { others: others.map(({ vcard }) => cardOf(vcard)) } : {}
    return { ...contact(first.vcard, phone), ...more }
  }
  if (message.audioMessage) return other('voice')
  if (message.videoMessage || message.ptvMessage) return other('video')
  if (message.stickerMessage || message.lottieStickerMessage) return other('sticker')
  if (message.locationMessage || message.liveLocationMessage) return other('location')
  if (message.pollCreationMessage || message.pollCreationMessageV2 || message.pollCreationMessageV3)
    return other('poll')
  return SILENT.some(name => message[name]) || isEmpty(message) ? undefined : other('unknown')
}

const other = (what: Extract<Said, { kind: 'other' }>['what']): Said => ({ kind: 'other', what })

/** Nobody wants an answer to these. The pictures of an album come as messages of their own. */
const SILENT = [
  'reactionMessage',
  'encReactionMessage',
  'pollUpdateMessage',
  'keepInChatMessage',
  'pinInChatMessage',
  'albumMessage',
  'stickerSyncRmrMessage',
  'encCommentMessage',
] as const

/** Nothing but the envelope's own parts. */
const isEmpty = (message: proto.IMessage): boolean =>
  Object.entries(message).every(
    ([name, value]) => name === 'messageContextInfo' || name === 'senderKeyDistributionMessage' || !value,
  )

function readText(message: proto.IMessage): string | undefined {
  return (
    message.conversation ||
    (message.extendedTextMessage ? (message.extendedTextMessage.text ?? '') : undefined) ||
    message.buttonsResponseMessage?.selectedDisplayText ||
    message.templateButtonReplyMessage?.selectedDisplayText ||
    message.listResponseMessage?.title ||
    (message.conversation === '' ? '' : undefined)
  )
}

/** A correction is a message of its own; a deletion is none. */
function readProtocol({ editedMessage }: proto.Message.IProtocolMessage): Said | undefined {
  return editedMessage ? other('edit') : undefined
}

type Media = proto.Message.IImageMessage | proto.Message.IDocumentMessage

function file(media: Media, type: MediaRef['type']): Said {
  const { mediaKey, directPath, url, fileLength, caption } = media
  const ref: MediaRef = {
    type,
    key: Buffer.from(mediaKey ?? []).toString('base64'),
    path: directPath ?? '',
    url: url ?? '',
  }
  const bytes = toNumber(fileLength ?? 0)
  const remote: RemoteFile = {
    ref: JSON.stringify(ref),
    ...(bytes > 0 ? { bytes } : {}),
    ...(caption ? { caption } : {}),
  }
  return { kind: 'remote_file', file: remote }
}

/** The number of a shared card. The sender's own, where it is the one that WhatsApp knows of him. */
function contact(vcard: string | null | undefined, phone: string | undefined) {
  const { name, ...card } = cardOf(vcard)
  const own = /waid=/i.test(vcard ?? '') && card.phone === phone
  return { kind: 'contact' as const, ...card, own, ...(name && !own ? { name } : {}) }
}

function cardOf(vcard: string | null | undefined): ContactCard {
  const card = vcard ?? ''
  const waid = /waid=(\d+)/i.exec(card)?.[1]
  const shown = /^(?:item\d+\.)?TEL[^:]*:(.+)$/im.exec(card)?.[1]?.trim()
  const name = /^FN[^:]*:(.+)$/im.exec(card)?.[1]?.trim()
  return { phone: waid ? `+${waid}` : (shown ?? ''), ...(name ? { name } : {}) }
}
