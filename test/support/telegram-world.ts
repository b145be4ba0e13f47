// What a Telegram server knows: chats and their messages, presses, files, and the updates a bot has not confirmed.
import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'

type Button = { readonly text: string; readonly callback_data?: string; readonly request_contact?: boolean }
export type Markup = {
  readonly inline_keyboard?: readonly (readonly Button[])[]
  readonly keyboard?: readonly (readonly Button[])[]
  readonly one_time_keyboard?: boolean
  readonly resize_keyboard?: boolean
  readonly remove_keyboard?: boolean
}

export type Message = {
  readonly id: number
  readonly byBot: boolean
  text: string
  readonly photo?: Buffer
  readonly document?: Buffer
  markup?: Markup
  edits: number
}

export type Chat = {
  readonly id: number
  readonly type: 'private' | 'group'
  /** The person's first name, or the group's title. */
  name: string
  readonly messages: Message[]
  /** Pop-ups shown to the person, in order. */
  readonly popups: string[]
  /** The bot was written to, so it may write. */
  started: boolean
  blocked: boolean
}

type Update = { readonly update_id: number } & Readonly<Record<string, unknown>>
export type Press = { readonly chat: number; answered: boolean }
export type Call = { readonly method: string; readonly payload: Readonly<Record<string, unknown>> }
type StoredFile = { readonly path: string; readonly bytes: Buffer; readonly announced: number | undefined }

export type World = ReturnType<typeof createWorld>

/** Where updates are posted instead of being polled. */
export type Webhook = { readonly url: string; readonly secret: string }

const REMEMBERED_CALLS = 1_000

/** An empty Telegram with one bot. `changed` fires after everything that happens, `message 7` for each one in chat 7. */
export function createWorld(token: string) {
  const chats = new Map<number, Chat>()
  const files = new Map<string, StoredFile>()
  const presses = new Map<string, Press>()
  const events = new EventEmitter()
  /** Updates that no poll has confirmed. */
  const updates: Update[] = []
  /** The latest calls of the bot, whatever became of them. */
  const calls: Call[] = []
  let lastUpdate = 100_000
  let lastMessage = 0
  let lastId = 0
  let allowed: readonly string[] | undefined
  let webhook: Webhook | undefined
  /** What the bot's server answered to each post; 0: nothing. */
  const posted: number[] = []

  const changed = () => events.emit('changed')

  function chat(id: number, type: Chat['type'] = 'private'): Chat {
    const known = chats.get(id)
    if (known) return known
    const fresh: Chat = { id, type, name: '', messages: [], popups: [], started: false, blocked: false }
    chats.set(id, fresh)
    return fresh
  }

  function addMessage(to: Chat, message: Omit<Message, 'id' | 'edits'>): Message {
    const added = { ...message, id: ++lastMessage, edits: 0 }
    to.messages.push(added)
    events.emit(`message ${to.id}`, added)
    changed()
    return added
  }

  /** Queues an update for the bot, unless it did not ask for that kind. */
  function tell(kind: string, content: unknown): number {
    const update_id = ++lastUpdate
    if (!allowed || allowed.includes(kind)) updates.push({ update_id, [kind]: content })
    changed()
    return update_id
  }

  function record(call: Call): void {
    calls.push(call)
    if (calls.length > REMEMBERED_CALLS) calls.shift()
    changed()
  }

  function storeFile(bytes: Buffer, announced: number | undefined): string {
    const id = `file-${++lastId}`
    files.set(id, { path: `photos/${id}.jpg`, bytes, announced })
    return id
  }

  /** Resolves once `holds` does, here or in the bot under test; fails after `patience` ms, naming what was waited for. */
  async function until(what: () => string, holds: () => boolean, patience = 10_000): Promise<void> {
    const end = performance.now() + patience
    while (!holds()) {
      if (performance.now() > end) throw new Error(`waited in vain for ${what()}`)
      await pause(5)
    }
  }

  return {
    token,
    botId: Number(token.split(':')[0]),
    chats,
    files,
    presses,
    updates,
    calls,
    events,
    chat,
    addMessage,
    tell,
    record,
    storeFile,
    changed,
    until,
    posted,
    get webhook(): Webhook | undefined {
      return webhook
    },
    setWebhook: (given: Webhook | undefined) => {
      webhook = given
      changed()
    },
    newId: () => String(++lastId),
    allow: (kinds: readonly string[]) => {
      allowed = kinds
    },
  }
}
