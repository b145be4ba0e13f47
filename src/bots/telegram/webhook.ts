// A webhook: Telegram posts each update to an address of ours and repeats it until it hears 200.
import { setTimeout as pause } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { Logger } from 'pino'
import { troubleOf } from './poll.ts'
import { describe } from './refusal.ts'
import { ALLOWED_UPDATES } from './update.ts'

/** Where Telegram shall post, and the words by which we know that it was Telegram. */
export type Webhook = { readonly url: string; readonly secret: string }

/** A program that polls with our token takes the webhook away without a word: it is set again this often. */
const AGAIN_SECONDS = 600

/** Sees to it until `signal` fires that Telegram posts to our address. What waits with Telegram is never dropped. */
export async function keepWebhook(
  { api, log, say }: { readonly api: Api; readonly log: Logger; readonly say: (health: string) => void },
  { url, secret }: Webhook,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    let seconds = AGAIN_SECONDS
    try {
      await api.setWebhook(url, { secret_token: secret, allowed_updates: ALLOWED_UPDATES })
      say('ok')
      failures = 0
    } catch (error) {
      const trouble = troubleOf(error, ++failures)
      seconds = trouble.seconds
      say(refused(error) ?? trouble.health ?? 'unreachable')
      log.warn({ ...describe(error), seconds }, 'telegram: the webhook was not set')
    }
    await pause(seconds * 1000, undefined, { signal }).catch(() => undefined)
  }
}

/** Telegram's own words for an address it does not like: the operator has to mend it. */
const refused = (error: unknown): string | undefined =>
  error instanceof GrammyError && error.error_code === 400 ? `webhook refused: ${error.description}` : undefined
