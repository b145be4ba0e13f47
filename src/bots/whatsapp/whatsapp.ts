// The WhatsApp channel: one linked number with one socket. Nothing outside this folder knows Baileys.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Seal } from '../../seal.ts'
import { whatsapp } from '../capabilities.ts'
import type { Bot, Inbox } from '../port.ts'
import { ACCOUNT } from './account.ts'
import { unpackCreds } from './auth.ts'
import { serveConnection } from './connection.ts'
import type { DrawTicket } from './content.ts'
import { backoff, readEnd } from './ended.ts'
import { link } from './link.ts'
import { createFetch } from './media.ts'
import { type Connection, createSend } from './send.ts'
import { silenceLibsignal } from './silence.ts'
import type { Standing, Store } from './store.ts'

const LOOK_MS = 500
/** A connection that lasted so long was a good one. */
const STEADY_MS = 60_000

/** `url`: the server's, where it isn't WhatsApp's own. `pace` false: no typing, no reading marks. */
export type WhatsAppConfig = { readonly url: string | undefined; readonly pace: boolean }

export type WhatsApp = Bot & {
  /** Holds the socket, or serves who wants to link a number, until `signal` fires. Whoever calls it holds the lease. */
  readonly run: (inbox: Inbox, store: Store, signal: AbortSignal) => Promise<void>
  readonly health: () => string
}

/** `awake` hears when the number can send again. */
export function createWhatsApp(
  { url, pace }: WhatsAppConfig,
  seal: Seal,
  drawTicket: DrawTicket,
  log: Logger,
  awake: () => void,
): WhatsApp {
  silenceLibsignal()
  let connection: Connection | undefined
  let health: Standing | 'waiting for the socket' = 'waiting for the socket'

  async function run(inbox: Inbox, store: Store, signal: AbortSignal): Promise<void> {
    const say = async (standing: Standing) => {
      health = standing
      await store.say(standing)
    }
    const setting = {
      account: ACCOUNT,
      url,
      inbox,
      log,
      drawTicket,
      marks: pace,
      idOf: (address: string, id: string) => seal.lookup('whatsapp message', `${address} ${id}`).toString('base64url'),
    }
    const open = (opened: Connection | undefined) => {
      connection = opened
      if (!opened) return
      void say('ok').catch(() => {})
      awake()
    }
    let failures = 0
    const stood = (await store.readStanding())?.standing
    // A ban lasts; of the others a fresh start may know better.
    let stopped = stood === 'banned'
    if (!stood) await say('not linked')
    health = stood ?? 'not linked'
    while (!signal.aborted) {
      const kept = await store.readCreds()
      if (!kept || stopped) {
        if (await serveLinks(store, signal)) stopped = false
        continue
      }
      await say('connecting')
      const began = performance.now()
      const ended = readEnd(await serveConnection(setting, store, unpackCreds(kept), open, signal))
      if (signal.aborted) return
      if (ended.next === 'wipe') {
        await store.wipe()
        await say('logged out')
      }
      if (ended.next === 'stop') {
        stopped = true
        await say(ended.standing)
      }
      if (ended.next !== 'again') continue
      await say('connecting')
      failures = performance.now() - began > STEADY_MS || !ended.patience ? 0 : failures + 1
      if (failures > 0) await rest(backoff(failures) * 1000, signal)
    }
  }

  /** Waits until somebody asks for linking, and serves it. True when a number is linked. */
  async function serveLinks(store: Store, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const request = await store.nextLink()
      if (request && (await link(store, request, url, log, signal))) return true
      await rest(LOOK_MS, signal)
    }
    return false
  }

  return {
    channel: 'whatsapp',
    account: ACCOUNT,
    capabilities: whatsapp,
    ready: () => connection !== undefined,
    send: createSend(() => connection, drawTicket, pace),
    fetch: createFetch(url !== undefined),
    run: async (inbox, store, signal) => {
      try {
        await run(inbox, store, signal)
      } finally {
        connection = undefined
        health = 'waiting for the socket'
      }
    },
    health: () => health,
  }
}

const rest = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {})
