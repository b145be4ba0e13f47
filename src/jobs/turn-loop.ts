// Takes turns until nobody waits: one batch at a time, while the replies of the one before are still leaving.
import { failpoint } from '../failpoint.ts'
import type { Flow } from '../flows/flow.ts'
import type { House } from '../house.ts'
import { takeTurns } from '../turn.ts'
import type { Deliverer } from './deliver.ts'
import { createRunner, type Runner } from './runner.ts'

/** Only for accounts this process can send on, and only as long as their lanes have room. */
export function createTurnLoop(house: House, deliverer: Deliverer, flow: Flow | undefined): Runner {
  let delivering: Promise<void> = Promise.resolve()
  return createRunner(house.log, 'taking turns', async () => {
    const { turns, replies } = await takeTurns(house, deliverer.senders(), flow)
    if (turns > 0) failpoint('committed')
    // One batch finds its lanes while the next is taken, and no more than one.
    await delivering
    if (replies.length > 0) delivering = deliverer.deliver(replies)
    return turns > 0
  })
}
