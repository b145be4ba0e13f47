// Sends what is due in the ledger: notices, and replies that had to wait.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bot } from '../bots/port.ts'
import { claimDue, type Due, type Quiet } from '../db/ledger-claim.ts'
import { type Settled, settleRows } from '../db/ledger-settle.ts'
import type { House } from '../house.ts'
import { type Account, addressOf } from './account.ts'
import { type Cap, noCap } from './cap.ts'
import type { Deliverer } from './deliver.ts'
import { putBack } from './hand.ts'
import { type Letters, makeLetters } from './letters.ts'
import type { Pace } from './pace.ts'
import { quietEvents } from './quiet.ts'
import { createRunner } from './runner.ts'

const CLAIM = 100
/**
 * A kill leaves at most two handfuls uncertain. While what one hand gave is on its way, the other's is marked: one hand
 * alone waits for the database half of the time. At a pace they take turns, and about one handful is under way.
 */
const HANDS = 2
const HANDFUL = 10

export type Outbox = {
  /** Something of this account may be due. */
  readonly ring: (at: Account) => void
  /** Ends after the handful that is in flight. */
  readonly stop: () => Promise<void>
}

type Limits = { readonly most: number; readonly capped: boolean; readonly quiet: readonly Quiet[] }
const NO_LIMITS: Limits = { most: CLAIM, capped: false, quiet: [] }

type Lot = {
  /** How many rows were looked at: 0 when nothing is due. */
  readonly seen: number
  readonly ids: readonly string[]
  readonly letters?: Letters
  /** What has not left yet is not counted in the day's share. */
  readonly capped: boolean
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
        createRunner(house.log, 'sending replies that waited', () => sendSome(bot, 'replies')),
        createRunner(house.log, 'sending notices', () => sendSome(bot, 'notices')),
      ],
    ]),
  )

  /** Claims and sends lot after lot, the next being written while one leaves. False when nothing was due. */
  async function sendSome(bot: Bot, what: Due): Promise<boolean> {
    const first = await take(bot, what)
    let lot = first
    while (lot.letters) {
      const { ids, letters } = lot
      // At a slow pace what was written long before it leaves would not be true any more.
      const ahead = pace.atOnce(bot, CLAIM) === CLAIM && !lot.capped ? take(bot, what) : undefined
      ahead?.catch(() => {})
      try {
        await sendAll(bot, letters)
      } catch (error) {
        // What was taken ahead is nobody's now: held on to, its lease would be prolonged for ever.
        await ahead?.then(next => deliverer.held.drop(next.ids)).catch(() => {})
        throw error
      } finally {
        deliverer.held.drop(ids)
      }
      lot = await (ahead ?? take(bot, what))
    }
    // What a message in flight held back in its chat may leave now.
    return first.seen > 0 && !stopped
  }

  /** What nobody asked for keeps the account's pace and the day's share, and the hours of rest. */
  async function limitsOf(bot: Bot): Promise<Limits> {
    const room = await cap(bot)
    const most = Math.min(pace.atOnce(bot, CLAIM), room)
    return { most, capped: room !== Number.MAX_SAFE_INTEGER, quiet: await quietEvents(house) }
  }

  /** Claims a lot and writes its letters; none where nothing may leave. */
  async function take(bot: Bot, what: Due): Promise<Lot> {
    if (stopped || deliverer.isHalted(bot)) return { seen: 0, ids: [], capped: false }
    const { most, capped, quiet } = what === 'replies' ? NO_LIMITS : await limitsOf(bot)
    if (most === 0) return { seen: 0, ids: [], capped }
    const { seen, rows } = await claimDue(house.db, bot, what, most, quiet)
    if (rows.length === 0) return { seen, ids: [], capped }
    const ids = rows.map(({ id }) => id)
    deliverer.held.add(ids)
    try {
      return { seen, ids, capped, letters: await makeLetters(house, bot, rows) }
    } catch (error) {
      deliverer.held.drop(ids)
      throw error
    }
  }

  async function sendAll(bot: Bot, { ready, settled }: Letters): Promise<void> {
    const left = [...ready]
    const hands = Array.from({ length: HANDS }, (_, n) => sendHandfuls(bot, left, n === 0 ? settled : []))
    const failed = (await Promise.allSettled(hands)).find(hand => hand.status === 'rejected')
    if (failed) throw failed.reason
  }

  /** One statement between two handfuls: it settles the last and marks the next attempted. */
  async function sendHandfuls(bot: Bot, left: Letters['ready'][number][], settled: Letters['settled']): Promise<void> {
    let results: readonly Settled[] = settled
    while (left.length > 0) {
      if (stopped || deliverer.isHalted(bot)) {
        results = [...results, ...left.splice(0).map(({ letter }) => putBack(letter.id))]
        break
      }
      const handful = left.splice(0, HANDFUL)
      const notices = handful.filter(({ letter }) => letter.notice).length
      const gaps = await keep(results, () => pace.reserve(bot, notices))
      const mine = new Set(await keep(results, () => mark(results, handful)))
      results = await sendHandful(
        bot,
        handful.filter(({ letter }) => mine.has(letter.id)),
        gaps,
      )
    }
    await keep(results, () => mark(results, []))
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

  const mark = (results: readonly Settled[], next: Letters['ready']) =>
    settleRows(
      house.db,
      results,
      next.map(({ leaving }) => leaving),
    )

  /** What was accepted must be written even if the database is away just now: the deliverer keeps trying. */
  async function keep<T>(results: readonly Settled[], ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
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
