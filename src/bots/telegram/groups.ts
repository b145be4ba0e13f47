// Turns groups away: the bot is for private chats, where personal data is safe. Nothing of a group is stored.
import type { Api } from 'grammy'
import type { Logger } from 'pino'
import { describe } from './refusal.ts'
import type { Understood } from './update.ts'

const WORDS = 'Bot ini hanya bisa dipakai di chat pribadi. Ketuk nama bot ini, lalu tekan Mulai, ya.'
const DAY_MS = 24 * 60 * 60 * 1000

/** Answers each group at most once a day, and each press made in one. */
export function createTurnAway(api: Api, log: Logger): (found: Understood) => void {
  const told = new Map<number, number>()

  async function tell(group: number): Promise<void> {
    const now = performance.now()
    for (const [known, at] of told) if (now - at >= DAY_MS) told.delete(known)
    if (told.has(group)) return
    told.set(group, now)
    await api.sendMessage(group, WORDS)
  }

  return ({ groups, strayPresses }) => {
    const answers = [...groups.map(tell), ...strayPresses.map(press => api.answerCallbackQuery(press, { text: WORDS }))]
    for (const answer of answers) answer.catch(error => log.warn(describe(error), 'telegram: a group was not answered'))
  }
}
