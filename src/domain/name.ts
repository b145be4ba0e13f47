// Reads a person's name as the KTP spells it, titles kept apart; the name is printed on a certificate.
import { withoutPoliteness } from './clean.ts'
import { isSaying, withoutLabel } from './name-sayings.ts'
import { spell } from './name-spelling.ts'
import { splitTitles } from './name-titles.ts'
import { readPhone } from './phone.ts'
import { got, not, type Read } from './read.ts'
import { commandOr, opening } from './refuse.ts'

/** "M.", "Moch." and "Abd." belong to the name; "H.", "Ir." and "S.T." are titles and stand apart. */
export type PersonName = { readonly name: string; readonly prefix?: string; readonly suffix?: string }

const MOST_LETTERS = 80
const NICKNAME =
  /\s*\([^)]*\)?|\s*"[^"]+"|\s*(?<!\p{L})'[^']+'(?!\p{L})|,?\s+(?:alias|als\.?|aka|a\.k\.a\.?|panggilan|(?:biasa |sering )?(?:dipanggil|disebut))(?!\p{L}).*/giu
const SEVERAL = /[,;&+\n|]|(?<!<)\/|\s(?:dan|lan|karo|and|atau|sama)\s|\p{L}{4}\s-\s/iu
/** A lone letter: "Dwi Andi S.", "B. Santoso". M., A. and R. before a name are how the KTP has them, I is Balinese. */
const ABBREVIATED = /(?<=\s)(?!H\.?\s)\p{L}\.?(?=\s|$)|(?<=\s)(?:\p{L}\.){2,}$|^(?![MARI])\p{L}\.?\s/u

/** The name in a text. */
export function readName(text: string): Read<PersonName> {
  return commandOr(text, readPerson(text))
}

function readPerson(text: string): Read<PersonName> {
  const plain = opening(text).replace(/[\u02BB\u02BC]/g, "'")
  const digits = plain.replace(/\D/g, '')
  if (!digits && !/\p{L}/u.test(plain)) return not('NAME_EMPTY')
  if (digits.length === 16) return not('WRONG_FIELD_NIK')
  if (digits && readPhone(text).ok) return not('WRONG_FIELD_PHONE')
  if (digits) return not('NAME_HAS_DIGITS')
  if (/[^\P{L}\p{Script=Latin}]/u.test(plain)) return not('NAME_SCRIPT')
  return readTitled(plain)
}

function readTitled(plain: string): Read<PersonName> {
  const { name: titled, prefix, suffix, honorific } = splitTitles(bare(plain))
  const name = honorific ? bare(titled) : titled
  if (!name || isSaying(name)) return not('NAME_NOT_A_NAME')
  if (SEVERAL.test(name)) return not('NAME_MULTIPLE')
  const letters = name.replace(/\P{L}/gu, '').length
  if (letters < 2) return not('NAME_TOO_SHORT')
  if (letters > MOST_LETTERS) return not('NAME_TOO_LONG', { detail: { letters } })
  const spelled = spell(name)
  const warn = [
    honorific && 'HONORIFIC_DROPPED',
    undecorated(plain).search(NICKNAME) >= 0 && 'NICKNAME_DROPPED',
    ABBREVIATED.test(spelled) && 'NAME_ABBREVIATED',
  ].filter(doubt => doubt !== false)
  return got({ name: spelled, ...(prefix && { prefix }), ...(suffix && { suffix }) }, ...warn)
}

/** The name alone: no label, nickname, courtesy or marks around it, as often as one hides another. */
function bare(text: string): string {
  const less = withoutPoliteness(undecorated(withoutLabel(undecorated(text)).replace(NICKNAME, '')))
  return less === text ? text : bare(less)
}

/** Without marks around the whole: *bold*, "quotes", a list dash, a full stop after a whole word. */
const undecorated = (text: string): string =>
  text.replace(/^[\s"'*_~.,;:!(=-]+|[\s"'*_~,;:!?(=-]+$/gu, '').replace(/(?<=\p{L}{4})\.+$/u, '')
