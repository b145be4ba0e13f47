// A piece of work that is rung for: repeated until there is nothing left, one at a time, with a rest after a failure.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'

const REST_MS = [100, 200, 500, 1_000, 2_000, 5_000]

export type Runner = {
  /** Asks for a run; while one is under way, for another after it. */
  readonly ring: () => void
  /** Starts nothing more; resolves when what is under way has ended. */
  readonly stop: () => Promise<void>
}

/** `work` does some of it and says whether there may be more. A failure is logged, and tried again after a rest. */
export function createRunner(log: Logger, name: string, work: () => Promise<boolean>): Runner {
  const stopping = new AbortController()
  let rung = false
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    let failures = 0
    while (rung && !stopping.signal.aborted) {
      rung = false
      try {
        while (!stopping.signal.aborted && (await work()));
        failures = 0
      } catch (error) {
        const ms = REST_MS[Math.min(failures++, REST_MS.length - 1)] as number
        log.warn({ err: error, again: `${ms} ms` }, `${name} failed`)
        await sleep(ms, undefined, { signal: stopping.signal }).catch(() => {})
        rung = true
      }
    }
    running = undefined
  }

  return {
    ring: () => {
      if (stopping.signal.aborted) return
      rung = true
      running ??= run()
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
