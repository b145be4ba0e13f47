// kill -9 at every named point between "a message arrived" and "its answer was accepted", while people register.
import { describe, expect, it } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { FAILPOINTS } from '../../src/failpoint.ts'
import { openBench, openCloudBench } from './bench.ts'
import { REGISTRATIONS } from './measure.ts'
import { expectAllRight, planFor, register } from './registering.ts'

const PEOPLE = [1, 2, 3, 4, 5, 6]
const LINES = planFor(1).lines.length

describe.each([
  { channel: 'Telegram', open: openBench, roles: 'telegram,worker' },
  { channel: 'the Cloud API', open: openCloudBench, roles: 'web,worker' },
])('on $channel', ({ open, roles }) => {
  it('eight deaths, one at each point: nothing is lost, nothing is done twice', { timeout: 180_000 }, async () => {
    const bench = await open()
    const registering = Promise.all(PEOPLE.map(n => register(bench.registrant(n), n, () => {})))
    for (const name of FAILPOINTS) {
      const doomed = bench.start({ SAPA_FAILPOINT: `${name}:2`, SAPA_ROLES: roles })
      expect((await doomed.ended).code).toBeNull()
      // What the dead process held falls to the next at once, not in a quarter of a minute.
      await shiftClock(bench.data.house.db, '16 seconds')
    }
    bench.start({ SAPA_ROLES: roles })
    await registering
    await expectAllRight(bench, PEOPLE)
    await bench.close()
  })

  it('kill -9 at 40 % of many registrations: every field of each is right', { timeout: 300_000 }, async () => {
    const bench = await open()
    const people = Array.from({ length: REGISTRATIONS }, (_, i) => i + 1)
    const doomed = bench.start()
    let heard = 0
    const registering = Promise.all(
      people.map(n =>
        register(bench.registrant(n), n, () => {
          if (++heard === Math.floor(people.length * LINES * 0.4)) doomed.kill('SIGKILL')
        }),
      ),
    )
    expect((await doomed.ended).code).toBeNull()
    bench.start()
    await registering
    await expectAllRight(bench, people)
    await bench.close()
  })
})
