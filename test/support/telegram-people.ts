// People on a test's Telegram: what they type, press and send, and what they see on their phone.
import { seconds } from './telegram-methods.ts'
import type { Chat, Message, World } from './telegram-world.ts'

/** A message as it looks on the phone. */
export type Seen = {
  readonly id: number
  readonly byBot: boolean
  readonly text: string
  readonly photo?: Buffer
  readonly document?: Buffer
  /** Labels of the buttons under it, row by row. */
  readonly buttons: readonly (readonly string[])[]
}

export type Person = ReturnType<typeof createPerson>

/** A person with a private chat; `id` is both the user's and the chat's. */
export function createPerson(world: World, id: number, firstName = `Pekerja ${id}`) {
  const chat = world.chat(id)
  chat.name = firstName
  const from = { id, is_bot: false, first_name: firstName, language_code: 'id' }
  const inChat = { id, type: 'private', first_name: firstName }

  const phone = `62812${String(id).padStart(8, '0')}`
  let heard = 0

  function send(content: Readonly<Record<string, unknown>>, text: string): Message {
    chat.started = true
    chat.blocked = false
    const message = world.addMessage(chat, { byBot: false, text })
    world.tell('message', { message_id: message.id, from, chat: inChat, date: seconds(), ...content })
    return message
  }

  /** Gives the id of the press. */
  function pressesData(data: string | undefined, on: number): string {
    const press = world.newId()
    world.presses.set(press, { chat: id, answered: false })
    const message = { message_id: on, chat: inChat, date: seconds() }
    world.tell('callback_query', { id: press, from, message, chat_instance: '1', data })
    return press
  }

  /** Presses the newest button with this label, or the one on the message given. */
  function presses(label: string, on?: number): string {
    const message = chat.messages.findLast(m => (on === undefined || m.id === on) && labels(m).flat().includes(label))
    const button = message?.markup?.inline_keyboard?.flat().find(button => button.text === label)
    if (!message || !button) throw new Error(`no button "${label}" in: ${JSON.stringify(sees().at(-1))}`)
    return pressesData(button.callback_data, message.id)
  }

  const sees = (): Seen[] => chat.messages.map(look)

  /** The bot's next message of this kind; what came before it counts as heard. */
  async function hears(pattern: RegExp, patience?: number): Promise<Seen> {
    const next = () => chat.messages.findIndex((m, i) => i >= heard && m.byBot && pattern.test(m.text))
    await world.until(
      () => `${pattern} at ${id}; last seen: ${JSON.stringify(sees().at(-1))}`,
      () => next() >= 0,
      patience,
    )
    const at = next()
    heard = at + 1
    return look(chat.messages[at] as Message)
  }

  return {
    id,
    chat,
    send,
    says: (text: string) => send({ text }, text),
    presses,
    /** Presses with data that no button of ours carries. */
    forges: (data: string | undefined) => pressesData(data, chat.messages.at(-1)?.id ?? 0),
    phone: `+${phone}`,
    sharesContact: (own = true) =>
      send({ contact: { phone_number: phone, first_name: firstName, ...(own ? { user_id: id } : {}) } }, '(kontak)'),
    /** `announced` is the size that Telegram tells, should it differ from the truth. */
    sendsPhoto: (
      bytes: Buffer,
      { caption, announced = bytes.length }: { caption?: string; announced?: number } = {},
    ) => {
      const photo = [
        {
          file_id: world.storeFile(bytes.subarray(0, 100), 100),
          file_unique_id: 's',
          width: 90,
          height: 90,
          file_size: 100,
        },
        {
          file_id: world.storeFile(bytes, announced),
          file_unique_id: 'l',
          width: 900,
          height: 900,
          file_size: announced,
        },
      ]
      return send({ photo, ...(caption ? { caption } : {}) }, '(foto)')
    },
    sendsDocument: (bytes: Buffer, mime_type: string, announced: number | undefined = bytes.length) => {
      const document = {
        file_id: world.storeFile(bytes, announced),
        file_unique_id: 'd',
        mime_type,
        file_size: announced,
      }
      return send({ document }, '(dokumen)')
    },
    edits: (message: Message, text: string) => {
      const content = { message_id: message.id, from, chat: inChat, date: seconds(), edit_date: seconds(), text }
      return world.tell('edited_message', content)
    },
    blocks: () => {
      chat.blocked = true
      world.tell('my_chat_member', { chat: inChat, from, date: seconds(), ...change('member', 'kicked') })
    },
    unblocks: () => {
      chat.blocked = false
      world.tell('my_chat_member', { chat: inChat, from, date: seconds(), ...change('kicked', 'member') })
    },
    sees,
    last: (): Seen | undefined => sees().at(-1),
    popups: (): readonly string[] => chat.popups,
    hears,
  }
}

/** A group into which somebody put the bot. */
export function createGroup(world: World, id: number) {
  const chat: Chat = world.chat(id, 'group')
  chat.name = 'Tukang Pasuruan'
  const from = { id: 1, is_bot: false, first_name: 'Budi' }
  const inChat = { id, type: 'group', title: chat.name }
  chat.started = true
  return {
    chat,
    says: (text: string) => {
      const message = world.addMessage(chat, { byBot: false, text })
      world.tell('message', { message_id: message.id, from, chat: inChat, date: seconds(), text })
    },
    addsBot: () => world.tell('my_chat_member', { chat: inChat, from, date: seconds(), ...change('left', 'member') }),
  }
}

const change = (before: string, after: string) => ({
  old_chat_member: { status: before },
  new_chat_member: { status: after },
})

const labels = (message: Message): readonly (readonly string[])[] =>
  (message.markup?.inline_keyboard ?? message.markup?.keyboard ?? []).map(row => row.map(button => button.text))

const look = (message: Message): Seen => ({
  id: message.id,
  byBot: message.byBot,
  text: message.text,
  buttons: labels(message),
  ...(message.photo ? { photo: message.photo } : {}),
  ...(message.document ? { document: message.document } : {}),
})
