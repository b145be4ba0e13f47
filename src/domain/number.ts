// Registration numbers: PSR-00042W. The letter at the end shows a wrong digit and two digits that changed places.
import { clean } from './clean.ts'
import { got, not, type Read } from './read.ts'

/** 23 letters, none of which is taken for a digit or another letter here: no I, O and Q. */
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'
const LIKE_DIGIT: Readonly<Record<string, string>> = { O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', B: '8' }
const LIKE_LETTER: Readonly<Record<string, string>> = { '2': 'Z', '5': 'S', '8': 'B' }
const SHAPE = /^([A-Z]{2,5})([0-9OQDILZSB]{5})([A-Z258])$/

/** Powers of ten differ modulo the prime 23, so every single wrong digit and every swap changes the letter. */
const checkLetter = (n: number): string => LETTERS[n % 23] as string

/** The number of the n-th registration (1–99,999) under an event's prefix. */
export function registrationNumber(prefix: string, n: number): string {
  if (!Number.isInteger(n) || n < 1 || n > 99_999) throw new RangeError(`no registration number for ${n}`)
  return `${prefix}-${String(n).padStart(5, '0')}${checkLetter(n)}`
}

/** Reads a number as people type it: "psr 00042w", "PSR00O42W". */
export function readRegistrationNumber(text: string): Read<string> {
  const written = clean(text)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  const [, prefix, digits, letter] = SHAPE.exec(written) ?? []
  if (!prefix || !digits || !letter) return not('NUMBER_SHAPE')
  const n = Number(digits.replace(/\D/g, like => LIKE_DIGIT[like] as string))
  if (n === 0 || checkLetter(n) !== (LIKE_LETTER[letter] ?? letter)) return not('NUMBER_CHECK')
  return got(registrationNumber(prefix, n))
}
