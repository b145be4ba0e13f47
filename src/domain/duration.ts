// Finds an amount of time in a text, in years: "2 thn 6 bln", "sewindu", "3-4 tahun", "lebih dari 10 tahun".
import { readNumberWords, wordsToDigits } from './numbers.ts'

/** `open` when only a lower bound was said: a range, "lebih", "10an". */
export type Amount = { readonly years: number; readonly open: boolean }

const IN_YEARS = [
  ['th|thn|tahun|tahunan|taun|taunan|tahune|taune|thun|tahu|tahum|tahin|tahn|tahon|taon|yr|yrs|year|years', 1],
  ['windu', 8],
  ['dekade|dasawarsa', 10],
  ['bulan|bulanan|bln|bl|wulan|sasi|month|months', 1 / 12],
  ['minggu|mgg|week|weeks', 7 / 365],
  ['hari|dino|dinten|day|days', 1 / 365],
] as const
const UNIT = `(?:${IN_YEARS.map(([names]) => names).join('|')})(?![a-z])`
const NUMBER = '(?<![\\p{L}\\d.,])\\d+(?:[.,]\\d+)?(?!\\d)'
const AMOUNT = new RegExp(`(${NUMBER})(?: ?-?an|\\+)?[ -]?(${UNIT})(?: (0\\.5)(?![.\\d]))?`, 'gu')
const RANGE = new RegExp(
  `(${NUMBER}) ?(?:${UNIT})? ?(?:-|/|~|s ?/ ?d|s\\.?d\\.?|sampai|sampe|smp|hingga|atau|ato|utowo|to|dan|or) ?(${NUMBER}) ?(${UNIT})?(?![-/.\\d])`,
  'u',
)
const NEXT_TO = new RegExp(`(${NUMBER})[ ,]+(${NUMBER}) ?(${UNIT})`, 'u')
const ONE = [
  /\b(?:s[ea][ -]?|s)(?=(?:tahun|taun|thn|th|bulan|bln|minggu|hari|windu|dekade|dasawarsa)(?:an)?\b)/g,
  '1 ',
] as const

const ABOUT = /kurang ?lebih|lebih ?kurang|krg ?lbh|kurleb|kurang luwih|±|\+ ?\/? ?-|~/g
const MORE =
  /\b(?:lebih|lbh|lbih|luwih|punjul|langkung|plus|ke ?atas|di ?atas|minimal|paling sedikit|hampir|meh|more|over)\b|[>+≥]|\d ?-?an\b/
const LESS = /\b(?:kurang|krg|di ?bawah|belum|blm|durung|less|under|ga sampai|gak sampai|tidak sampai)\b|</
const FILLER = new Set(
  `sudah sdh udah uda wis wes sampun kira kira2 sekitar skitar kurang dari lebih ada saya aku kulo kerja bekerja
   pengalaman pengalamannya selama cuma cuman hanya mung baru total ya iya nggih jadi lama lamanya sampai sekarang an
   lbh luwih plus atas ke keatas di minimal hampir meh more than over about`.split(/\s+/),
)

/** Text in which numbers are digits and "setahun" is "1 tahun", about-words gone. */
export function prepare(plain: string): string {
  const fractions = plain
    .replace(/(?<=\d ?)\([a-z ]+\)/g, ' ')
    .replace(/\b[a-z]+an\b/g, roundNumber)
    .replace(/(?<=\d)(thn?|tahun|taun|bln|bulan)(?=\d)/g, '$1 ')
    .replace(/(\d*)(\d)⁄(\d)/g, (_, whole, top, bottom) => String(Number(whole || 0) + Number(top) / Number(bottom)))
    .replace(/(?:(\d+) )?\b1\/2\b/g, (_, whole) => String(Number(whole ?? 0) + 0.5))
  return wordsToDigits(
    fractions
      .replace(ABOUT, ' ')
      .replace(...ONE)
      .replace(/(?<=[a-z])-(?=[a-z])/g, ' - '),
  ).trim()
}

/** "sepuluhan" → 10an. */
function roundNumber(word: string): string {
  const value = readNumberWords(word.slice(0, -2))
  return value === undefined ? word : `${value}an`
}

/** The amount said; a bare number counts as years. 'less' when only an upper bound above a year was said. */
export function readAmount(prepared: string): Amount | 'less' | undefined {
  const range = RANGE.exec(prepared) ?? NEXT_TO.exec(prepared)
  const ends = [number(range?.[1]), number(range?.[2])]
  const found = range && isRange(ends) ? { years: Math.min(...ends) * inYears(range[3]), open: true } : single(prepared)
  if (!found) return undefined
  if (!LESS.test(prepared)) return { ...found, open: found.open || MORE.test(prepared) }
  return found.years > 1 ? 'less' : { years: 0, open: true }
}

/** An amount with its unit ("2 thn 6 bln"), else one number among words that say nothing else. */
function single(prepared: string): Amount | undefined {
  const amounts = [...prepared.replace(AGE, '').matchAll(AMOUNT)].filter(([, count]) => number(count) < FIRST_YEAR)
  const units = amounts.map(([, , unit]) => inYears(unit))
  if (new Set(units).size < units.length) return undefined
  if (amounts.length) {
    const years = amounts.reduce(
      (sum, [, count, unit, half]) => sum + number(count) * inYears(unit) + number(half ?? '0'),
      0,
    )
    return { years, open: false }
  }
  const [bare, other] = prepared.match(ANY_NUMBER) ?? []
  const rest = prepared.replace(ANY_NUMBER, ' ').match(/\p{L}+\d*/gu) ?? []
  const alone = bare !== undefined && other === undefined && rest.every(word => FILLER.has(word)) && !isYear(bare)
  return alone ? { years: number(bare), open: false } : undefined
}

const AGE = /\b(?:umur|usia) ?\d+ ?(?:th|thn|tahun)?\b/g
const ANY_NUMBER = new RegExp(NUMBER, 'gu')
const FIRST_YEAR = 1900

const isRange = (ends: readonly number[]) => ends.every(end => end < FIRST_YEAR) && ends[0] !== ends[1]
const isYear = (digits: string) => /^(?:19|20)\d\d$/.test(digits)
const number = (digits: string | undefined) => Number(digits?.replace(',', '.') ?? Number.NaN)

function inYears(unit: string | undefined): number {
  const row = IN_YEARS.find(([names]) => names.split('|').includes(unit ?? 'th'))
  return row?.[1] ?? 1
}
