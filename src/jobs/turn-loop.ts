// Takes turns until nobody waits: one batch at a time, while the replies of the one before are still leaving.
import type { Incoming } from '../bots/port.ts'
import { failpoint } from '../failpoint.ts'
import type { Flow } from '../flows/flow.ts'
import type { House } from '../house.ts'
import { takeTurns } from '../turn.ts'
import type { Deliverer } from './deliver.ts'
import { createRunner, type Runner } from './runner.ts'

export type TurnLoop = Runner & {
  /** Stores messages along with the next batch, which may answer them; resolves with its commit. */
  readonly receive: (messages: readonly Incoming[]) => Promise<void>
}

/** Only for accounts this process can send on, and only as long as their lanes have room. */
export function createTurnLoop(
  house: House,
  deliverer: Deliverer,
  storeAlone: TurnLoop['receive'],
  flow: Flow | undefined,
): TurnLoop {
  let arrived: Incoming[] = []
  let stored: PromiseWithResolvers<void> | undefined
  // What arrives while the loop rests after a failure does not wait for it.
  let failed = false
  let delivering: Promise<void> = Promise.resolve()

  const runner = createRunner(house.log, 'taking turns', async () => {
    const [messages, storing] = [arrived, stored]
    arrived = []
    stored = undefined
    if (storing) failpoint('received')
    try {
      const { turns, replies, more } = await takeTurns(house, deliverer.senders(), flow, messages)
      failed = false
      storing?.resolve()
      if (turns > 0) failpoint('committed')
      // One batch finds its lanes while the next is taken, and no more than one.
      await delivering
      if (replies.length > 0) delivering = deliverer.deliver(replies)
      return turns > 0 && more
    } catch (error) {
      failed = true
      storing?.reject(error)
      throw error
    }
  })

  return {
    ...runner,
    receive: async messages => {
      if (failed) return storeAlone(messages).then(runner.ring)
      arrived.push(...messages)
      stored ??= Promise.withResolvers()
      const { promise } = stored
      runner.ring()
      await promise
    },
  }
}
