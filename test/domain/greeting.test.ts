// Greetings, and the names that must not be taken for one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readGreeting } from '../../src/domain/greeting.ts'

describe('a greeting alone', () => {
  it.each([
    ['islam', 'Assalamualaikum'],
    ['islam', 'ass wr wb'],
    ['islam', 'asalamualaikum wr.wb.'],
    ['islam', 'Assalamu’alaikum Warahmatullahi Wabarakatuh'],
    ['islam', 'asallamuallaikum pak'],
    ['islam', 'Assalamualaikum, selamat pagi pak'],
    ['islam', 'السلام عليكم'],
    ['waktu', 'selamat pagi'],
    ['waktu', 'pagi pak'],
    ['waktu', 'siang bu'],
    ['waktu', 'sugeng enjing'],
    ['halo', 'kulo nuwun'],
    ['halo', 'salam'],
    ['halo', 'haloooo'],
    ['halo', 'P'],
    ['halo', 'p p'],
    ['halo', 'PING!!!'],
    ['halo', 'permisi min'],
    ['halo', 'tes'],
    ['halo', 'Halo 👋'],
    ['halo', 'pak'],
  ])('is %s: %s', (salam, text) => expect(readGreeting(text)).toEqual({ salam, rest: '' }))
})

it.each([
  ['Assalamualaikum, saya tukang batu', 'saya tukang batu'],
  ['Assalamualaikum wr wb saya mau daftar', 'saya mau daftar'],
  ['permisi pak mau daftar', 'mau daftar'],
  ['Pagi pak, saya Budi', 'saya Budi'],
  ['halo +62 836 0000 0017', '+62 836 0000 0017'],
  ['Assalamualaikum\nNama: Budi\nNIK: 35', 'Nama: Budi\nNIK: 35'],
])('hears what stands behind it: %s', (text, rest) => expect(readGreeting(text)?.rest).toBe(rest))

it.each([
  'Halomoan Siregar',
  'Pagi Santoso',
  'Salam Santoso',
  'Abdul Salam',
  'Sugeng Riyadi',
  'Selamat',
  'Slamet',
  'P. Wijaya',
  'P Wijaya',
  'Pak Budi',
  'Aslam',
  'Assad',
  'Testa',
  'Astuti',
  'Malam Minggu',
  '',
  '?',
])('is not heard in %s', text => expect(readGreeting(text)).toBeUndefined())

it('never throws, and what is left is a part of what was said', () => {
  fc.assert(
    fc.property(fc.constantFrom('halo ', 'Assalamualaikum, ', ''), fc.string({ unit: 'grapheme' }), (salam, text) => {
      const read = readGreeting(salam + text)
      return read === undefined || read.rest.length <= (salam + text).normalize('NFKC').length
    }),
  )
})
