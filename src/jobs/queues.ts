// Doorbells between processes, on BullMQ: one small queue an account, on Redis or on PostgreSQL. Nothing depends on
// them: a bell that is not heard costs the time until the next sweep.
import type { House } from '../house.ts'
import type { Account } from './account.ts'
import { addressOf } from './account.ts'
import { type Backend, openBackend, type Queue, type Worker } from './queue-backend.ts'
import { within } from './within.ts'

/** What may wait: messages for their turn, files to be fetched, notices (and replies that had to wait). */
export type Bell = 'turns' | 'files' | 'notices'

export type Queues = {
  /** Rings in whichever process serves the account. Never throws, never waits. */
  readonly ring: (what: Bell, at: Account) => void
  /** Sees to it that the account's sweep is rung every few seconds. */
  readonly schedule: (at: Account) => Promise<void>
  /** Whether the queue answers. */
  readonly ask: () => Promise<boolean>
  readonly close: () => Promise<void>
}

export type QueueSettings = { readonly databaseUrl: string; readonly redisUrl: string | undefined }

export const SWEEP_MS = 3_000
const ANSWER_MS = 2_000
const CLOSE_MS = 2_000
const ONCE = { removeOnComplete: true, removeOnFail: true }

/** Listens to the bells of these accounts; `hear` gets each. */
export function openQueues(
  { db, log }: House,
  settings: QueueSettings,
  accounts: readonly Account[],
  hear: (what: Bell | 'sweep', at: Account) => Promise<void>,
): Queues {
  const queues = new Map<string, Queue>()
  const ringing = new Set<string>()
  let workers: readonly Worker[] = []
  let backend: Promise<Backend> | undefined
  let closed = false

  /** Opened by whoever needs it first, and again after a failure. */
  function open(): Promise<Backend> {
    backend ??= listen().catch(error => {
      backend = undefined
      throw error
    })
    return backend
  }

  async function listen(): Promise<Backend> {
    const opened = await openBackend(db, settings, error => log.debug({ err: error }, 'the queue has trouble'))
    if (closed) await opened.close()
    else workers = accounts.map(at => opened.worker(addressOf(at), what => hear(what as Bell | 'sweep', at)))
    return opened
  }

  async function queueOf(at: Account): Promise<Queue> {
    const name = addressOf(at)
    const opened = await open()
    const queue = queues.get(name) ?? opened.queue(name)
    queues.set(name, queue)
    return queue
  }

  async function add(what: string, at: Account): Promise<void> {
    const queue = await queueOf(at)
    // A bell that rings already need not ring twice.
    await queue.add(what, {}, { ...ONCE, deduplication: { id: what } })
  }

  return {
    ring: (what, at) => {
      const bell = `${what} ${addressOf(at)}`
      if (closed || ringing.has(bell)) return
      ringing.add(bell)
      add(what, at)
        .catch(error => log.debug({ err: error }, 'a bell was not rung'))
        .finally(() => ringing.delete(bell))
    },
    schedule: async at => {
      const queue = await queueOf(at)
      await queue.upsertJobScheduler('sweep', { every: SWEEP_MS }, { name: 'sweep', opts: ONCE })
    },
    ask: async () => {
      try {
        const asked = open().then(opened => opened.ask())
        asked.catch(() => {})
        return await within(ANSWER_MS, asked)
      } catch {
        return false
      }
    },
    close: async () => {
      closed = true
      const opened = await backend?.catch(() => undefined)
      // Closing can hang when Redis is gone.
      const all = [...workers, ...queues.values()].map(one => one.close())
      await within(CLOSE_MS, Promise.allSettled(all))
      if (opened)
        await within(
          CLOSE_MS,
          opened.close().catch(() => {}),
        )
    },
  }
}
