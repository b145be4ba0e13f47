// Long polling: a batch of updates is confirmed to Telegram only after it is committed in our inbox.
import { setTimeout as pause } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { Logger } from 'pino'
import type { Inbox } from '../port.ts'
import { describe, refusalOf } from './refusal.ts'
import type { TakeIn } from './take-in.ts'
import { ALLOWED_UPDATES } from './update.ts'

/** How long Telegram may hold a poll open while nobody writes. */
export const POLL_SECONDS = 30

export type Poller = {
  readonly api: Api
  readonly inbox: Inbox
  readonly log: Logger
  /** Takes what /healthz says of this channel. */
  readonly say: (health: string) => void
  readonly takeIn: TakeIn
}

/** Polls until `signal` fires. Never throws for what the platform, the network or the database do. */
export async function poll({ api, inbox, log, say, takeIn }: Poller, signal: AbortSignal): Promise<void> {
  // Telegram keeps what is not confirmed: the offset need not outlive the process.
  let offset = 0
  let failures = 0
  // The first poll, and the first after trouble, comes back at once and tells how things stand.
  let patience = 0
  while (!signal.aborted) {
    try {
      const request = { offset, timeout: patience, allowed_updates: ALLOWED_UPDATES }
      const updates = await api.getUpdates(request, signal as Signal)
      say('ok')
      const last = updates.at(-1)
      if (last) {
        await takeIn(inbox, updates)
        offset = last.update_id + 1
      }
      failures = 0
      patience = POLL_SECONDS
    } catch (error) {
      if (signal.aborted) return
      failures++
      patience = 0
      const { health, seconds } = troubleOf(error, failures)
      if (health) say(health)
      log.warn({ ...describe(error), seconds }, 'telegram: polling pauses')
      if (hasWebhook(error)) await api.deleteWebhook().catch(() => undefined)
      await pause(seconds * 1000, undefined, { signal }).catch(() => undefined)
    }
  }
}

/** grammY's types want the signal of the polyfill that it brings for old Nodes. */
export type Signal = NonNullable<Parameters<Api['getUpdates']>[1]>

type Trouble = { readonly health?: string; readonly seconds: number }

/** What an error means for the channel, and how long to wait before the next poll. */
export function troubleOf(error: unknown, failures: number): Trouble {
  const seconds = Math.min(30, 2 ** (failures - 2))
  const code = error instanceof GrammyError ? error.error_code : undefined
  if (hasWebhook(error)) return { health: 'conflict: removing an old webhook', seconds }
  // Another poller is at work with this token; stepping back ends the tug-of-war.
  if (code === 409) return { health: 'conflict: this token is polled elsewhere', seconds: 30 }
  if (code === 401 || code === 404) return { health: 'unauthorized: the token is not valid', seconds: 60 }
  const refusal = refusalOf(error)
  if (refusal?.kind === 'wait') return { health: 'waiting', seconds: refusal.seconds }
  // No refusal of Telegram's: our inbox did not take it. The database has a health line of its own.
  return refusal ? { health: 'unreachable', seconds } : { seconds }
}

/** A webhook that another program left keeps a bot from polling. What waits for it stays with Telegram and comes to us. */
const hasWebhook = (error: unknown): boolean =>
  error instanceof GrammyError && error.error_code === 409 && error.description.includes('webhook')
