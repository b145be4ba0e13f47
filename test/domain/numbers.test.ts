import { expect, test } from 'vitest'
import { readCount, readNumberWords, spelledDigits, wordsToDigits } from '../../src/domain/numbers.ts'

const WORDS: Record<string, number> = {
  satu: 1,
  siji: 1,
  setunggal: 1,
  dua: 2,
  loro: 2,
  kalih: 2,
  tigo: 3,
  telu: 3,
  papat: 4,
  sekawan: 4,
  limo: 5,
  limang: 5,
  gangsal: 5,
  enem: 6,
  nem: 6,
  pitu: 7,
  wolu: 8,
  sanga: 9,
  songo: 9,
  sepuluh: 10,
  sedoso: 10,
  sebelas: 11,
  sewelas: 11,
  'dua belas': 12,
  duabelas: 12,
  rolas: 12,
  telulas: 13,
  patbelas: 14,
  limalas: 15,
  'lima belas': 15,
  nembelas: 16,
  pitulas: 17,
  wolulas: 18,
  sangalas: 19,
  songolas: 19,
  'kalih welas': 12,
  'rong puluh': 20,
  'dua puluh': 20,
  '2 puluh': 20,
  selikur: 21,
  rolikur: 22,
  'telu likur': 23,
  patlikur: 24,
  selawe: 25,
  slawe: 25,
  'dua puluh lima': 25,
  duapuluhlima: 25,
  'telung puluh': 30,
  'tigang dasa': 30,
  'patang puluh': 40,
  seket: 50,
  'seket lima': 55,
  suwidak: 60,
  seratus: 100,
  satus: 100,
  rongatus: 200,
  'seratus dua puluh': 120,
  'dua ribu lima': 2005,
  sewu: 1000,
  'seribu sembilan ratus delapan puluh lima': 1985,
  nol: 0,
  kosong: 0,
  setengah: 0.5,
  'dua setengah': 2.5,
  '2 setengah': 2.5,
  '10 setengah': 10.5,
  'satu koma lima': 1.5,
  pertama: 1,
  kedua: 2,
  'ke-2': 2,
  'ke dua': 2,
  ketiga: 3,
  keempat: 4,
  kelima: 5,
  kapindo: 2,
  'kaping telu': 3,
  'DUA PULUH': 20,
  two: 2,
}

test.each(Object.entries(WORDS))('%s is a number in words', (text, value) => {
  expect(readNumberWords(text)).toBe(value)
})

test.each([
  '',
  'ya',
  'dua tiga',
  'puluh',
  'belas',
  'puluhan',
  'satu tukang',
  'lima lima',
  'setengah mati',
  'ke',
  'rosa',
  'patung',
  'constructor',
])('"%s" is no number in words', text => expect(readNumberWords(text)).toBeUndefined())

test('a count says how it was read', () => {
  expect(readCount('12')).toEqual({ value: 12, by: 'digits' })
  expect(readCount('dua')).toEqual({ value: 2, by: 'words' })
  expect(readCount('II')).toEqual({ value: 2, by: 'roman' })
  expect(readCount('I')).toEqual({ value: 1, by: 'roman' })
  expect(readCount('l')).toEqual({ value: 1, by: 'confusable' })
  expect(readCount('1O')).toEqual({ value: 10, by: 'confusable' })
  expect(readCount('l0')).toEqual({ value: 10, by: 'confusable' })
  expect(readCount('oli')).toBeUndefined()
  expect(readCount('')).toBeUndefined()
})

test('numbers in words become digits inside a text, and digits read out one by one become a number', () => {
  expect(wordsToDigits('sudah lima belas tahun setengah')).toBe('sudah 15 tahun 0.5')
  expect(wordsToDigits('tanggal 17 agustus delapan puluh lima')).toBe('tanggal 17 agustus 85')
  expect(spelledDigits('nol delapan tiga enam nol satu')).toBe('083601')
  expect(spelledDigits('nol delapan ya tiga enam nol')).toBeUndefined()
})
