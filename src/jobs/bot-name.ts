// Learns under which name people find a bot: the links of nominees lead there.
import { setTimeout as pause } from 'node:timers/promises'
import type { Telegram } from '../bots/telegram/telegram.ts'
import { keepPlace } from '../db/officer.ts'
import type { House } from '../house.ts'

const AGAIN_MS = 30_000

/** Asks until the platform has said it, or `signal` fires; until then links to the bot are left out. */
export async function learnName(
  { db, log }: House,
  bot: Pick<Telegram, 'channel' | 'account' | 'name'>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted)
    try {
      return await keepPlace(db, bot.channel, bot.account, await bot.name(signal))
    } catch (error) {
      log.debug({ err: error }, 'the name of the bot is not known yet')
      await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined)
    }
}
