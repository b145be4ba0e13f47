// Finds day, month and year in a text, whatever stands between and around them. Whether they make a date is not asked here.
import { plainDate } from './age.ts'
import { guessMonth, readMonth, readRomanMonth } from './month.ts'
import { fixConfusables, wordsToDigits } from './numbers.ts'

/** As typed, so that a year of two or of five digits is seen; `named` when the month stood there as a word. */
export type DateParts = {
  readonly day: string
  readonly month: string
  readonly year: string
  readonly named: boolean
  readonly warn: readonly string[]
}

const NOISE = new Set(
  `tgl tanggal tggl tanggale tg tl bln bulan bulane thn th tahun taun tahune lahir kelahiran ttl lair lahire lahirnya saya
   aku kulo pada hari dino dinten jatuh adalah yaitu pak bu di ke of the on born nd rd st m an masehi
   senin selasa rabu kamis jumat sabtu minggu ahad setu kemis rebo slasa jemuah ngahad
   monday tuesday wednesday thursday friday saturday sunday
   legi pahing paing pon wage kliwon`.split(/\s+/),
)
const TIME = /(?<=\d)[t ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:z|wib|am|pm)?\s*$/
const SEPARATED = /(?<![\d/.-])(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?![\d/-])/g

/** The parts of a date in a cleaned, lower-case text; 'incomplete' when only some are there, undefined when none are. */
export function dateParts(plain: string): DateParts | 'incomplete' | undefined {
  const text = plain.replace(TIME, '').replace(/jum'at/g, 'jumat')
  const mended = text.replace(/[^\s.,/\\\-_:;'"()]+/g, word =>
    /^[\doli]*\d[\doli]*$/.test(word) ? fixConfusables(word) : word,
  )
  const found = separated(mended) ?? inWords(tokensOf(mended))
  return typeof found === 'object' && mended !== text ? { ...found, warn: [...found.warn, 'CONFUSABLE_FIXED'] } : found
}

/** "17-08-1985" among other numbers; two different dates are none. */
function separated(text: string): DateParts | undefined {
  const dates = new Map([...text.matchAll(SEPARATED)].map(match => [match[0], match]))
  const [only] = dates.values()
  return only && dates.size === 1 ? numeric([only[1], only[3], only[4]] as [string, string, string]) : undefined
}

const numeric = ([first, second, third]: readonly [string, string, string]): DateParts =>
  first.length === 4
    ? { day: third, month: second, year: first, named: false, warn: [] }
    : { day: first, month: second, year: third, named: false, warn: [] }

/** Numbers and words in order, without the words that say nothing; numbers in words become digits. */
function tokensOf(text: string): string[] {
  const tokens = text.match(/\d+|\p{L}+/gu)?.filter(token => !NOISE.has(token)) ?? []
  const spaced = tokens.every(token => /^\d$/.test(token)) && (tokens.length === 6 || tokens.length === 8)
  return spaced ? [tokens.join('')] : joinYear(wordsToDigits(tokens.join(' ')).split(' '))
}

/** A year said in two halves, at the end: "delapan lima" → 85, "sembilan belas delapan lima" and "19 85" → 1985. */
function joinYear(tokens: readonly string[]): string[] {
  const digits = tokens.slice(-2).every(token => /^\d$/.test(token))
  const joined = digits && tokens.length > 3 ? [...tokens.slice(0, -2), tokens.slice(-2).join('')] : [...tokens]
  const [century, year] = joined.slice(-2)
  const halves = joined.length > 3 && /^(?:19|20)$/.test(century ?? '') && /^\d\d$/.test(year ?? '')
  return halves ? [...joined.slice(0, -2), `${century}${year}`] : joined
}

const isNumber = (token: string | undefined): token is string => token !== undefined && /^\d+$/.test(token)

function inWords(tokens: readonly string[]): DateParts | 'incomplete' | undefined {
  const named = withMonthName(tokens)
  if (named) return named
  const numbers = tokens.filter(isNumber)
  const months = tokens.filter(token => readMonth(token) !== undefined)
  const other = tokens.length - numbers.length - months.length
  const [run = [], second = []] = runs(tokens)
  if (run.length > 3 || second.length > 2) return undefined
  if (run.length === 3) return numeric(run as [string, string, string])
  if (run.length === 2 && numbers.length === 2) return fromTwo(run as [string, string])
  const [number] = numbers
  if (numbers.length === 1 && number && number.length > 4) return fromCompact(number)
  if (months.length === 1 && numbers.length < 2) return 'incomplete'
  const year = number !== undefined && /^(?:19|20)\d\d$/.test(number)
  return numbers.length === 1 && (year || (!other && number && number.length < 5)) ? 'incomplete' : undefined
}

/** A date with the month as a word; a misspelt month or a roman numeral counts only beside numbers. */
function withMonthName(tokens: readonly string[]): DateParts | undefined {
  for (const read of [readMonth, readRomanMonth, guessMonth]) {
    for (const [i, token] of tokens.entries()) {
      const around = isNumber(token) ? undefined : dayAndYear(tokens, i, read === readRomanMonth)
      const month = around && read(token)
      const warn = read === guessMonth ? ['FUZZY_MONTH'] : []
      if (around && month !== undefined) return { ...around, month: String(month), named: true, warn }
    }
  }
  return undefined
}

/** Around the month: "17 _ 1985", "1985 _ 17", "_ 17 1985", "1985 17 _". */
function dayAndYear(
  tokens: readonly string[],
  i: number,
  onlyBetween: boolean,
): { day: string; year: string } | undefined {
  const [two, before, after, next] = [tokens[i - 2], tokens[i - 1], tokens[i + 1], tokens[i + 2]]
  if (isNumber(before) && isNumber(after))
    return before.length === 4 ? { day: after, year: before } : { day: before, year: after }
  if (onlyBetween) return undefined
  if (isNumber(after) && isNumber(next)) return { day: after, year: next }
  return isNumber(two) && two.length === 4 && isNumber(before) ? { day: before, year: two } : undefined
}

/** Numbers that stand side by side, the longest run first. */
function runs(tokens: readonly string[]): string[][] {
  const found: string[][] = [[]]
  for (const token of tokens) {
    if (isNumber(token)) found.at(-1)?.push(token)
    else found.push([])
  }
  return found.sort((a, b) => b.length - a.length)
}

/** "1708 1985" and "17 081985" are dates; "08 1985" and "17 08" are parts of one. */
function fromTwo([first, second]: [string, string]): DateParts | 'incomplete' | undefined {
  const joined = first + second
  const hasYear = [first, second].some(number => /^(?:19|20)\d\d$/.test(number))
  return joined.length === 8 || (joined.length === 6 && !hasYear) ? fromCompact(joined) : 'incomplete'
}

/** Digits without separators: DDMMYYYY, YYYYMMDD, DDMMYY, and DMMYYYY or DDMYYYY where only one of them is a date. */
function fromCompact(digits: string): DateParts | 'incomplete' | undefined {
  const cut = (day: number, month: number) =>
    numeric([digits.slice(0, day), digits.slice(day, day + month), digits.slice(day + month)])
  if (digits.length === 8) {
    const yearFirst = numeric([digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)])
    return /^(?:19|20)/.test(digits) && isDate(yearFirst) ? yearFirst : cut(2, 2)
  }
  if (digits.length === 7) {
    const [only, other] = [cut(1, 2), cut(2, 1)].filter(isDate)
    return other ? undefined : only
  }
  if (digits.length !== 6) return undefined
  const monthAndYear = /^(?:0[1-9]|1[0-2])(?:19|20)\d\d$|^(?:19|20)\d\d(?:0[1-9]|1[0-2])$/.test(digits)
  return monthAndYear && !isDate(cut(2, 2)) ? 'incomplete' : cut(2, 2)
}

const isDate = ({ year, month, day }: DateParts): boolean =>
  plainDate(Number(year.padStart(4, '20')), Number(month), Number(day)) !== undefined
