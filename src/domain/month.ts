// Reads the name of a month: Indonesian, Dutch and English, as abbreviated and misspelt in chat.
import { distance } from 'fastest-levenshtein'

/** Spellings that are no typing errors: old and new Indonesian, Dutch, English, usual abbreviations. */
const SPELLINGS = [
  'januari january djanuari jan',
  'februari pebruari february feb peb febr pebr',
  'maret march maart mar mrt mart',
  'april apr',
  'mei may mai mey',
  'juni june juny djuni jun',
  'juli july djuli jul',
  'agustus august augustus agt ags agst agus agu aug agust agts',
  'september sep sept',
  'oktober october okt oct',
  'november nopember nov nop',
  'desember december des dec',
].map(names => names.split(' '))

const MONTHS = new Map(SPELLINGS.flatMap((names, i) => names.map(name => [name, i + 1] as const)))
const FULL = [...MONTHS].filter(([name]) => name.length >= 4)

/** The month a word names exactly: a known spelling, or the beginning of one ("septem"). */
export function readMonth(word: string): number | undefined {
  const found = MONTHS.get(word)
  if (found !== undefined || word.length < 4 || word.length > 6) return found
  return theOnly(
    FULL.flatMap(([name, month]) => (name.startsWith(word) && name.length > word.length + 1 ? [month] : [])),
  )
}

/** The month a misspelt word was meant as; undefined when it is nearly as close to another. */
export function guessMonth(word: string): number | undefined {
  if (word.length < 4) return undefined
  const reach = word.length < 7 ? 1 : 2
  const near = FULL.map(([name, month]) => ({ month, far: typos(word, name) })).filter(({ far }) => far <= reach)
  const nearest = Math.min(...near.map(({ far }) => far))
  return theOnly(near.flatMap(({ far, month }) => (far === nearest ? [month] : [])))
}

function theOnly(months: readonly number[]): number | undefined {
  const different = new Set(months)
  return different.size === 1 ? months[0] : undefined
}

/** Typing errors between two words, two swapped neighbours counting as one. */
function typos(word: string, name: string): number {
  const far = distance(word, name)
  return far === 2 && isSwap(word, name) ? 1 : far
}

function isSwap(word: string, name: string): boolean {
  const at = [...name].findIndex((letter, i) => letter !== word[i])
  const swapped = name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2)
  return swapped === word
}

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii']

/** The month of a roman numeral, as in letters of the office: 17-VIII-1985. */
export const readRomanMonth = (word: string): number | undefined => ROMAN.indexOf(word) + 1 || undefined
