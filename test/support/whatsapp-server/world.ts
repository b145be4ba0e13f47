// What this WhatsApp knows: accounts with their linked devices, people with their phones, and what has not arrived yet.
import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { BinaryNode, proto } from '@whiskeysockets/baileys'
import type { Link } from './link.ts'
import { createMedia } from './media.ts'
import { userOf } from './nodes.ts'
import { createSignal, type Signal } from './signal.ts'

/** A linked device of a number: what a bot is. */
export type Device = {
  readonly id: number
  readonly account: Account
  readonly noiseStatic: Buffer
  readonly identity: Buffer
  readonly registration: Buffer
  signedPreKey: BinaryNode
  preKeys: BinaryNode[]
  /** Nodes that it has not acknowledged, in their order; those without a connection wait here too. */
  readonly pending: Map<string, BinaryNode>
  link: Link | undefined
  active: boolean
}

/** A number with its phone. A bot's number has devices; the others are people. */
export type Account = {
  readonly pn: string
  readonly lid: string
  readonly name: string
  readonly signal: Signal
  readonly devices: Device[]
  addressing: 'lid' | 'pn' | 'lid without phone' | 'pn without lid'
  /** Everything that arrived at or left this phone, oldest first. */
  readonly messages: Shown[]
  /** How often a message id arrived: more than once is a repeat that a phone does not show. */
  readonly arrivals: Map<string, number>
  /** Sends read receipts. */
  reads: boolean
  /** Sends no receipts at all. */
  mute: boolean
  /** The next message leaves damaged. */
  garbled: boolean
}
export type Shown = {
  readonly id: string
  readonly byBot: boolean
  readonly text: string
  readonly message: proto.IMessage
  readonly picture?: Buffer
  readonly file?: { readonly name: string; readonly bytes: Buffer }
}

/** What the server does to the next messages of a bot instead of taking them. */
export type Fault = 'silence' | 'drop before' | 'drop after' | 'late ack' | { readonly error: string }
export type Planned = { readonly fault: Fault; readonly to: string | undefined; after: number; times: number }

export type World = Awaited<ReturnType<typeof createWorld>>

/** An empty WhatsApp. `changed` fires after everything that happens. */
export async function createWorld() {
  const accounts = new Map<string, Account>()
  const events = new EventEmitter().setMaxListeners(0)
  const planned: Planned[] = []
  const media = await createMedia()
  // Ids of another run must not come again: whoever keeps them would take a new message for a repeat.
  const run = randomBytes(5).toString('hex').toUpperCase()
  let lastId = 0

  function account(pn: string, name = pn): Account {
    const known = accounts.get(pn)
    if (known) return known
    const fresh: Account = {
      pn,
      lid: `9${pn.slice(2)}00`,
      name,
      signal: createSignal(),
      devices: [],
      addressing: 'lid',
      messages: [],
      arrivals: new Map(),
      reads: false,
      mute: false,
      garbled: false,
    }
    accounts.set(pn, fresh)
    accounts.set(fresh.lid, fresh)
    return fresh
  }

  return {
    events,
    media,
    planned,
    account,
    /** Whom a jid means, by phone number or LID. */
    find: (jid: string): Account | undefined => accounts.get(userOf(jid)),
    everybody: (): Account[] => [...new Set(accounts.values())],
    changed: () => events.emit('changed'),
    newId: () => `3A${run}${(++lastId).toString(16).toUpperCase().padStart(8, '0')}`,
    options: {
      /** Every message to the bot arrives twice. */
      duplicates: false,
      /** Questions about users get no answer: no message leaves. */
      deaf: false,
      /** The registration's secret is declared worn out after a phone agreed to link. */
      refreshLate: false,
      /** Phones link a device only against a passkey. */
      wantsPasskey: false,
      /** The last nodes that clients sent. */
      log: [] as BinaryNode[],
    },
    /** The fault meant for this message, if any; it is used up. */
    faultFor: (to: Account | undefined): Fault | undefined => {
      const plan = planned.find(plan => plan.times > 0 && (plan.to === undefined || plan.to === to?.pn))
      if (plan && plan.after-- > 0) return undefined
      if (plan) plan.times--
      return plan?.fault
    },
    /** Resolves once `holds` does; fails after `patience` ms, naming what was waited for. */
    until: async (what: () => string, holds: () => boolean, patience = 10_000): Promise<void> => {
      const end = performance.now() + patience
      while (!holds()) {
        if (performance.now() > end) throw new Error(`waited in vain for ${what()}`)
        await pause(5)
      }
    },
  }
}
