// Sends what is due in the ledger: notices, and replies that had to wait.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bot } from '../bots/port.ts'
import { claimDue, type Due } from '../db/ledger-claim.ts'
import { type Settled, settleRows } from '../db/ledger-settle.ts'
import type { House } from '../house.ts'
import { type Account, addressOf } from './account.ts'
import { type Cap, noCap } from './cap.ts'
import type { Deliverer } from './deliver.ts'
import { putBack } from './hand.ts'
import { type Letters, makeLetters } from './letters.ts'
import type { Pace } from './pace.ts'
import { createRunner } from './runner.ts'

const CLAIM = 50
/** A kill leaves at most so many messages uncertain. */
const HANDFUL = 10

export type Outbox = {
  /** Something of this account may be due. */
  readonly ring: (at: Account) => void
  /** Ends after the handful that is in flight. */
  readonly stop: () => Promise<void>
}

export function createOutbox(
  house: House,
  bots: readonly Bot[],
  deliverer: Deliverer,
  pace: Pace,
  cap: Cap = noCap,
): Outbox {
  let stopped = false
  // Side by side: a reply that had to wait must not wait for the pace of notices too.
  const runners = new Map(
    bots.map(bot => [
      addressOf(bot),
      [
        createRunner(house.log, 'sending replies that waited', () => sendSome(bot, 'replies', CLAIM)),
        createRunner(house.log, 'sending notices', async () => {
          const room = await cap(bot)
          return room > 0 && sendSome(bot, 'notices', Math.min(pace.atOnce(bot, CLAIM), room))
        }),
      ],
    ]),
  )

  /** Claims and sends one lot. False when nothing was due. */
  async function sendSome(bot: Bot, what: Due, most: number): Promise<boolean> {
    if (deliverer.isHalted(bot)) return false
    const { seen, rows } = await claimDue(house.db, bot, what, most)
    const ids = rows.map(({ id }) => id)
    deliverer.held.add(ids)
    try {
      if (rows.length > 0) await sendHandfuls(bot, await makeLetters(house, bot, rows))
    } finally {
      deliverer.held.drop(ids)
    }
    return seen > 0 && !stopped
  }

  /** One statement between two handfuls: it settles the last and marks the next attempted. */
  async function sendHandfuls(bot: Bot, { ready, settled }: Letters): Promise<void> {
    let results: readonly Settled[] = settled
    for (let i = 0; i < ready.length; i += HANDFUL) {
      if (stopped || deliverer.isHalted(bot)) {
        results = [...results, ...ready.slice(i).map(({ letter }) => putBack(letter.id))]
        break
      }
      const handful = ready.slice(i, i + HANDFUL)
      const gaps = await pace.reserve(bot, handful.filter(({ letter }) => letter.notice).length)
      const mine = new Set(await write(results, handful))
      results = await sendHandful(
        bot,
        handful.filter(({ letter }) => mine.has(letter.id)),
        gaps,
      )
    }
    await write(results, [])
  }

  /** The first leaves at once, each other so long after the one before. */
  async function sendHandful(bot: Bot, handful: Letters['ready'], gaps: readonly number[]): Promise<Settled[]> {
    const sent = handful.map(async ({ letter }, i) => {
      const seconds = gaps.slice(0, i).reduce((sum, gap) => sum + gap, 0)
      if (seconds > 0) await sleep(seconds * 1_000)
      return deliverer.send(bot, letter)
    })
    return (await Promise.all(sent)).filter(result => result !== undefined)
  }

  /** What was accepted must be written even if the database is away just now: the deliverer keeps trying. */
  async function write(results: readonly Settled[], next: Letters['ready']): Promise<string[]> {
    try {
      return await settleRows(
        house.db,
        results,
        next.map(({ leaving }) => leaving),
      )
    } catch (error) {
      await Promise.all(results.map(result => deliverer.settle(result)))
      throw error
    }
  }

  return {
    ring: at => {
      for (const runner of runners.get(addressOf(at)) ?? []) runner.ring()
    },
    stop: async () => {
      stopped = true
      await Promise.all([...runners.values()].flat().map(runner => runner.stop()))
    },
  }
}
