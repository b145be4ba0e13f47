// How fast notices may leave on an account, whichever processes send them. Replies are not paced.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { reserveTime } from '../db/lease.ts'
import type { House } from '../house.ts'
import { type Account, addressOf } from './account.ts'

/** Notices a second. Telegram takes about 30; a channel that is not named has no pace. */
export const PER_SECOND: Readonly<Record<string, number>> = { telegram: 25 }

/** Waits until the account's pace has room for `count` more; gives the seconds between one and the next. */
export type Pace = (at: Account, count: number) => Promise<number>

export function createPace(house: House, on: boolean): Pace {
  const holder = randomUUID()
  return async (at, count) => {
    const perSecond = on ? PER_SECOND[at.channel] : undefined
    if (!perSecond || count === 0) return 0
    await sleep(1_000 * (await reserveTime(house.db, `pace-${addressOf(at)}`, holder, count / perSecond)))
    return 1 / perSecond
  }
}
