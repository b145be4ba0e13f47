// People with phones: what they type and send, and what they see.
import type { proto } from '@whiskeysockets/baileys'
import { askAgain, sendToBot } from './traffic.ts'
import type { Account, Shown, World } from './world.ts'

export type Person = ReturnType<typeof createPerson>

/** A person who chats with the number `bot()`. */
export function createPerson(world: World, bot: () => Account, pn: string, name?: string) {
  const account = world.account(pn, name)
  let heard = 0
  let sending: Promise<unknown> = Promise.resolve()

  /** Sends anything; one phone's messages leave in their order. Resolves with the message's id. */
  function sends(message: proto.IMessage, shown = '', attrs: Record<string, string> = {}): Promise<string> {
    const id = world.newId()
    account.messages.push({ id, byBot: false, text: shown, message })
    const sent = sending.then(() => sendToBot(world, account, bot(), message, { id, attrs }))
    sending = sent.catch(() => {})
    return sent
  }

  /** The bot's next message of this kind; what came before it counts as heard. */
  async function hears(pattern: RegExp, patience?: number): Promise<Shown> {
    const next = () => account.messages.findIndex((m, i) => i >= heard && m.byBot && pattern.test(m.text))
    await world.until(
      () => `${pattern} at ${pn}; last seen: ${account.messages.at(-1)?.text}`,
      () => next() >= 0,
      patience,
    )
    const at = next()
    heard = at + 1
    return account.messages[at] as Shown
  }

  return {
    pn,
    phone: `+${pn}`,
    account,
    says: (text: string) => sends({ conversation: text }, text),
    sends,
    sendsImage: async (bytes: Buffer, caption?: string) => {
      const stored = await world.media.store(bytes, 'image')
      return sends({ imageMessage: { ...stored, mimetype: 'image/jpeg', ...(caption ? { caption } : {}) } }, '(foto)')
    },
    sendsDocument: async (bytes: Buffer, mimetype: string) => {
      const stored = await world.media.store(bytes, 'document')
      return sends({ documentMessage: { ...stored, mimetype, fileName: 'berkas' } }, '(dokumen)')
    },
    /** Loses its sessions, as a new phone does. */
    forgets: () => {
      for (const { id } of bot().devices) account.signal.forget(`${bot().pn}:${id}`)
    },
    /** Lost a message of the bot's, and asks for it. */
    loses: (id: string) => {
      account.arrivals.delete(id)
      account.messages.splice(0, account.messages.length, ...account.messages.filter(one => one.id !== id))
      for (const device of bot().devices) askAgain(device, account, id)
    },
    /** Its next message can't be opened by any device. */
    garbles: () => {
      account.garbled = true
    },
    sees: (): readonly Shown[] => account.messages.filter(one => one.byBot),
    last: (): Shown | undefined => account.messages.findLast(one => one.byBot),
    hears,
  }
}
