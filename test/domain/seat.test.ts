import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutSeat } from '../../src/domain/seat.ts'

test('whoever comes, capacity and quotas hold, and nobody with a free seat is left out', () => {
  const association = fc.constantFrom('aksi', 'ataki', 'gapensi', null)
  const quota = fc.record({ quota: fc.nat(5), accepted: fc.constant(0) })
  fc.assert(
    fc.property(fc.nat(10), quota, quota, fc.array(association, { maxLength: 30 }), (capacity, aksi, ataki, wanted) => {
      const associations = new Map(Object.entries({ aksi, ataki }))
      const why = withoutSeat(
        { capacity, accepted: 0, associations },
        wanted.map(association => ({ association })),
      )
      const accepted = wanted.filter((_, i) => why[i] === undefined)
      const from = (id: string | null) => accepted.filter(association => association === id).length
      const room = (id: 'aksi' | 'ataki') => associations.get(id)?.quota ?? 0
      expect(accepted.length).toBeLessThanOrEqual(capacity)
      expect(from('aksi')).toBeLessThanOrEqual(room('aksi'))
      expect(from('ataki')).toBeLessThanOrEqual(room('ataki'))
      expect(from('gapensi')).toBe(0)
      const leftOut = wanted.filter((_, i) => why[i] !== undefined)
      if (accepted.length < capacity)
        for (const id of leftOut) expect(id === 'gapensi' || (id !== null && from(id) === room(id))).toBe(true)
    }),
  )
})
