// Runs what only one process may run at a time: a poller, a socket.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { releaseLease, renewLease, takeLease } from '../db/lease.ts'
import type { House } from '../house.ts'

/**
 * Runs `run` whenever this process holds the lease `name`, until `stop` fires; resolves when `run` has ended. The signal
 * `run` gets fires when the lease is lost, or could not be renewed in time, or at the stop. Another process takes over
 * within 1.2 times `seconds` of this one's death: the lease has to lapse, and a fifth of it lies between two questions.
 * `fence` is higher than any holder's before: what is written with it shows who wrote.
 */
export async function withLease(
  house: House,
  name: string,
  seconds: number,
  run: (signal: AbortSignal, fence: number) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  const holder = randomUUID()
  const beat = (seconds * 1000) / 5
  while (!stop.aborted) {
    const fence = await takeLease(house.db, name, holder, seconds).catch(error => warn(house, name, error))
    if (fence === undefined) await rest(beat, stop)
    else await hold(house, name, seconds, fence, run, stop)
  }
}

async function hold(
  house: House,
  name: string,
  seconds: number,
  fence: number,
  run: (signal: AbortSignal, fence: number) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  const lost = new AbortController()
  const beat = (seconds * 1000) / 5
  const running = run(AbortSignal.any([lost.signal, stop]), fence).catch(error => {
    house.log.error({ err: error, lease: name }, 'what ran under a lease failed')
  })
  const ended = new AbortController()
  const renewing = renew(house, name, seconds, fence, beat, AbortSignal.any([ended.signal, stop]), () => lost.abort())
  await running
  ended.abort()
  await renewing
  // What failed at once must not be started in a tight loop.
  if (!stop.aborted && !lost.signal.aborted) await rest(beat, stop)
  await releaseLease(house.db, name, fence).catch(error => warn(house, name, error))
}

/** Renews until `ended`; a database that is away for most of the lease counts as lost, since others may take it. */
async function renew(
  house: House,
  name: string,
  seconds: number,
  fence: number,
  beat: number,
  ended: AbortSignal,
  lose: () => void,
): Promise<void> {
  let sure = performance.now()
  while (!ended.aborted) {
    await rest(beat, ended)
    if (ended.aborted) return
    const asked = performance.now()
    const question = renewLease(house.db, name, fence, seconds).catch(error => warn(house, name, error))
    const kept = await Promise.race([question, sleep(beat, undefined, { ref: false })])
    if (kept) sure = asked
    if (kept === false || performance.now() - sure > seconds * 1000 - beat) return lose()
  }
}

function warn({ log }: House, name: string, error: unknown): undefined {
  log.warn({ err: error, lease: name }, 'the lease could not be asked for')
}

const rest = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {})
