// Reads a birth date: day, month, year in that order (year first only with four digits), by numbers or by name.
import { ageOn, plainDate } from './age.ts'
import { withoutPoliteness } from './clean.ts'
import { type DateParts, dateParts } from './date-parts.ts'
import { readNik } from './nik.ts'
import { readNumberWords } from './numbers.ts'
import { got, not, type Read } from './read.ts'
import { commandOr, opening } from './refuse.ts'

const MIN_AGE = 17
/** Above this age the person is asked whether the year is right. */
const MAX_AGE = 75
const WORKING_AGE = { from: 15, to: 80 }

const UNKNOWN =
  /\b(?:lupa|lali|kesupen|entah|embuh|mbuh|(?:gak?|g|gk|nggak?|enggak?|engga|ndak?|tidak|tdk|tak|ora|ra|kurang|krg|belum|blm|mboten|boten|dak)[ ]?(?:tau|tahu|taw|eruh|ero|weruh|ngerti|ngertos|inget|ingat|iling|eling|kelingan|hafal|hapal|apal|punya|jelas|pasti)|i don'?t know|forgot)/
const AGE = /\b(?:umur|usia|umure|umurku|umurnya|yuswa|age|aged)\b/
const YEARS = / ?(?:th|thn|tahun|taun|thun|tahunan|years?|yo)\b/

/** The birth date in a text as ISO date. */
export function readBirthDate(text: string, { today }: { today: string }): Read<string> {
  const plain = withoutPoliteness(opening(text)).toLowerCase()
  if (!/[\p{L}\d]/u.test(plain)) return commandOr(text, not('DATE_EMPTY'))
  const nik = /(?<!\d)\d{16}(?!\d)/.exec(plain.replace(/(?<=\d)[ .-](?=\d{4})/g, ''))
  if (nik) return wrongField(nik[0], today)
  const parts = dateParts(plain)
  if (typeof parts === 'object') return judge(parts, today)
  if (UNKNOWN.test(plain)) return not('DATE_UNKNOWN')
  if (isAge(plain)) return not('DATE_AGE_ONLY')
  return commandOr(text, not(parts === 'incomplete' ? 'DATE_INCOMPLETE' : 'DATE_UNPARSEABLE'))
}

/** "umur 40", "40 tahun", "empat puluh tahun", and a bare number that is no day but may be an age. */
function isAge(plain: string): boolean {
  const [before = '', ...after] = plain.split(YEARS)
  const years = readNumberWords(before.replace(/\D+(?=\d)/, '')) ?? 0
  return AGE.test(plain) ? !/\d{3}/.test(plain) : years > (after.length ? 0 : 31) && years <= 80
}

function judge({ day, month, year, named, warn }: DateParts, today: string): Read<string> {
  if (day.length > 2 || month.length > 2 || (year.length !== 2 && !/^[1-9]\d{3}$/.test(year)))
    return not('DATE_INVALID')
  const years = year.length === 4 ? [Number(year)] : [1900 + Number(year), 2000 + Number(year)]
  const dates = years.flatMap(full => plainDate(full, Number(month), Number(day)) ?? [])
  if (!dates.length) return named ? not('DATE_INVALID') : orderOrInvalid(years, day, month, today)
  const [date, unsure] = year.length === 4 ? dates : plausible(dates, today)
  if (!date || unsure) return not('DATE_INCOMPLETE', { candidates: past(dates, today) })
  const age = ageOn(date, today)
  if (age < 0) return not('DATE_FUTURE')
  if (age < MIN_AGE) return not('DATE_TOO_YOUNG', { detail: { age } })
  const read = date.toString()
  if (age > MAX_AGE) return not('DATE_TOO_OLD', { detail: { age }, ...(age < 110 ? { suggest: read } : {}) })
  return got(read, ...warn)
}

/** 08/17/1985 is never swapped silently: the date is offered. */
function orderOrInvalid(years: readonly number[], day: string, month: string, today: string): Read<string> {
  const swapped = years.flatMap(full => plainDate(full, Number(day), Number(month)) ?? [])
  const [date] = swapped.length > 1 ? plausible(swapped, today) : swapped
  return date ? not('DATE_ORDER_SUSPECT', { suggest: date.toString() }) : not('DATE_INVALID')
}

const plausible = (dates: readonly Temporal.PlainDate[], today: string) =>
  dates.filter(date => ageOn(date, today) >= WORKING_AGE.from && ageOn(date, today) <= WORKING_AGE.to)

const past = (dates: readonly Temporal.PlainDate[], today: string) =>
  dates.filter(date => ageOn(date, today) >= 0).map(date => date.toString())

function wrongField(nik: string, today: string): Read<string> {
  const read = readNik(nik, { today })
  return read.ok ? not('WRONG_FIELD_NIK', { suggest: read.value.birth_date }) : not('WRONG_FIELD_NIK')
}
