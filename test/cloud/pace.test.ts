// What Meta takes of a number and to one person, with a clock of the test's own.
import { expect, it } from 'vitest'
import { createPairPace, createThroughput } from '../../src/bots/cloud/pace.ts'
import { Refused } from '../../src/bots/port.ts'

it('one person gets 45 at once, then one in 6 seconds; others are not held up', () => {
  let now = 0
  const pace = createPairPace(() => now)
  for (let n = 0; n < 45; n++) pace('budi')
  const refused = (() => {
    try {
      pace('budi')
    } catch (error) {
      return error
    }
  })()
  expect(refused).toBeInstanceOf(Refused)
  expect((refused as Refused).refusal).toEqual({ kind: 'later', seconds: 6, why: 'pace to one person' })
  expect(() => pace('slamet')).not.toThrow()
  now = 6
  expect(() => pace('budi')).not.toThrow()
  expect(() => pace('budi')).toThrow(Refused)
})

it('no second holds more than 80, however many want to leave at once', async () => {
  let now = 0
  const left: number[] = []
  const throughput = createThroughput(
    () => now,
    async ms => left.push(now + ms),
  )
  for (let n = 0; n < 200; n++) {
    const before = left.length
    await throughput()
    if (left.length === before) left.push(now)
    if (n === 30) now = 300
  }
  for (const [n, at] of left.entries())
    expect(at - (left[n - 80] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(1_000)
  expect(left.slice(0, 80).every(at => at <= 300)).toBe(true)
})
