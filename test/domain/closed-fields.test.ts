// What holds for every field that has certain answers only, however these are written.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { understand } from '../../src/domain/understand.ts'
import { linesOf, meaning } from './said.ts'

const FIELDS = ['yes_no', 'consent', 'command', 'sex', 'education', 'trade', 'association', 'menu_number', 'attendance']

describe.each(FIELDS)('%s', field => {
  // A lone roman "I" and "ST" beside "S.T." are told apart by how they are written.
  const lines = linesOf(field).filter(([text]) => text.length > 2)

  it('is read the same in capitals, small letters and with spaces around', () => {
    for (const [text, means] of lines) {
      expect.soft(meaning(understand(field, ` ${text.toLowerCase()}\n`)), text).toBe(means)
      expect.soft(meaning(understand(field, `\t${text.toUpperCase()}  `)), text).toBe(means)
    }
  })

  it('is read the same with courtesy behind it', () => {
    const polite = lines.filter(
      ([text, means]) => /^[a-z]{2,}( [a-z]{2,})*$/.test(text) && !/EMPTY$|UNPARSEABLE|UNKNOWN/.test(means),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...polite),
        fc.constantFrom(' pak', ' bu', ', pak.', ' pak 🙏', ' nggih'),
        ([text, means], pak) => {
          expect(meaning(understand(field, text + pak)), text + pak).toBe(means)
        },
      ),
    )
  })

  it('takes no sentence about something else for an answer', () => {
    for (const text of [
      'Jl. Mawar No. 3 RT 02 RW 01 Kelurahan Bugul Kidul',
      'Slamet Riyadi Wijaya Kusuma',
      '083600000017',
    ])
      expect(understand(field, text)).toMatchObject({ ok: false })
  })
})

describe('a yes or no', () => {
  it('is never read from a yes and a no beside each other', () => {
    const yes = fc.constantFrom('ya', 'iya', 'nggih', 'inggih', 'yes')
    const no = fc.constantFrom('tidak', 'gak', 'ora', 'mboten', 'salah', 'belum')
    fc.assert(fc.property(yes, no, (one, other) => meaning(understand('yes_no', `${one} ${other}`)) === 'UNCLEAR'))
  })

  it('is turned round by any negation', () => {
    const said = fc.constantFrom('benar', 'bener', 'betul', 'sesuai', 'cocok', 'setuju', 'leres', 'lengkap')
    const no = fc.constantFrom('tidak', 'tdk', 'gak', 'nggak', 'ndak', 'ora', 'mboten', 'belum', 'dereng', 'kurang')
    fc.assert(fc.property(no, said, (one, other) => meaning(understand('yes_no', `${one} ${other}`)) === 'NO'))
  })
})

it('consent is never read from politeness, pictures or questions', () => {
  const vague = fc.constantFrom(
    'ok',
    'oke',
    'siap',
    'sip',
    'boleh',
    'lanjut',
    'monggo',
    '👍',
    '🙏',
    '✅',
    'apa itu',
    'setuju?',
  )
  fc.assert(
    fc.property(fc.array(vague, { minLength: 1, maxLength: 3 }), said => !understand('consent', said.join(' ')).ok),
  )
})
