// Messages with labelled lines, as people copy them from a form.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLabelled } from '../../src/domain/labelled.ts'

const read = (text: string) => readLabelled(text).map(({ label, text }) => `${label}: ${text}`)

describe('a message with labelled lines', () => {
  it('answers what its labels name', () => {
    expect(read('Nama: Budi Santoso\nNIK: 3575011708859001\nHP: 083600000017')).toEqual([
      'name: Budi Santoso',
      'nik: 3575011708859001',
      'phone: 083600000017',
    ])
    expect(
      read('Jabatan kerja : tukang batu\nJenjang = 2\nLama kerja: 5 th\nPendidikan terakhir: SMP\nAsosiasi: Gapensi'),
    ).toEqual(['trade: tukang batu', 'level: 2', 'experience: 5 th', 'education: SMP', 'association: Gapensi'])
  })

  it('may number, star and explain its labels', () => {
    expect(
      read('Berikut data saya:\n1. *Nama (sesuai KTP)* : Budi\n2. No. KTP = 35\n3) no hp/wa: +62 836\nTerima kasih'),
    ).toEqual(['name: Budi', 'nik: 35', 'phone: +62 836'])
  })

  it('tells place and date of birth apart', () => {
    for (const label of ['Tempat/tgl lahir', 'TTL', 'Tempat, tanggal lahir', 'Lahir'])
      expect(read(`${label}: Pasuruan, 17-08-1985`)).toEqual(['birth_place: Pasuruan', 'birth_date: 17-08-1985'])
    expect(read('Tgl lahir: 17 Agustus 1985')).toEqual(['birth_date: 17 Agustus 1985'])
    expect(read('Lahir: Pasuruan')).toEqual(['birth_place: Pasuruan'])
  })

  it('may be one line', () => {
    for (const mark of [', ', '; ', ' | ', ' '])
      expect(read(['Nama: Budi', 'NIK: 3575', 'Alamat: Jl. Mawar 3'].join(mark))).toEqual([
        'name: Budi',
        'nik: 3575',
        'address: Jl. Mawar 3',
      ])
    expect(read('Nama Budi, NIK 3575, HP 0836')).toEqual(['name: Budi', 'nik: 3575', 'phone: 0836'])
  })

  it('may do without colons, and with its answers below the labels', () => {
    expect(read('Nama Budi Santoso\nNIK 3575\nHP - 0836')).toEqual(['name: Budi Santoso', 'nik: 3575', 'phone: 0836'])
    expect(read('Nama:\nBudi Santoso\nNIK:\n3575')).toEqual(['name: Budi Santoso', 'nik: 3575'])
  })

  it('has addresses of several lines', () => {
    expect(read('Alamat: Jl. Mawar 3\nRT 02 RW 03\nKota Pasuruan\nHP: 0836\nterima kasih')).toEqual([
      'address: Jl. Mawar 3, RT 02 RW 03, Kota Pasuruan',
      'phone: 0836',
    ])
  })

  it('names each answer once, and none that is empty', () => {
    expect(read('Nama: Budi\nNama: Siti\nNIK:')).toEqual(['name: Budi'])
    expect(read('Nama:\nNIK:\nHP:')).toEqual([])
  })
})

it.each([
  'Perumahan Alamat Indah no 3',
  'Jl. Nama Pahlawan 5, RT: 2 RW: 3',
  'Jl. Mawar 3, telp: 0343421234',
  'saya tinggal di alamat: Jl Mawar',
  'Nama Budi Santoso',
  'NIK 3575011708859001',
  'Dusun Nama\nRT 3 RW 2',
  'jam 08:30 saya datang',
  'tukang batu, pengalaman 5 tahun',
  'https://wa.me/6283600000017',
  '',
])('is not seen in %s', text => expect(read(text)).toEqual([]))

it('is read without throwing and in no time, whatever is written', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => Array.isArray(readLabelled(text))))
  const start = performance.now()
  for (const piece of ['Nama: ', ':', '- ', '*', 'nama ', ', ', '(', '\n', 'a', '1. '])
    readLabelled(piece.repeat(10_000 / piece.length))
  expect(performance.now() - start).toBeLessThan(1_000)
})
