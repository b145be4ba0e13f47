// Watches that every account of this process is swept, whatever becomes of the queue.
import { readSweepAges } from '../db/sweep.ts'
import type { House } from '../house.ts'
import { type Account, addressOf } from './account.ts'
import { SWEEP_MS } from './queues.ts'
import { createRunner } from './runner.ts'

/** After so long without a sweep it is run from here, in its usual rhythm, until the queue rings again. */
const LATE_SECONDS = 10
/** How many own sweeps lie between two tries to put the scheduler back. */
const MEND_EVERY = 4

export type Watch = {
  /** A sweep of this account was rung by the queue. */
  readonly heard: (at: Account) => void
  readonly stop: () => Promise<void>
}

/** `run` sweeps an account; `mend` puts its scheduler back. */
export function startWatch(
  house: House,
  accounts: readonly Account[],
  run: (at: Account) => Promise<void>,
  mend: (at: Account) => void,
): Watch {
  /** Accounts that are swept from here, and how often they were. */
  const own = new Map<string, number>()

  async function look(): Promise<boolean> {
    const ages = await readSweepAges(house.db, accounts.map(addressOf))
    for (const at of accounts) {
      const name = addressOf(at)
      const times = own.get(name)
      const patience = times === undefined ? LATE_SECONDS : SWEEP_MS / 1_000 - 0.5
      if ((ages.get(name) as number) < patience) continue
      if (times === undefined) house.log.warn({ sweep: name }, 'the sweep is late: it is run from here')
      own.set(name, (times ?? 0) + 1)
      if ((times ?? 0) % MEND_EVERY === 0) mend(at)
      await run(at)
    }
    return false
  }

  const runner = createRunner(house.log, 'watching the sweeps', look)
  const timer = setInterval(runner.ring, SWEEP_MS)
  return {
    heard: at => own.delete(addressOf(at)),
    stop: () => {
      clearInterval(timer)
      return runner.stop()
    },
  }
}
