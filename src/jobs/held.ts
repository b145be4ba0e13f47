// The ledger rows this process holds: their leases are prolonged while it lives, so that no sweep takes them over.
import { holdRows, LEASE_SECONDS } from '../db/ledger-hold.ts'
import type { House } from '../house.ts'

const RENEW_MS = 5_000
/** A second less than the lease: what is handed to the platform after that may be another process' by now. */
const SURE_MS = (LEASE_SECONDS - 1) * 1_000

export type Held = {
  readonly add: (ids: readonly string[]) => void
  readonly drop: (ids: readonly string[]) => void
  readonly ids: () => string[]
  /** Whether the row is surely this process' own: a process that slept through its leases sends nothing more. */
  readonly isMine: (id: string) => boolean
  readonly stop: () => void
}

export function createHeld(house: House): Held {
  const until = new Map<string, number>()
  const timer = setInterval(() => void renew(), RENEW_MS)
  timer.unref()

  async function renew(): Promise<void> {
    // Most rows are gone long before their first renewal.
    const soon = performance.now() + SURE_MS - RENEW_MS / 2
    const ids = [...until].filter(([, end]) => end < soon).map(([id]) => id)
    if (ids.length === 0) return
    const end = performance.now() + SURE_MS
    try {
      for (const id of await holdRows(house.db, ids)) if (until.has(id)) until.set(id, end)
    } catch (error) {
      house.log.warn({ err: error }, 'leases of messages could not be prolonged')
    }
  }

  return {
    add: ids => {
      const end = performance.now() + SURE_MS
      for (const id of ids) until.set(id, end)
    },
    drop: ids => {
      for (const id of ids) until.delete(id)
    },
    ids: () => [...until.keys()],
    isMine: id => performance.now() < (until.get(id) ?? 0),
    stop: () => clearInterval(timer),
  }
}
