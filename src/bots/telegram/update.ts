// Reads Telegram's updates: into neutral messages, news about chats, and what came from outside a private chat.
import type { CallbackQuery, Message, Update } from 'grammy/types'
import { fromData } from '../button.ts'
import type { ChatNews, Incoming, RemoteFile } from '../port.ts'

/** What we ask Telegram for; everything else never reaches us. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/** The largest size of a photo that is still taken. */
const MAX_PHOTO = 10 * 1024 * 1024

export type Understood = {
  readonly messages: readonly Incoming[]
  readonly news: readonly ChatNews[]
  /** Groups and channels in which the bot was spoken to or put. */
  readonly groups: readonly number[]
  /** Presses in such a place: they still want an answer. */
  readonly strayPresses: readonly string[]
}

/** Everything that a batch of updates says, in order. Pure. */
export function understand(account: string, updates: readonly Update[]): Understood {
  const messages: Incoming[] = []
  const news: ChatNews[] = []
  const groups: number[] = []
  const strayPresses: string[] = []
  for (const update of updates) {
    const press = update.callback_query
    const member = update.my_chat_member
    const message = update.message ?? update.edited_message
    const chat = message?.chat ?? member?.chat ?? press?.message?.chat
    const from = { channel: 'telegram', account, order: update.update_id } as const
    if (chat && chat.type !== 'private') {
      if (press) strayPresses.push(press.id)
      else if (member ? isIn(member.new_chat_member.status) : update.message) groups.push(chat.id)
    } else if (update.message) messages.push({ ...from, ...readMessage(update.message) })
    else if (update.edited_message) {
      if (!isMovingLocation(update.edited_message)) messages.push({ ...from, ...readEdit(update.edited_message) })
    } else if (press) messages.push({ ...from, ...readPress(press) })
    else if (member) {
      const { status } = member.new_chat_member
      news.push({ channel: 'telegram', account, address: String(member.chat.id), reachable: isIn(status) })
    }
  }
  return { messages, news, groups, strayPresses }
}

type Read = Pick<Incoming, 'address' | 'messageId' | 'said' | 'press' | 'quotes' | 'phone'>

function readMessage(message: Message): Read {
  const said = readContent(message)
  return {
    address: String(message.chat.id),
    messageId: `m${message.chat.id}.${message.message_id}`,
    said,
    ...(message.reply_to_message ? { quotes: String(message.reply_to_message.message_id) } : {}),
    ...(said.kind === 'contact' && said.own ? { phone: said.phone } : {}),
  }
}

function readContent(message: Message): Incoming['said'] {
  if (message.text !== undefined) return { kind: 'text', text: message.text }
  if (message.contact) {
    const { phone_number, user_id, first_name, last_name } = message.contact
    const own = user_id !== undefined && user_id === message.from?.id
    // Telegram vouches for the sender's own number and gives it with or without the plus.
    return {
      kind: 'contact',
      phone: own ? `+${phone_number.replace(/\D/g, '')}` : phone_number,
      own,
      ...(own ? {} : nameOf(first_name, last_name)),
    }
  }
  // An animation comes with the same file as a document beside it.
  if (message.video || message.video_note || message.animation) return { kind: 'other', what: 'video' }
  if (message.photo) {
    const { photo } = message
    const size = photo.findLast(size => (size.file_size ?? 0) <= MAX_PHOTO) ?? photo[0]
    if (size) return { kind: 'remote_file', file: remoteFile(size, message.caption) }
  }
  if (message.document) return { kind: 'remote_file', file: remoteFile(message.document, message.caption) }
  if (message.voice || message.audio) return { kind: 'other', what: 'voice' }
  if (message.sticker) return { kind: 'other', what: 'sticker' }
  if (message.location) return { kind: 'other', what: 'location' }
  if (message.poll) return { kind: 'other', what: 'poll' }
  return { kind: 'other', what: 'unknown' }
}

const nameOf = (...parts: readonly (string | undefined)[]) => {
  const name = parts.filter(Boolean).join(' ')
  return name ? { name } : {}
}

const remoteFile = (file: { file_id: string; file_size?: number }, caption: string | undefined): RemoteFile => ({
  ref: file.file_id,
  ...(file.file_size === undefined ? {} : { bytes: file.file_size }),
  ...(caption === undefined ? {} : { caption }),
})

const readEdit = (message: Message): Read => ({
  address: String(message.chat.id),
  messageId: `e${message.chat.id}.${message.message_id}.${message.edit_date ?? 0}`,
  said: { kind: 'other', what: 'edit' },
})

/** A press may come again under a new update id: its own id tells. */
const readPress = (press: CallbackQuery): Read => ({
  address: String(press.message?.chat.id ?? press.from.id),
  messageId: `c${press.id}`,
  said: { kind: 'button', ...fromData(press.data) },
  press: { callback: press.id, message: String(press.message?.message_id ?? '') },
})

const isIn = (status: string): boolean => status !== 'kicked' && status !== 'left'

/** A shared live location "edits" itself every few seconds; nobody wants an answer to that. */
const isMovingLocation = (message: Message): boolean => message.location !== undefined
