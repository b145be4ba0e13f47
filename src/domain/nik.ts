// Reads a NIK: 16 digits, PPKKCC (where first issued) DDMMYY (women: day + 40) SSSS. It has no check digit.
import { ageOn, plainDate } from './age.ts'
import { fixConfusables, spelledDigits } from './numbers.ts'
import { readPhone } from './phone.ts'
import { got, not, type Read } from './read.ts'
import { commandOr, opening } from './refuse.ts'
import { isDistrict, isProvince, isRegency } from './region.ts'

export type Sex = 'L' | 'P'
export type Nik = { readonly nik: string; readonly birth_date: string; readonly sex: Sex }

export type NikContext = {
  /** ISO date of the event or, before it is known, of today. */
  readonly today: string
  /** Regency code of the event's own city: a NIK issued elsewhere is told. */
  readonly city?: string
  /** What the person said elsewhere; a NIK keeps the birth date it was issued with, so a difference only warns. */
  readonly birthDate?: string
  readonly sex?: Sex
}

const SCIENTIFIC = /\d[.,]\d+ ?(?:e ?[+-]? ?\d{1,2}|[x×*] ?10 ?\^? ?\d{1,2})(?!\d)/i
const MASKED = /\d[\s-]*[x*•·#_]{2,}|[x*•·#_]{2,}[\s-]*\d/i
const LABEL = /\b(?:(?:nik|e-?ktp)(?:nya|e|ku)?|no|nomor|nomer|nmr|saya|ini|adalah|yaitu|pak|bu|mas|mbak)\b/gi
const GLUED_LABEL = /(?:nik|ktp)(?=[\dO])/gi

/** The NIK in a text, with the birth date and sex it carries. */
export function readNik(text: string, context: NikContext): Read<Nik> {
  const plain = opening(text)
  if (!/[\p{L}\d]/u.test(plain)) return commandOr(text, not('NIK_EMPTY'))
  if (SCIENTIFIC.test(plain)) return not('NIK_SCIENTIFIC')
  if (MASKED.test(plain)) return not('NIK_NOT_DIGITS')
  const { digits, fixed, words } = digitsIn(plain)
  if (digits.length === 16) return check(digits, context, fixed ? ['CONFUSABLE_FIXED'] : [])
  if (isPhone(text)) return not('WRONG_FIELD_PHONE')
  if (!digits || (words && digits.length < 10)) return commandOr(text, not('NIK_NOT_DIGITS'))
  return commandOr(text, not('NIK_LENGTH', { detail: { digits: digits.length } }))
}

/** A mobile number, several, or a landline: no NIK begins with 0. */
function isPhone(text: string): boolean {
  const phone = readPhone(text)
  return phone.ok || phone.reason === 'PHONE_MULTIPLE' || (phone.reason === 'PHONE_LANDLINE' && /^\D*0/.test(text))
}

/** The digits meant as the NIK, whether letters among them were put right, and whether there were words beside them. */
function digitsIn(plain: string): { digits: string; fixed: boolean; words: boolean } {
  const labelled = /nik\D{0,6}(\d{16})(?!\d)/i.exec(plain)?.[1]
  const [lone, other] = new Set(plain.replace(/[.,]0{1,2}$/, '').match(/(?<!\d)\d{16}(?!\d)/g))
  const whole = labelled ?? (other ? undefined : lone)
  if (whole) return { digits: whole, fixed: false, words: false }
  const bare = plain.replace(LABEL, ' ').replace(GLUED_LABEL, ' ')
  const said = spelledDigits(bare) ?? bare
  const parts = said.split(/[^\p{L}\d|!]+/u).filter(Boolean)
  const numeric = parts.filter(part => /\d/.test(part) || /^[Oo]+$/.test(part)).join('')
  const digits = fixConfusables(numeric)
  // A letter that isn't a misread digit (X) means the number isn't known in full.
  if (!/^\d*$/.test(digits) || (digits !== numeric && digits.length < 12))
    return { digits: '', fixed: false, words: true }
  return { digits, fixed: digits !== numeric, words: parts.some(part => !/\d/.test(part) && !/^[Oo]+$/.test(part)) }
}

function check(nik: string, context: NikContext, doubts: string[]): Read<Nik> {
  if (!isProvince(nik.slice(0, 2))) return not('NIK_PROVINCE')
  if (/^(\d)\1+$/.test(nik)) return not('NIK_REPEATED')
  const day = Number(nik.slice(6, 8))
  const sex: Sex = day > 40 ? 'P' : 'L'
  const born = birthDates(Number(nik.slice(10, 12)), Number(nik.slice(8, 10)), sex === 'P' ? day - 40 : day)
  if (!born.length) return not('NIK_BAD_DATE')
  if (nik.endsWith('0000')) return not('NIK_SERIAL_ZERO')
  const aged = born.map(date => ({ date, age: ageOn(date, context.today) }))
  const able = aged.find(({ age }) => age >= 15 && age <= 80)
  const old = aged.find(({ age }) => age > 80 && age < 100)
  const found = able ?? old
  if (!found)
    return not('NIK_AGE_IMPLAUSIBLE', { detail: { age: Math.min(...aged.map(({ age }) => Math.max(age, 0))) } })
  const birth_date = found.date.toString()
  const warn = [...doubts]
  if (!isRegency(nik.slice(0, 4))) warn.push('REGION_UNKNOWN')
  else if (!isDistrict(nik.slice(0, 6))) warn.push('DISTRICT_UNKNOWN')
  if (context.city && !nik.startsWith(context.city)) warn.push('OUT_OF_CITY')
  if (!able) warn.push('CENTURY_AMBIGUOUS')
  if (context.birthDate && context.birthDate !== birth_date) warn.push('NIK_DOB_MISMATCH')
  if (context.sex && context.sex !== sex) warn.push('NIK_SEX_MISMATCH')
  return got({ nik, birth_date, sex }, ...warn)
}

/** The real dates that day, month and two-digit year may mean. */
const birthDates = (year: number, month: number, day: number): Temporal.PlainDate[] =>
  [2000 + year, 1900 + year].flatMap(full => plainDate(full, month, day) ?? [])

/** A NIK as it may be shown: `3575••••••••9001`. */
export const maskNik = (nik: string): string => `${nik.slice(0, 4)}${'•'.repeat(8)}${nik.slice(-4)}`
