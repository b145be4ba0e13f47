// The simulator's channel: two accounts, one in Telegram's look and one in WhatsApp's. What it takes is shown at once.
import { randomUUID } from 'node:crypto'
import { telegram, whatsapp } from './capabilities.ts'
import { type Accepted, type Bot, type Capabilities, FileRefused, type Outgoing } from './port.ts'
import { render } from './render.ts'

/** The looks, each with what the app of that look can show. */
export const LOOKS = { telegram, whatsapp } as const
type Look = keyof typeof LOOKS

/** Sent messages remembered until the database says so too, and bytes of uploads kept until they are fetched. */
const REMEMBERED = 1_000
const KEPT_BYTES = 64 * 1024 * 1024

export type Simulator = {
  readonly bots: readonly Bot[]
  /** Keeps an uploaded file until it is fetched; gives the ref by which `fetch` finds it. */
  readonly keep: (bytes: Uint8Array) => string
  /** The platform's id of a message that left a moment ago; null where it was a pop-up. */
  readonly sent: (ledgerId: string) => string | null | undefined
  /** Hears of every message that leaves; gives back how to stop. */
  readonly listen: (hear: (look: Look, message: Outgoing, popup: boolean) => void) => () => void
}

/** The simulator's two accounts and what stands behind them: this process' memory. */
export function createSimulator(): Simulator {
  const listeners = new Set<(look: Look, message: Outgoing, popup: boolean) => void>()
  const sent = new Map<string, string | null>()
  const uploads = new Map<string, Uint8Array>()

  function keep(bytes: Uint8Array): string {
    const ref = randomUUID()
    uploads.set(ref, bytes)
    let total = [...uploads.values()].reduce((sum, kept) => sum + kept.length, 0)
    for (const [oldest, kept] of uploads) {
      if (total <= KEPT_BYTES || oldest === ref) break
      uploads.delete(oldest)
      total -= kept.length
    }
    return ref
  }

  function bot(look: Look, capabilities: Capabilities): Bot {
    return {
      channel: 'simulator',
      account: look,
      capabilities,
      send: async message => {
        const accepted = accept(message, capabilities)
        sent.set(message.id, accepted.messageId)
        if (sent.size > REMEMBERED) sent.delete(sent.keys().next().value as string)
        for (const hear of listeners) hear(look, message, accepted.messageId === null)
        return accepted
      },
      fetch: async (file, limit) => {
        const bytes = uploads.get(file.ref)
        if (!bytes) throw new FileRefused('unreachable')
        if (bytes.length > limit) throw new FileRefused('too_big')
        return bytes
      },
    }
  }

  return {
    bots: [bot('telegram', telegram), bot('whatsapp', whatsapp)],
    keep,
    sent: id => sent.get(id),
    listen: hear => {
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
  }
}

/** A pop-up has no id, an edited message keeps the old one; the same message tried twice is one message. */
function accept({ id, reply, press }: Outgoing, capabilities: Capabilities): Accepted {
  if (press && render(reply, capabilities).popup) return { messageId: null }
  if (reply.replaces && press && capabilities.edits) return { messageId: press.message }
  return { messageId: id }
}
