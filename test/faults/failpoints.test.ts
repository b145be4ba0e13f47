// kill -9 at every named point between "a message arrived" and "its answer was accepted", while people register.
import { expect, it } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { FAILPOINTS } from '../../src/failpoint.ts'
import { openBench } from './bench.ts'
import { REGISTRATIONS } from './measure.ts'
import { expectAllRight, planFor, register } from './registering.ts'

const PEOPLE = [1, 2, 3, 4, 5, 6]
const LINES = planFor(1).lines.length

it('seven deaths, one at each point: nothing is lost, nothing is done twice', { timeout: 180_000 }, async () => {
  const bench = await openBench()
  const { data, telegram } = bench
  const registering = Promise.all(PEOPLE.map(n => register(telegram.person(n), n, () => {})))
  for (const name of FAILPOINTS) {
    const doomed = bench.start({ SAPA_FAILPOINT: `${name}:2`, SAPA_ROLES: 'telegram,worker' })
    expect((await doomed.ended).code).toBeNull()
    // What the dead process held falls to the next at once, not in a quarter of a minute.
    await shiftClock(data.house.db, '16 seconds')
  }
  bench.start({ SAPA_ROLES: 'telegram,worker' })
  await registering
  await expectAllRight(data.house, telegram, PEOPLE)
  await bench.close()
})

it('kill -9 at 40 % of many registrations: every field of each is right', { timeout: 300_000 }, async () => {
  const bench = await openBench()
  const people = Array.from({ length: REGISTRATIONS }, (_, i) => i + 1)
  const doomed = bench.start()
  let heard = 0
  const registering = Promise.all(
    people.map(n =>
      register(bench.telegram.person(n), n, () => {
        if (++heard === Math.floor(people.length * LINES * 0.4)) doomed.kill('SIGKILL')
      }),
    ),
  )
  expect((await doomed.ended).code).toBeNull()
  bench.start()
  await registering
  await expectAllRight(bench.data.house, bench.telegram, people)
  await bench.close()
})
