// Minimums of education and experience, as a warning.
import { expect, it } from 'vitest'
import { missingYears } from '../../src/domain/requirements.ts'

it('tells the years missing for a level', () => {
  expect(missingYears(2, 'SD', 1)).toBe(2)
  expect(missingYears(3, 'SMA', 1.5)).toBe(2.5)
  expect(missingYears(1, 'NONE', 0)).toBe(2)
})

it('finds nothing missing where the minimum is reached', () => {
  expect(missingYears(1, 'SD', 0)).toBeUndefined()
  expect(missingYears(3, 'SMP', 5)).toBeUndefined()
})

it('counts a higher education as every lower one', () => {
  expect(missingYears(2, 'S1', 0)).toBeUndefined()
  expect(missingYears(1, 'SMK', 0)).toBeUndefined()
  expect(missingYears(6, 'S3', 0)).toBeUndefined()
})

it('says without end where the education alone is too low', () => {
  expect(missingYears(7, 'SMA', 40)).toBe(Number.POSITIVE_INFINITY)
})
