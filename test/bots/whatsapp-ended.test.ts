// What the close of a WhatsApp socket means.
import { expect, it } from 'vitest'
import { backoff, readEnd } from '../../src/bots/whatsapp/ended.ts'

it.each([408, 428, 500, 503, undefined])('%s: it connects anew, after a rest', code => {
  expect(readEnd(code)).toEqual({ next: 'again', patience: true })
})

it('515 asks for a new socket at once, 401 for a new linking', () => {
  expect(readEnd(515)).toEqual({ next: 'again', patience: false })
  expect(readEnd(401)).toEqual({ next: 'wipe' })
})

it.each([
  [403, 'banned'],
  [440, 'replaced'],
  [405, 'outdated'],
] as const)('%i: it stays away', (code, standing) => {
  expect(readEnd(code)).toEqual({ next: 'stop', standing })
})

it('the rests grow, and none is much longer than a minute', () => {
  const longest = Array.from({ length: 12 }, (_, i) => Math.max(...Array.from({ length: 50 }, () => backoff(i + 1))))
  expect(longest[0]).toBeLessThanOrEqual(1.25)
  expect(longest[3]).toBeGreaterThan(5)
  expect(Math.max(...longest)).toBeLessThanOrEqual(75)
})
