// Reads a mobile number into E.164, in whatever form it was copied: wa.me links, WhatsApp ids, +62(0), blanks, letters O.
import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import { spelledDigits } from './numbers.ts'
import { got, not, type Read } from './read.ts'
import { commandOr, opening } from './refuse.ts'
import { isProvince } from './region.ts'

const LINK = /(?:wa\.me\/|phone=|\btel:|\bsms:)[ +]*(\d[\d .()-]*)|(\d+)(?::\d+)?@(?:s\.whatsapp\.net|c\.us)/i
const MASKED = /\d[\d\s().-]*[x*•·#_]{2,}|[x*•·#_]{3,}[\s-]*\d|\d[\s-]*(?:\.{3,}|\?+|x+)[\s-]*\d/i
const NEGATION =
  'gak?|nggak?|enggak?|engga|ndak?|tidak|tdk|tak|ora|ra|belum|blm|durung|mboten|boten|dereng|tanpa|kurang'
const HAVING =
  'ada|punya|pny|duwe|nduwe|due|gadah|ono|ana|wonten|pakai|pake|hp|wa|nomor|nomer|hafal|apal|hapal|tau|tahu|ingat|inget'
const ABSENT = new RegExp(
  `\\b(?:${NEGATION}) ?(?:${HAVING})\\b|\\b(?:lupa|lali|hilang|rusak|kosong|nihil|gada|gaada|gakada|gapunya)\\b`,
  'i',
)
const THIS_CHAT = /\b(?:ini|iki|niki|sama|podo|sami|yang tadi|this)\b/i

/** The mobile number in a text; PHONE_NONE when the person has none or means the number of this chat. */
export function readPhone(text: string): Read<string> {
  const plain = opening(text)
  if (!/[\p{L}\d]/u.test(plain)) return commandOr(text, not('PHONE_EMPTY'))
  const link = LINK.exec(plain)
  if (link) return parse(link[1] ?? `+${link[2]}`)
  if (MASKED.test(plain)) return not('PHONE_MASKED')
  const said = spelledDigits(plain) ?? plain.replace(/\(0\)/g, '').replace(/(?<=\d)[.,]0$/, '')
  const mended = said.replace(/\S+/g, mendLookalikes)
  const read = among(mended.split(/[^\d\s().,;:/&|+_-]+/).filter(chunk => /\d/.test(chunk)))
  if (read?.ok) return mended === said ? read : got(read.value, ...(read.warn ?? []), 'CONFUSABLE_FIXED')
  if (ABSENT.test(plain) || (!read && THIS_CHAT.test(plain))) return not('PHONE_NONE')
  return read?.reason.startsWith('WRONG_FIELD') ? read : commandOr(text, read ?? not('PHONE_INVALID'))
}

/** O → 0 and l → 1, but only in a word whose rest is digits: "O836", "OOOO". */
function mendLookalikes(word: string): string {
  const lookalike = /^[+(]*[\dOolI|().,/-]+$/.test(word) && /\d|^[Oo]{2,}$/.test(word)
  return lookalike ? word.replace(/[Oo]/g, '0').replace(/[lI|]/g, '1') : word
}

/** The one number among the stretches of digits that words part from each other. */
function among(chunks: readonly string[]): Read<string> | undefined {
  const reads = chunks.map(readChunk)
  const found = reads.filter(read => read.ok)
  const several =
    new Set(found.map(read => read.value)).size > 1 || reads.some(read => !read.ok && read.reason === 'PHONE_MULTIPLE')
  if (several) return not('PHONE_MULTIPLE')
  return found[0] ?? reads[longest(chunks)]
}

const longest = (chunks: readonly string[]) =>
  chunks.reduce((best, chunk, i) => (chunk.length > (chunks[best]?.length ?? 0) ? i : best), 0)

/** One number, or several with list marks between them; a mark may also stand inside: "0836/0000/0017". */
function readChunk(chunk: string): Read<string> {
  const runs = (chunk.match(/\+?[\s(]*\d(?:[\s().-]*\d)*/g) ?? []).flatMap(splitTwins)
  const reads = runs.map(parse)
  const numbers = new Set(reads.map(read => (read.ok ? read.value : undefined)))
  const [first] = reads.filter(read => read.ok)
  if (!first) return parse(runs.join(''))
  return numbers.size > 1 ? not('PHONE_MULTIPLE') : first
}

/** "083600000017 083600000018" is one run of digits, but two numbers. */
function splitTwins(run: string): string[] {
  const digits = run.replace(/[^\d+]/g, '')
  const twins = /^(\+?(?:62|0)8\d{8,11}?)((?:62|0)8\d{8,11})$/.exec(digits)
  return twins ? [twins[1] as string, twins[2] as string] : [run]
}

/** One number in E.164, or what is wrong with it. */
function parse(run: string): Read<string> {
  const digits = run.replace(/\D/g, '').replace(/^00(?=[1-9])/, '')
  const international = /^\s*(?:\+|00[1-9])/.test(run)
  const prefix = /^(?:620*(?=8)|62|0)/.exec(digits)?.[0]
  const national = digits.slice(prefix?.length ?? 0)
  if (digits.length === 16 && !digits.startsWith('628') && isProvince(digits.slice(0, 2))) return not('WRONG_FIELD_NIK')
  const foreign = international && prefix === undefined
  const parsed = parsePhoneNumberFromString(foreign ? `+${digits}` : `+62${national}`)
  if (parsed?.isValid()) return foreign ? got<string>(parsed.number, 'PHONE_FOREIGN') : got<string>(parsed.number)
  const local = prefix !== undefined || national.startsWith('8')
  return not(faultOf(national, local && !foreign), { detail: { digits: digits.length } })
}

/** What is wrong with a number that can't be a mobile number; `local` when it is surely meant as an Indonesian one. */
function faultOf(national: string, local: boolean): string {
  if (/^0*$/.test(national)) return 'PHONE_INVALID'
  if (!local) return national.length > 15 ? 'PHONE_TOO_LONG' : 'PHONE_INVALID'
  if (national.length < (national.startsWith('8') ? 9 : 7)) return 'PHONE_TOO_SHORT'
  if (national.length > 12) return 'PHONE_TOO_LONG'
  return /^[2-79]/.test(national) ? 'PHONE_LANDLINE' : 'PHONE_INVALID'
}

/** A number as it may be shown: `+62836••••0017`. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 6)}••••${phone.slice(-4)}`

/** The same as people here write it: `0836••••0017`; a foreign number keeps its country. */
export const maskLocal = (phone: string): string => maskPhone(phone).replace(/^\+62/, '0')
