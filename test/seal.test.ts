import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeal, SealError } from '../src/seal.ts'

const seal = createSeal(randomBytes(32))

describe('a sealed value', () => {
  it('opens to what was sealed, at its own place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, place) => {
        expect(seal.open(place, seal.seal(place, text)).toString()).toBe(Buffer.from(text).toString())
      }),
    )
  })

  it('opens at no other place, so that it can not be moved to another row', () => {
    expect(() => seal.open('chat.phone:2', seal.seal('chat.phone:1', '+6283600000017'))).toThrow(SealError)
  })

  it('opens with no other key and with no byte changed', () => {
    const sealed = seal.seal('a', 'rahasia')
    expect(() => createSeal(randomBytes(32)).open('a', sealed)).toThrow(SealError)
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed)
      changed[i] = (changed[i] as number) ^ 1
      expect(() => seal.open('a', changed)).toThrow(SealError)
    }
  })

  it('never uses a nonce twice', () => {
    const nonces = Array.from({ length: 5_000 }, () => seal.seal('a', 'x').subarray(1, 13).toString('hex'))
    expect(new Set(nonces).size).toBe(nonces.length)
  })

  it('shows nothing of what it holds', () => {
    expect(seal.seal('a', '3575011708859001').toString('latin1')).not.toContain('3575')
  })
})

describe('a look-up key and a tag', () => {
  it('are the same for the same text, and others for another kind or key', () => {
    expect(seal.lookup('nik', '1')).toEqual(seal.lookup('nik', '1'))
    expect(seal.lookup('nik', '1')).not.toEqual(seal.lookup('address', '1'))
    const other = createSeal(randomBytes(32))
    expect(other.lookup('nik', '1')).not.toEqual(seal.lookup('nik', '1'))
    expect(other.tag('PSR-00001B')).not.toBe(seal.tag('PSR-00001B'))
    expect(seal.tag('PSR-00001B')).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  })
})
