import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRegistrationNumber, registrationNumber } from '../../src/domain/number.ts'

const n = fc.integer({ min: 1, max: 99_999 })
const number = n.map(n => registrationNumber('PSR', n))

test('a number has the prefix, five digits and a letter', () => {
  expect(registrationNumber('PSR', 42)).toBe('PSR-00042W')
  expect(() => registrationNumber('PSR', 100_000)).toThrow(RangeError)
  expect(() => registrationNumber('PSR', 0)).toThrow(RangeError)
})

test('the letter is never I, O or Q', () => {
  fc.assert(fc.property(number, number => !/[IOQ]$/.test(number)))
})

test('a number reads as itself, in small letters, with spaces, without its dash, with O for 0', () => {
  fc.assert(
    fc.property(number, number => {
      const digits = number.slice(4, 9)
      const typed = [
        number.toLowerCase(),
        ` ${number} `,
        number.replace('-', ''),
        number.replace('-', ' – '),
        number.split('').join(' '),
        `PSR-${digits.replaceAll('0', 'O')}${number.slice(-1)}`,
        `${number}.`,
      ]
      for (const text of typed) expect(readRegistrationNumber(text)).toEqual({ ok: true, value: number })
    }),
  )
})

test('one wrong digit is noticed', () => {
  fc.assert(
    fc.property(number, fc.integer({ min: 4, max: 8 }), fc.integer({ min: 1, max: 9 }), (number, at, more) => {
      const digit = (Number(number[at]) + more) % 10
      expect(readRegistrationNumber(number.slice(0, at) + digit + number.slice(at + 1)).ok).toBe(false)
    }),
  )
})

test('two neighbours that changed places are noticed', () => {
  fc.assert(
    fc.property(number, fc.integer({ min: 4, max: 7 }), (number, at) => {
      const [a, b] = [number[at] as string, number[at + 1] as string]
      fc.pre(a !== b)
      expect(readRegistrationNumber(number.slice(0, at) + b + a + number.slice(at + 2)).ok).toBe(false)
    }),
  )
})

test('what is no number is refused, whatever it is', () => {
  for (const text of ['', 'PSR', 'PSR-00042', '00042W', 'PSR-000042W', 'PSR-00000A', '3575011708859001'])
    expect(readRegistrationNumber(text).ok).toBe(false)
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => typeof readRegistrationNumber(text).ok === 'boolean'))
})
