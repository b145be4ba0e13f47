// Writes what became of messages in groups: one statement for all that ended within a few milliseconds.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Settled, settleRows } from '../db/ledger-settle.ts'
import { failpoint } from '../failpoint.ts'
import type { House } from '../house.ts'
import { createGatherer } from './gather.ts'
import type { Held } from './held.ts'

const GROUP_MS = 5
const AGAIN_MS = 1_000

export type Settler = {
  /** Resolves when the result is committed. While the database is away it is kept and tried again. */
  readonly settle: (result: Settled) => Promise<void>
}

export function createSettler(house: House, held: Held): Settler {
  const written = (results: readonly Settled[]) =>
    settleRows(house.db, results).then(
      () => {
        failpoint('accepted')
        return true
      },
      error => {
        house.log.warn({ err: error, rows: results.length }, 'what became of messages could not be written yet')
        return false
      },
    )

  const settle = createGatherer<Settled>(GROUP_MS, async results => {
    while (!(await written(results))) await sleep(AGAIN_MS)
    held.drop(results.map(({ id }) => id))
  })

  return { settle: result => settle([result]) }
}
