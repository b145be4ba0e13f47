// Meta takes one message in 6 seconds to one person, and lets a burst of 45 through: what is more waits here instead of there.
import { Refused } from '../port.ts'

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
