// Reads years of work: "5 th", "rong puluh taun", "2 thn 6 bln", "sejak 2010". Of a range the lower bound counts.
import { ageOn } from './age.ts'
import { withoutPoliteness } from './clean.ts'
import { type Amount, prepare, readAmount } from './duration.ts'
import { fixConfusables } from './numbers.ts'
import { got, not, type Read } from './read.ts'
import { commandOr, opening } from './refuse.ts'

const NOBODY_WORKS_BEFORE = 13
const MOST_YEARS = 70

const NEGATION = '(?:gak?|nggak?|enggak?|engga|ndak?|tidak|tdk|tak|ora|ra|belum|blm|durung|mboten|boten|dereng|tanpa)'
const NONE = new RegExp(
  `\\b(?:fresh ?grad(?:uate)?|baru lulus|tanpa pengalaman|no experience)\\b|^(?:nihil|none|pemula|belum|blm|durung|dereng)$|` +
    `^(?:saya |masih |aku )?${NEGATION} ?(?:ada|punya|pernah|duwe|due|ono|ana|gadah|wonten|nate|pengalaman)\\b`,
)
const SINCE = /\b(?:sejak|sjk|semenjak|mulai|mulae|dari|dr|awit|wiwit|kawit|since|from|saking|teko|ket|kit)\b/
const UNTIL_NOW = /(?:19|20)\d\d ?(?:-|s ?\/ ?d|sd|sampai|sampe|hingga|until|to)/
const SINCE_AGE = /\b(?:umur|usia) ?(\d{1,2})\b/
const SHORT_YEAR = /\b(?:tahun|thn|th|taun|sejak|sjk|mulai|dari|dr|since|awit|wiwit) ?'?(\d\d)(?!\d|-?an)/
const VAGUE = new RegExp(
  `${SINCE.source} \\S|\\b(?:lama|lawas|suwe|suwi|dangu|baru|anyar|beberapa|bbrp|pirang\\d?|pinten|puluhan|belasan|bertahun\\d?|tahun2|taun2|` +
    `tahunan|taunan|muda|nom|enom|bujang|perjaka|kecil|cilik|dulu|biyen|lulus|banyak|akeh|sering|kadang|lumayan|cukup|` +
    `seumur|selamanya|turun|senior|sepuh|lupa|lali|sebentar|jaman|zaman|\\d0-?an)\\b|` +
    `${NEGATION} ?(?:tentu|tau|tahu|ingat|inget|hafal|hapal|pasti|eling|eruh)\\b`,
)

export type ExperienceContext = { readonly today: string; readonly birthDate?: string }

/** The years of experience in a text, at most two decimals. */
export function readExperience(text: string, context: ExperienceContext): Read<number> {
  const typed = withoutPoliteness(opening(text)).toLowerCase()
  if (!/[\p{L}\d]/u.test(typed)) return commandOr(text, not('EXP_EMPTY'))
  const mended = typed.replace(LOOKALIKE, fixConfusables)
  const prepared = prepare(mended)
  if (/^(?:-|minus) ?\d/.test(prepared)) return not('EXP_OUT_OF_RANGE')
  const said = sinceAge(prepared, context) ?? readAmount(prepared)
  if (said === 'less' || said === 'vague') return not('EXP_VAGUE')
  const warn = [...(said?.open ? ['APPROX'] : []), ...(mended === typed ? [] : ['CONFUSABLE_FIXED'])]
  if (said) return judge(said.years, context, warn)
  const since = sinceYear(prepared, context)
  if (since) return since.sure ? judge(since.years, context, warn) : looksLikeYear(since.years, context)
  if (NONE.test(prepared)) return got(0)
  return commandOr(text, not(VAGUE.test(prepared) ? 'EXP_VAGUE' : 'EXP_UNPARSEABLE'))
}

const LOOKALIKE = /(?<!\p{L})(?:[\dlio|]*\d[\dlio|]*|[lio]{1,2}(?= ?(?:th|tah|tau)))(?!\p{L}*[jkmpqruvwxyz])|^[lo]$/gu

/** "sejak umur 20": the age now, less that. */
function sinceAge(prepared: string, { today, birthDate }: ExperienceContext): Amount | 'vague' | undefined {
  const age = SINCE.test(prepared) ? SINCE_AGE.exec(prepared)?.[1] : undefined
  if (age === undefined) return undefined
  if (!birthDate) return 'vague'
  return { years: Math.max(0, ageOn(Temporal.PlainDate.from(birthDate), today) - Number(age)), open: false }
}

type Since = { readonly years: number; readonly sure: boolean }

/** "sejak 2010", "mulai th 98", "2010-2020", "2015 sampai sekarang"; not sure when a year stands there without such a word. */
function sinceYear(prepared: string, { today }: ExperienceContext): Since | undefined {
  const [first, last, more] = prepared.match(/(?<!\d)(?:19|20)\d\d(?!\d)/g)?.map(Number) ?? []
  const now = Temporal.PlainDate.from(today).year
  if (first !== undefined && last !== undefined)
    return more === undefined ? { years: last - first, sure: true } : undefined
  const sure = SINCE.test(prepared) || UNTIL_NOW.test(prepared)
  if (first !== undefined) return { years: now - first, sure }
  const short = SHORT_YEAR.exec(prepared)?.[1]
  if (short === undefined) return undefined
  const years = now - 2000 - Number(short)
  return { years: years < 0 ? years + 100 : years, sure }
}

/** A year where years of work were asked: offered as "since then", never taken silently. */
function looksLikeYear(years: number, context: ExperienceContext): Read<number> {
  const read = judge(years, context, [])
  if (read.ok) return not('EXP_LOOKS_LIKE_YEAR', { suggest: read.value })
  return years < 0 ? read : not('EXP_LOOKS_LIKE_YEAR')
}

function judge(years: number, { today, birthDate }: ExperienceContext, warn: readonly string[]): Read<number> {
  if (years < 0 || years > MOST_YEARS) return not('EXP_OUT_OF_RANGE', { detail: { years } })
  const age = birthDate ? ageOn(Temporal.PlainDate.from(birthDate), today) : undefined
  if (age !== undefined && years > age - NOBODY_WORKS_BEFORE) return not('EXP_EXCEEDS_AGE', { detail: { years, age } })
  return got(Math.round(years * 100) / 100, ...warn)
}
