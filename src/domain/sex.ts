// Reads a person's sex as the KTP has it. A lone M or F is asked again: M may be male or "muslimah".
import type { Sex } from './nik.ts'
import { got, not, type Read } from './read.ts'
import { commandOr } from './refuse.ts'
import { isBlank, lookUp, phrases, words } from './words.ts'

const SEXES = phrases<Sex>({
  L: `l, lk, lk2, laki, laki2, laki 2, laki laki, lakilaki, lki, lki2, laki laki2, lelaki, lelaki2, lalaki, laki tulen,
    laki laki tulen, lakik, lakek, lake, laki l, laki laki l, l laki laki, l laki, pria, priya, pria tulen, cowok, cowo,
    cwo, cwok, cowk, lanang, lanangan, wong lanang, jaler, tiyang jaler, kakung, tiyang kakung, putra, putro, bapak,
    bapak bapak, bapak2, bpk, ayah, suami, male, man, boy, jantan, 1, 1 laki laki, 1 laki, 1 l, 1 pria, 1 laki2, satu,
    siji, setunggal, pertama, no 1, nomor 1, nomer 1, pilih 1`,
  P: `p, pr, pr2, prp, perempuan, perempuan2, prempuan, perempun, perempuwan, permpuan, perampuan, perumpuan, prmpuan,
    perempuam, puan, perempuan p, p perempuan, wanita, wnita, wanito, wanita tulen, cewek, cewe, cwe, cwek, ceweq, wedok,
    wedokan, wadon, wong wedok, wong wadon, babine, binik, bine, estri, setri, tiyang estri, istri, putri, ibu, ibu ibu,
    ibu2, emak, female, woman, girl, lady, 2, 2 perempuan, 2 p, 2 wanita, dua, loro, kalih, kedua, no 2, nomor 2,
    nomer 2, pilih 2`,
})

const LABEL = /^(?:(?:jenis )?kelamin(?:nya)?|jk|j k|gender|sex)(?: saya| ku)?(?: adalah)? (?=.)/

/** L or P in Indonesian, Javanese, Madurese or English words, or the number of the choice (1. Laki-laki 2. Perempuan). */
export function readSex(text: string): Read<Sex> {
  if (isBlank(text)) return not('SEX_EMPTY')
  const sex = lookUp(
    SEXES,
    words(text)
      .replace(LABEL, '')
      .replace(/\b(?:seorang|adalah|orang) /g, ''),
  )
  return sex ? got(sex) : commandOr(text, not<Sex>('SEX_UNCLEAR'))
}
