// Gathers what comes one by one and may wait a little, so that one statement serves many.
import { setTimeout as sleep } from 'node:timers/promises'

/** Gives the function that hands over; its promise resolves when what came within `ms` is written. */
export function createGatherer<Item>(ms: number, write: (items: readonly Item[]) => Promise<void>) {
  let gathered: Item[] = []
  let next: Promise<void> | undefined

  async function writeGathered(): Promise<void> {
    await sleep(ms)
    const items = gathered
    gathered = []
    next = undefined
    await write(items)
  }

  return (items: readonly Item[]): Promise<void> => {
    gathered.push(...items)
    next ??= writeGathered()
    return next
  }
}
