import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CommandName, readCommand, readCorrection, readLanguage } from '../../src/domain/command.ts'

const command = (text: string) => {
  const read = readCommand(text)
  return read.ok ? read.value : read.reason
}

describe('a whole message that is a command', () => {
  const cases: [string, CommandName][] = [
    ['/start', 'START'],
    ['/start abc_DEF-123', 'START'],
    ['/menu@SapaBot', 'MENU'],
    ['MULAIII pak', 'START'],
    ['lanjut ya', 'START'],
    ['go on', 'START'],
    ['?', 'HELP'],
    ['tolong pak', 'HELP'],
    ['pak mau daftar', 'REGISTER'],
    ['Saya mau daftar pelatihan min 🙏', 'REGISTER'],
    ['kulo bade daftar', 'REGISTER'],
    ['tolong hubungi admin', 'HUMAN'],
    ['UBAH 3', 'CORRECT'],
    ['"BATAL"', 'CANCEL'],
    ['ora sido', 'CANCEL'],
    ['hasil ujian saya', 'RESULT'],
    ['kapan hasilnya keluar', 'RESULT'],
    ['nanti saja pak', 'SKIP'],
    ['tambah anggota', 'NOMINATE'],
  ]
  for (const [text, name] of cases) it(`${text} is ${name}`, () => expect(command(text)).toBe(name))
})

describe('a text that only contains a command', () => {
  const texts = [
    'Slamet Menu',
    'Jl. Panitia Kemerdekaan 4',
    'Bali',
    'Info Santoso',
    'btl',
    'mandor',
    'operator alat berat',
    'stop kran',
    'Budi Daftar Wijaya',
    '/start a b c',
    '00',
    '0,5',
    '5',
  ]
  for (const text of texts) it(`${text} is none`, () => expect(command(text)).toBe('NOT_A_COMMAND'))

  it('never fires when a name stands before or after it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'mulai',
          'menu',
          'bantuan',
          'batal',
          'kembali',
          'status',
          'jadwal',
          'daftar',
          'lewati',
          'hasil',
        ),
        fc.constantFrom('Santoso', 'Sukorejo', 'RT 02', 'Widodo', 'Gang Delima', 'Sutrisno'),
        fc.boolean(),
        (word, name, first) => command(first ? `${word} ${name}` : `${name} ${word}`) === 'NOT_A_COMMAND',
      ),
    )
  })

  it('never throws and reads the same in any case and spacing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => readCommand(text).ok === readCommand(` ${text}\n`).ok),
    )
    fc.assert(
      fc.property(fc.constantFrom('hubungi admin', 'hapus data saya', 'usulkan anggota'), fc.boolean(), (text, up) => {
        return command(`  ${up ? text.toUpperCase() : text.replace(' ', '   ')}! `) === command(text)
      }),
    )
  })
})

describe('corrections and languages', () => {
  it('finds which answers are to be changed', () => {
    for (const text of [
      'UBAH 3',
      'ubah nomor 3',
      'koreksi no. 3',
      'Ganti 3 pak',
      'ubah3',
      'no 3 salah',
      'yang nomor 3 keliru',
    ])
      expect(readCorrection(text)).toEqual([3])
    expect(readCorrection('ubah 3 dan 5')).toEqual([3, 5])
    expect(readCorrection('ubah 3, 5 & 7')).toEqual([3, 5, 7])
    expect(readCorrection('ubah nomor tiga')).toEqual([3])
  })

  it('takes nothing else for a correction', () => {
    for (const text of [
      'ubah',
      'ganti nomor',
      'ganti nomor 083600000017',
      'ganti nomor 08 36 00 00',
      '3',
      'Jl. Ubah 3 Malang',
      '',
    ])
      expect(readCorrection(text)).toBeUndefined()
  })

  it('hears a language only when the whole message says it', () => {
    expect(
      ['EN', 'english', 'Bahasa Inggris', 'ID', 'bahasa indonesia', 'bahasa', 'Ganti bahasa pak'].map(readLanguage),
    ).toEqual(['en', 'en', 'en', 'id', 'id', 'ask', 'ask'])
    for (const text of ['Jl. Indonesia 3', 'saya guru bahasa inggris', 'Enny', 'Ida', ''])
      expect(readLanguage(text)).toBeUndefined()
  })
})
