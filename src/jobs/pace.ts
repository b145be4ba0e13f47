// How fast notices may leave on an account, whichever processes send them. Replies are not paced.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { reserveTime } from '../db/lease.ts'
import type { House } from '../house.ts'
import { type Account, addressOf } from './account.ts'

/** Seconds from one notice to the next, at least and at most; a channel that is not named has no pace. */
export const GAPS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  // Telegram takes about 30 a second.
  telegram: [0.04, 0.04],
  // Meta takes 80 a second of a number.
  cloud: [1 / 80, 1 / 80],
  // What a person might send by hand. A machine's even beat is what gets a number restricted.
  whatsapp: [4, 8],
}

export type Pace = {
  /** Waits until the account's pace has room for the next notices; gives how long each waits after the one before. */
  readonly reserve: (at: Account, count: number) => Promise<readonly number[]>
  /** How many notices may leave at once: at a slow pace few, so that what is claimed is still true when it leaves. */
  readonly atOnce: (at: Account, most: number) => number
}

const SLOW_SECONDS = 1
const FEW = 3

export function createPace(house: House, on: boolean): Pace {
  const holder = randomUUID()
  const gapOf = (at: Account) => (on ? GAPS[at.channel] : undefined)
  return {
    reserve: async (at, count) => {
      const [least, most] = gapOf(at) ?? [0, 0]
      if (most === 0 || count === 0) return []
      const gaps = Array.from({ length: count }, () => least + Math.random() * (most - least))
      const whole = gaps.reduce((sum, gap) => sum + gap, 0)
      await sleep(1_000 * (await reserveTime(house.db, `pace-${addressOf(at)}`, holder, whole)))
      return gaps
    },
    atOnce: (at, most) => ((gapOf(at)?.[0] ?? 0) < SLOW_SECONDS ? most : Math.min(most, FEW)),
  }
}
