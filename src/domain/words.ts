// The words of a message, ready to be looked up in a list: no case, no punctuation, no courtesy around them.
import { distance } from 'fastest-levenshtein'
import { clean, keepEmoji } from './clean.ts'

const BEFORE = new Set(
  `pak bu bapak ibu mas mbak min kak gan bang bos maaf mohon tolong minta saya aku sy kulo kula mau mo pengen pingin
  pgn ingin bade arep ayo yuk please tlg`.split(/\s+/),
)
const AFTER = new Set(
  `pak bu bapak ibu mas mbak mbk min admin kak gan bang bos bro om pakde bpk ya yaa yah y nggih njih dong donk dulu dl
  saja aja ae wae sih deh nih lah please pls makasih trims suwun thanks nuwun`.split(/\s+/),
)

// One message is looked up in many lists: its words are made once.
let last = { text: '', words: '' }

/** Lower-case words with single spaces: "BATAL, pak!" → "batal pak"; an apostrophe vanishes: "ho'oh" → "hooh". */
export function words(text: string): string {
  if (text !== last.text) last = { text, words: wordsOf(text) }
  return last.words
}

const wordsOf = (text: string): string =>
  clean(text)
    .toLowerCase()
    .replace(/'/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()

/** Nothing was said: a dash or dots stand for an empty field. A question mark is a question, an emoji something else. */
export const isBlank = (text: string): boolean => /^[^\p{L}\p{N}\p{S}?]*$/u.test(keepEmoji(text))

/** Repeated letters made one, so that "siaapp" equals "siap". Both sides of a comparison must be squeezed. */
export const squeeze = (text: string): string => text.replace(/(\p{L})\1+/gu, '$1')

/**
 * The words with ever less courtesy around them, the fullest first: "tolong batal pak" → itself, "tolong batal",
 * "batal pak", "batal". Whoever looks words up takes the first that is known, so that "tolong" alone can be one.
 */
export function* cores(text: string): Generator<string> {
  const found = words(text).split(' ')
  // Nothing that long is a phrase anybody listed.
  if (found.length > 15) return
  for (let from = 0; from < found.length; from++) {
    for (let to = found.length; to > from; to--) {
      yield found.slice(from, to).join(' ')
      if (!AFTER.has(found[to - 1] as string)) break
    }
    if (!BEFORE.has(found[from] as string)) return
  }
}

/** A look-up table from "a, b, c" lists: every phrase, squeezed, → the key of its list. */
export function phrases<K extends string>(lists: Readonly<Record<K, string>>): ReadonlyMap<string, K> {
  const table = new Map<string, K>()
  for (const key of Object.keys(lists) as K[])
    for (const phrase of lists[key].split(',')) table.set(squeeze(words(phrase)), key)
  return table
}

/** What a whole message means by such a table, courtesy around it ignored. */
export function lookUp<K extends string>(table: ReadonlyMap<string, K>, text: string): K | undefined {
  for (const core of cores(text)) {
    const key = table.get(squeeze(core))
    if (key) return key
  }
  return undefined
}

/** Whether any run of up to three words is in such a table. */
export function mentions(table: ReadonlyMap<string, unknown>, text: string): boolean {
  const found = squeeze(words(text)).split(' ')
  return found.some((_, i) => [1, 2, 3].some(n => table.has(found.slice(i, i + n).join(' '))))
}

/** How many letters two words differ by; two neighbours swapped count once ("tuakng"). */
export function typos(a: string, b: string): number {
  const swapped = [...a].some((_, i) => a.slice(0, i) + (a[i + 1] ?? '') + a[i] + a.slice(i + 2) === b)
  return a !== b && swapped ? 1 : distance(a, b)
}
