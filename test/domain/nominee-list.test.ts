// Lists of nominees, in the shapes in which officers paste them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNominee, readNomineeList, readNomineeSheet } from '../../src/domain/nominee-list.ts'
import workers from './workers.json' with { type: 'json' }

const today = '2025-10-01'
const read = (text: string) => readNomineeList(text, { today })
const people = workers.workers.map(({ display_name, nik, phone, jabatan }) => ({
  // Titles stand apart.
  name: display_name.replace(/^(?:H|Hj|Ir|Drs)\. /, ''),
  nik,
  phone,
  jabatan,
}))
const person = fc.constantFrom(...people)
const group = fc.uniqueArray(person, { minLength: 2, maxLength: 12, selector: one => one.nik })

/** The first part stands first, the others in any order. */
const shapes: Record<string, (parts: readonly string[], n: number) => string> = {
  'numbered with dashes': (parts, n) => `${n}. ${parts.join(' - ')}`,
  'with semicolons': parts => parts.join('; '),
  'with tabs': parts => parts.join('\t'),
  'numbered, with commas': (parts, n) => `${n}) ${parts.join(', ')}`,
  'dashed, with bars': parts => `- ${parts.join(' | ')}`,
}
const phoneForms: ((phone: string) => string)[] = [
  phone => phone,
  phone => phone.replace('+62', '0'),
  phone => phone.replace('+62', '0').replace(/(\d{4})(\d{4})/, '$1-$2-'),
  phone => `HP ${phone.replace('+62', '62')}`,
]

describe.each(Object.entries(shapes))('a list %s', (_, shape) => {
  it('is read line by line, whatever the order behind the name', () => {
    fc.assert(
      fc.property(group, fc.nat(3), fc.boolean(), fc.boolean(), (list, form, nikFirst, withNik) => {
        const lines = list.map(({ name, nik, phone }, n) => {
          const told = [...(withNik ? [nik] : []), phoneForms[form]?.(phone) ?? phone]
          return shape([name, ...(nikFirst ? told : told.toReversed())], n + 1)
        })
        const found = read(lines.join('\n'))
        expect(found.ok && found.value.map(({ name, phone, nik }) => ({ name, phone, nik }))).toEqual(
          list.map(({ name, phone, nik }) => ({ name, phone, nik: withNik ? nik : undefined })),
        )
      }),
      { numRuns: 60 },
    )
  })
})

it('keeps the trade that stands behind the phone, and one behind the name', () => {
  for (const { name, phone, jabatan } of people.slice(0, 20)) {
    const [line] = readList(`${name} ${phone} ${jabatan}`)
    expect(line).toMatchObject({ name, phone, trade: expect.any(String) })
  }
  expect(readList('Slamet mandor')[0]).toMatchObject({ name: 'Slamet', trade: 'mandor-gedung-3' })
})

const readList = (text: string) => {
  const found = read(text)
  return found.ok ? found.value : []
}

it('names what it could not read in a line, and keeps the rest of it', () => {
  expect(readList('7. Budi 357501170885900 0836')).toMatchObject([
    { name: 'Budi', warn: ['PHONE_TOO_SHORT', 'NIK_LENGTH'] },
  ])
  expect(readList('NIK 3,57501E+15 Budi 083600000017')[0]).toMatchObject({ name: 'Budi', warn: ['NIK_SCIENTIFIC'] })
})

it('leaves out greetings and headings, and takes plain names only as a list', () => {
  const text = 'Assalamualaikum pak\nBerikut daftar peserta:\nBudi Santoso\nSlamet Riyadi\nTerima kasih'
  expect(readList(text).map(({ name }) => name)).toEqual(['Budi Santoso', 'Slamet Riyadi'])
  expect(read('Budi Santoso')).toMatchObject({ ok: false, reason: 'LIST_EMPTY' })
  expect(readNominee('Budi Santoso', { today }, 7)).toMatchObject({ n: 7, name: 'Budi Santoso' })
})

it('reads a list behind emoji', () => {
  expect(readList('1️⃣ Budi Santoso 083600000017\n👷 Siti 083600000018').map(({ name }) => name)).toEqual([
    'Budi Santoso',
    'Siti',
  ])
})

it('refuses more than 500 lines', () => {
  const lines = (n: number) => Array.from({ length: n }, (_, i) => `${i + 1}. Budi Santoso`).join('\n')
  expect(readList(lines(500))).toHaveLength(500)
  expect(read(lines(501))).toMatchObject({ ok: false, reason: 'LIST_OVER_QUOTA' })
  expect(read(lines(10_000))).toMatchObject({ ok: false, reason: 'LIST_OVER_QUOTA', detail: { lines: 10_000 } })
})

it('never throws, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      expect(read(text)).toHaveProperty('ok')
      expect(readNominee(text, { today }, 1)).toHaveProperty('warn')
    }),
  )
})

describe('a sheet', () => {
  const rows = [['DAFTAR USULAN'], [], ['No', 'NIK', 'No. HP', 'Nama Lengkap', 'Jabatan Kerja']]
  it('is read by its header, in whichever row and order', () => {
    const found = readNomineeSheet([...rows, ['1', '3575011708859001', '83600000017', 'Budi', 'tukang batu']], {
      today,
    })
    expect(found).toMatchObject({
      ok: true,
      value: [
        {
          n: 1,
          name: 'Budi',
          nik: '3575011708859001',
          phone: '+6283600000017',
          trade: 'tukang-bata-plesteran-1',
        },
      ],
    })
  })

  it('says line by line where a NIK has lost its digits, and which line has no name', () => {
    const found = readNomineeSheet([...rows, ['1', '3.575011708859e+15', '', 'Budi'], ['2', '', '083600000018']], {
      today,
    })
    expect(found).toMatchObject({
      ok: true,
      value: [
        { name: 'Budi', warn: ['NIK_SCIENTIFIC'] },
        { n: 2, warn: [] },
      ],
    })
  })

  it('without a header is read line by line, and with nothing below it is empty', () => {
    expect(readNomineeSheet([['Budi', '083600000017']], { today })).toMatchObject({
      ok: true,
      value: [{ name: 'Budi' }],
    })
    expect(readNomineeSheet(rows, { today })).toMatchObject({ ok: false, reason: 'LIST_EMPTY' })
  })
})
