// The Bot API's methods that a chat bot calls, with the checks and the words of the real ones.
import type { Upload } from './multipart.ts'
import type { Chat, Markup, Message, World } from './telegram-world.ts'

export type Payload = Readonly<Record<string, unknown>>

/** A call that the server refuses. */
export class ApiError extends Error {
  readonly code: number
  readonly retryAfter: number | undefined
  constructor(code: number, description: string, retryAfter?: number) {
    super(description)
    this.code = code
    this.retryAfter = retryAfter
  }
}

const bad = (why: string) => new ApiError(400, `Bad Request: ${why}`)

type Method = (world: World, payload: Payload, uploads: ReadonlyMap<string, Upload>) => unknown

export const METHODS: Readonly<Record<string, Method>> = {
  getMe: world => botOf(world),

  sendMessage: (world, payload) => {
    const chat = reachable(world, payload.chat_id)
    const text = checkText(payload.text, 4096, 'message text is empty', 'message is too long')
    return shown(world, chat, world.addMessage(chat, { byBot: true, text, ...markupOf(payload) }))
  },

  sendPhoto: (world, payload, uploads) => {
    const chat = reachable(world, payload.chat_id)
    const caption = String(payload.caption ?? '')
    if (caption.length > 1024) throw bad('message caption is too long')
    const upload = uploads.get(String(payload.photo).replace('attach://', ''))
    if (!upload || upload.bytes.length === 0) throw bad('there is no photo in the request')
    return shown(
      world,
      chat,
      world.addMessage(chat, { byBot: true, text: caption, photo: upload.bytes, ...markupOf(payload) }),
    )
  },

  sendDocument: (world, payload, uploads) => {
    const chat = reachable(world, payload.chat_id)
    const upload = uploads.get(String(payload.document).replace('attach://', ''))
    if (!upload || upload.bytes.length === 0) throw bad('there is no document in the request')
    return shown(
      world,
      chat,
      world.addMessage(chat, { byBot: true, text: '', document: upload.bytes, ...markupOf(payload) }),
    )
  },

  editMessageText: (world, payload) => {
    const { chat, message } = editable(world, payload)
    const text = checkText(payload.text, 4096, 'message text is empty', 'message is too long')
    return edited(world, chat, message, text, markupOf(payload).markup)
  },

  editMessageReplyMarkup: (world, payload) => {
    const { chat, message } = editable(world, payload)
    return edited(world, chat, message, message.text, markupOf(payload).markup)
  },

  answerCallbackQuery: (world, payload) => {
    const press = world.presses.get(String(payload.callback_query_id))
    if (!press) throw bad('query is too old and response timeout expired or query ID is invalid')
    const text = String(payload.text ?? '')
    if (text.length > 200) throw bad('MESSAGE_TOO_LONG')
    // Only the first answer shows anything.
    if (!press.answered && text !== '') world.chat(press.chat).popups.push(text)
    press.answered = true
    world.changed()
    return true
  },

  setMyCommands: (_world, payload) => {
    for (const { command, description } of payload.commands as { command: string; description: string }[])
      if (!/^[a-z0-9_]{1,32}$/.test(command) || !description) throw bad('BOT_COMMAND_INVALID')
    return true
  },

  setWebhook: (world, payload) => {
    const url = String(payload.url ?? '')
    if (!/^https:|^http:\/\/127\./.test(url)) throw bad('bad webhook: An HTTPS URL must be provided for webhook')
    if (payload.drop_pending_updates) world.updates.splice(0)
    if (Array.isArray(payload.allowed_updates)) world.allow(payload.allowed_updates)
    world.setWebhook({ url, secret: String(payload.secret_token ?? '') })
    return true
  },

  deleteWebhook: (world, payload) => {
    if (payload.drop_pending_updates) world.updates.splice(0)
    world.setWebhook(undefined)
    return true
  },

  getFile: (world, payload) => {
    const file = world.files.get(String(payload.file_id))
    if (!file) throw bad('invalid file_id')
    if ((file.announced ?? 0) > 20 * 1024 * 1024) throw bad('file is too big')
    return { file_id: payload.file_id, file_unique_id: 'u', file_path: file.path, file_size: file.announced }
  },
}

function reachable(world: World, id: unknown): Chat {
  const chat = world.chats.get(Number(id))
  if (!chat) throw bad('chat not found')
  if (chat.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user')
  if (!chat.started) throw new ApiError(403, "Forbidden: bot can't initiate conversation with a user")
  return chat
}

function editable(world: World, payload: Payload): { chat: Chat; message: Message } {
  const chat = reachable(world, payload.chat_id)
  const message = chat.messages.find(message => message.id === Number(payload.message_id))
  if (!message) throw bad('message to edit not found')
  if (!message.byBot || message.photo || (message.markup && !message.markup.inline_keyboard))
    throw bad("message can't be edited")
  return { chat, message }
}

function edited(world: World, chat: Chat, message: Message, text: string, markup: Markup | undefined): unknown {
  if (message.text === text && JSON.stringify(message.markup) === JSON.stringify(markup))
    throw bad('message is not modified: specified new message content and reply markup are exactly the same')
  message.text = text
  if (markup) message.markup = markup
  else delete message.markup
  message.edits++
  world.changed()
  return shown(world, chat, message)
}

function checkText(value: unknown, max: number, empty: string, long: string): string {
  const text = String(value ?? '').trim()
  if (text === '') throw bad(empty)
  if (text.length > max) throw bad(long)
  return text
}

function markupOf(payload: Payload): { markup?: Markup } {
  const given = payload.reply_markup
  if (given === undefined) return {}
  const markup: Markup = typeof given === 'string' ? JSON.parse(given) : given
  for (const button of [...(markup.inline_keyboard ?? []), ...(markup.keyboard ?? [])].flat()) {
    if (!button.text) throw bad('can\'t parse keyboard button: Field "text" must be non-empty')
    if (markup.inline_keyboard) {
      const bytes = Buffer.byteLength(button.callback_data ?? '')
      if (bytes < 1 || bytes > 64) throw bad('BUTTON_DATA_INVALID')
    }
  }
  return { markup }
}

const botOf = ({ botId }: World) => ({ id: botId, is_bot: true, first_name: 'Sapa', username: 'sapa_test_bot' })

/** A sent message as the Bot API gives it back: who sent it and to whom are part of it. */
const shown = (world: World, { id, type, name }: Chat, message: Message) => ({
  message_id: message.id,
  from: botOf(world),
  chat: { id, type, ...(type === 'private' ? { first_name: name } : { title: name }) },
  date: seconds(),
  text: message.text,
  ...(message.markup?.inline_keyboard ? { reply_markup: { inline_keyboard: message.markup.inline_keyboard } } : {}),
})

export const seconds = (): number => Math.floor(Date.now() / 1000)
