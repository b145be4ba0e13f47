// Everything a process with the worker role does beside the web: turns, sending, files, sweeps. The door of this folder.
import type { Bot, Incoming } from '../bots/port.ts'
import type { Flow } from '../flows/flow.ts'
import type { House } from '../house.ts'
import { createReceiver } from '../turn.ts'
import { type Account, addressOf } from './account.ts'
import { createCap, type PerDay } from './cap.ts'
import { createDeliverer } from './deliver.ts'
import { createFetcher } from './fetch-files.ts'
import { createOutbox } from './outbox.ts'
import { createPace } from './pace.ts'
import { type Bell, openQueues, type QueueSettings } from './queues.ts'
import { sweep } from './sweep.ts'
import { createTurnLoop } from './turn-loop.ts'
import { startWatch } from './watch.ts'
import { within } from './within.ts'

/**
 * `pace` false: notices leave as fast as they can. `perDay`: how many notices a channel's account may send in a day.
 * `flow`: another conversation than the registration, for the benchmark.
 */
export type WorkerSettings = QueueSettings & {
  readonly pace: boolean
  readonly perDay?: PerDay
  readonly flow?: Flow | undefined
}

export type Jobs = {
  /** Something waits for this account. Heard here, or in the process that serves the account. */
  readonly ring: (what: Bell, at: Account) => void
  /** Stores what people send and has it answered, here or in the process that serves the account. Resolves when it is committed. */
  readonly receive: (messages: readonly Incoming[]) => Promise<void>
  readonly health: () => Promise<{ readonly queue: 'ok' | 'away' }>
  /** Takes nothing more, and lets what is in flight end: some 8 s at most. */
  readonly stop: () => Promise<void>
}

const STOP_MS = 2_000

/** Serves these bots' accounts. Without bots it only rings for processes that do. */
export function startWorker(house: House, bots: readonly Bot[], settings: WorkerSettings): Jobs {
  const accounts = bots.map(({ channel, account }): Account => ({ channel, account }))
  const local = new Set(accounts.map(addressOf))
  const alarms = new Set<NodeJS.Timeout>()
  const deliverer = createDeliverer(house, bots, {
    room: () => turns.ring(),
    due: (at, seconds) => {
      if (seconds === 0) return outbox.ring(at)
      // A little later, since the database's pause began a little later. For long waits the sweep is early enough.
      const alarm = setTimeout(() => alarms.delete(alarm) && outbox.ring(at), Math.min(seconds, 60) * 1_000 + 250)
      alarms.add(alarm)
    },
  })
  const store = createReceiver(house)
  const turns = createTurnLoop(house, deliverer, store, settings.flow)
  const outbox = createOutbox(
    house,
    bots,
    deliverer,
    createPace(house, settings.pace),
    createCap(house, settings.perDay ?? {}),
  )
  const fetcher = createFetcher(house, bots, () => turns.ring())
  const queues = openQueues(house, settings, accounts, async (what, at) => {
    if (what !== 'sweep') return answer(what, at)
    watch.heard(at)
    await sweepOnce(at)
  })
  const sweeping = new Map<string, Promise<void>>()
  const watch = startWatch(house, accounts, sweepOnce, at => {
    queues.schedule(at).catch(error => house.log.debug({ err: error }, 'the sweep could not be scheduled'))
  })

  const ring = (what: Bell, at: Account): void => (local.has(addressOf(at)) ? answer(what, at) : queues.ring(what, at))

  async function receive(messages: readonly Incoming[]): Promise<void> {
    const shares = Map.groupBy(messages, addressOf)
    await Promise.all(
      [...shares].map(async ([at, share]) => {
        const [first] = share
        if (!first) return
        await (local.has(at) ? turns.receive(share) : store(share))
        if (!local.has(at)) ring('turns', first)
        if (share.some(({ said }) => said.kind === 'remote_file')) ring('files', first)
      }),
    )
  }

  function answer(what: Bell, at: Account): void {
    if (what === 'turns') turns.ring()
    if (what === 'files') fetcher.ring(at)
    if (what === 'notices') outbox.ring(at)
  }

  /** The queue and the watch may ask at the same time. */
  async function sweepOnce(at: Account): Promise<void> {
    const name = addressOf(at)
    const running = sweeping.get(name) ?? sweep(house, at, ring).finally(() => sweeping.delete(name))
    sweeping.set(name, running)
    await running
  }

  // What waits since before the start does not wait for the first bell.
  for (const at of accounts) {
    queues.schedule(at).catch(error => house.log.debug({ err: error }, 'the sweep could not be scheduled'))
    sweepOnce(at).catch(error => house.log.warn({ err: error }, 'the first sweep failed'))
  }

  return {
    ring,
    receive,
    health: async () => ({ queue: (await queues.ask()) ? 'ok' : 'away' }),
    stop: async () => {
      for (const alarm of alarms) clearTimeout(alarm)
      const loops = [turns, outbox, fetcher, watch].map(loop => loop.stop())
      await within(STOP_MS, Promise.allSettled([...loops, ...sweeping.values()]))
      await Promise.all([deliverer.stop(), queues.close()])
    },
  }
}
