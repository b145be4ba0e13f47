// What Meta takes of a number: 80 messages a second, and to one person one in 6 seconds after a burst of 45. What is more waits
// here instead of there.
import { setTimeout as pause } from 'node:timers/promises'
import { Refused } from '../port.ts'

const A_SECOND = 80

const SECONDS = 6
const BURST = 45
/** Chats remembered; who has not been written to for so long has a whole burst again anyway. */
const REMEMBERED = 20_000

/** Notes a message to an address. Throws Refused (later) where it has to wait. `now` in seconds. */
export function createPairPace(now = () => performance.now() / 1000) {
  /** Until when each person's allowance is used up, if he got no more. */
  const used = new Map<string, number>()

  return (address: string): void => {
    const at = now()
    const until = Math.max(used.get(address) ?? 0, at)
    const wait = until - at - SECONDS * (BURST - 1)
    if (wait > 0) throw new Refused({ kind: 'later', seconds: Math.ceil(wait), why: 'pace to one person' })
    used.delete(address)
    used.set(address, until + SECONDS)
    if (used.size > REMEMBERED) used.delete(used.keys().next().value as string)
  }
}

/** Resolves once a message may leave: at most 80 in any second. `now` and `sleep` in milliseconds. */
export function createThroughput(now = () => performance.now(), sleep: (ms: number) => Promise<unknown> = pause) {
  /** When the last of them left, or will. */
  const left: number[] = []

  return async (): Promise<void> => {
    const at = now()
    const first = left.length < A_SECOND ? undefined : left.shift()
    const leaves = first === undefined ? at : Math.max(at, first + 1_000)
    left.push(leaves)
    if (leaves > at) await sleep(leaves - at)
  }
}
