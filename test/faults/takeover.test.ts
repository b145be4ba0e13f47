// Two servers share one Telegram account: one polls, and the other takes over when it is killed.
import { expect, it } from 'vitest'
import type { Health } from '../../src/web/server.ts'
import { openBench } from './bench.ts'

it('the other server polls within 15 s of a kill -9', { timeout: 60_000 }, async () => {
  const bench = await openBench()
  const { telegram } = bench
  const servers = [bench.start(), bench.start()]
  const [first, second] = await Promise.all(servers.map(async server => ({ server, address: await server.ready })))
  const polls = async (address: string | undefined) => {
    const health = (await (await fetch(`${address}/healthz`)).json()) as Health
    return health.channels.telegram
  }
  const states = () => Promise.all([polls(first?.address), polls(second?.address)])
  const words = async () => (await states()).toSorted()
  await expect.poll(words).toEqual(['not polling', 'ok'])
  telegram.person(1).says('P')
  await telegram.person(1).hears(/setuju/i)

  const [one] = await states()
  const [poller, other] = one === 'ok' ? [first, second] : [second, first]
  const killed = performance.now()
  poller?.server.kill('SIGKILL')
  telegram.person(2).says('P')
  await expect.poll(() => polls(other?.address), { timeout: 20_000 }).toBe('ok')
  const seconds = (performance.now() - killed) / 1000
  console.log(`taken over after ${seconds.toFixed(1)} s`)
  expect(seconds).toBeLessThan(15)
  await telegram.person(2).hears(/setuju/i)
  await bench.close()
})
