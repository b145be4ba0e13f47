import fc from 'fast-check'
import { expect, test } from 'vitest'
import { serve, whyNoSeat } from '../../src/domain/seat.ts'

const from = fc.record({ association: fc.constantFrom('a', 'b', 'c', null) })

test('nobody is served while one before him from the same association is not, and no seat twice', () => {
  fc.assert(
    fc.property(fc.array(from), fc.array(from), fc.boolean(), (free, line, across) => {
      const served = serve(free, line, across)
      expect(new Set(served.map(([seat]) => seat)).size).toBe(served.length)
      const got = new Set(served.map(([, person]) => person))
      expect(got.size).toBe(served.length)
      for (const [n, person] of line.entries()) {
        if (!got.has(person)) continue
        for (const before of line.slice(0, n))
          if (before.association === person.association) expect(got).toContain(before)
      }
    }),
  )
})

test('until seats cross over each is its association’s own, but for who has none', () => {
  fc.assert(
    fc.property(fc.array(from), fc.array(from), (free, line) => {
      for (const [seat, person] of serve(free, line, false))
        expect([seat.association, null]).toContain(person.association)
    }),
  )
})

test('once they do, no seat stays free while anybody waits', () => {
  fc.assert(
    fc.property(fc.array(from), fc.array(from), (free, line) => {
      expect(serve(free, line, true)).toHaveLength(Math.min(free.length, line.length))
    }),
  )
})

test('says why there is no seat', () => {
  const file = { event: { capacity: 9 }, quotas: { a: 4 } }
  expect(whyNoSeat(file, 'a')).toBe('the quota of a, 4, is full')
  expect(whyNoSeat(file, 'b')).toBe('b has no seats in this event')
  expect(whyNoSeat(file, null)).toBe('the capacity of 9 is full')
})
