// Reads the number of a choice from a numbered list, as people name it: "2", "no. 2", "yang kedua", "loro".
import { clean, withoutPoliteness } from './clean.ts'
import { readCount } from './numbers.ts'
import { got, not, type Read } from './read.ts'
import { commandOr } from './refuse.ts'
import { isBlank, lookUp, phrases } from './words.ts'

const BEFORE =
  /^(?:saya|sy|aku|kulo|mau|pilih|milih|pileh|ambil|jawab|jawaban(?:nya|ku)?|pilihan(?:nya|ku)?|opsi|option|menu|angka|nomor|nomer|nmr|no|number|urutan|yang|yg|sing|seng|ingkang|ke(?=[\s-]*\d)-?|ke|the)(?!\p{L})[\s.:]*(?=.)/iu
const AFTER = /[\s,]+(?:saja|aja|ae|wae|mawon|deh|dong|lah|dulu|please|ya+|nggih|sih|kok|pak|bu|mas|mbak|min)$/i
const LIST =
  /\s*(?:[,;&+/]|\bdan\b|\batau\b|\bkaro\b|\bkalih\b(?=\s*\d)|\bsama\b|\bor\b|\band\b|\bsampai\b|-(?=\s*\d))\s*|\s+/i
const ALL = phrases({
  all: `semua, semuanya, semuane, kabeh, kabehe, sedoyo, sedaya, sedanten, keduanya, ketiganya, dua duanya, dua2nya, loro lorone,
    all, both, semua pilihan`,
})

/** The bare number in what was said: "(1)", "*1*", "pilih nomor 1 pak" → "1". */
function bare(text: string): string {
  let rest = text.replace(/^[^\p{L}\p{N}-]+|[^\p{L}\p{N}]+$/gu, '')
  for (let before = ''; before !== rest; ) {
    before = rest
    rest = withoutPoliteness(rest.replace(BEFORE, '').replace(AFTER, '')).replace(
      /^[^\p{L}\p{N}-]+|[^\p{L}\p{N}]+$/gu,
      '',
    )
  }
  return rest
}

/** One number and whether letters stood for its digits; roman numerals only where made of I: "v" and "x" are ticks. */
function one(text: string): { value: number; doubt: boolean } | undefined {
  const found = readCount(text)
  if (!found || !Number.isInteger(found.value)) return undefined
  if (found.by === 'roman' && !/^i+$/i.test(text)) return undefined
  return { value: found.value, doubt: found.by === 'confusable' || /^i$/i.test(text) }
}

/** The choice a message names in a list of `options` entries. 0 is the way to the menu, a command. */
export function readMenu(text: string, { options }: { readonly options: number }): Read<number> {
  const plain = clean(text)
  if (isBlank(text)) return not('MENU_EMPTY')
  if (lookUp(ALL, plain)) return not('MENU_MULTIPLE')
  const number = bare(plain)
  if (/^-\s*\d+$/.test(number)) return not('MENU_OUT_OF_RANGE')
  if (/^(?:ter|paling )(?:akhir|bawah)$|^last$/i.test(number)) return got(options)
  const count = one(number)
  if (count) {
    if (count.value < 1 || count.value > options) return commandOr(plain, not('MENU_OUT_OF_RANGE'))
    return count.doubt ? got(count.value, 'CONFUSABLE_FIXED') : got(count.value)
  }
  if (/^\d+\.\d+$/.test(number)) return not('MENU_UNPARSEABLE')
  const several = number
    .split(LIST)
    .filter(part => !/^(?:no|nomor|nomer|nmr)\.?$/i.test(part))
    .map(part => one(bare(part)))
  if (several.length > 1 && several.every(each => each && each.value < 100)) return not('MENU_MULTIPLE')
  // The option copied with its number: "1. Hadir".
  const copied = /^\(?(\d{1,2})\s*[.)]\s*\D+$/.exec(plain)
  if (copied) return readMenu(copied[1] as string, { options })
  return commandOr(plain, not('MENU_UNPARSEABLE'))
}
