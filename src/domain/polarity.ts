// Whether a short answer says yes or no: negations turn what follows them, contradictions are unclear.
import { keepEmoji } from './clean.ts'
import { squeeze, words } from './words.ts'

/**
 * What a word does in an answer.
 * yes: says yes by itself (iya, inggih). tag: so does this, but at the end it is only polite (ya, nggih). good, bad: a statement that a negation turns round (benar, salah).
 * vague: like good, but not clear enough where clear words are wanted. not: negates what follows, or says no.
 * done: says yes when nothing else does (sudah). maybe: makes any answer unclear (tapi, mungkin). filler: says nothing.
 * link: a filler that carries a negation on ("tidak ada yang salah").
 */
export type Sense = 'yes' | 'tag' | 'good' | 'bad' | 'vague' | 'not' | 'done' | 'maybe' | 'filler' | 'link'
export type Lexicon = ReadonlyMap<string, Sense>

/** UNCLEAR: words that don't add up. UNKNOWN: none that answer, so the message may be something else altogether. */
export type Verdict = 'YES' | 'NO' | 'UNCLEAR' | 'UNKNOWN'

const EMOJI: readonly [RegExp, string][] = [
  [/[👍👌✅✔✓☑🆗💯🫡🙆]/gu, ' 👍 '],
  [/[👎❌✖✗✘❎🚫⛔🙅]/gu, ' 👎 '],
]
const THUMBS = new Map<string, Sense>([
  ['👍', 'yes'],
  ['👎', 'not'],
])

/** A lexicon from lists of words. Words may be written as they are said: "ho'oh", "ndak". */
export function lexicon(lists: Partial<Record<Sense, string>>): Lexicon {
  const table = new Map<string, Sense>()
  for (const [sense, list] of Object.entries(lists) as [Sense, string][])
    for (const word of list.split(/\s+/)) if (word) table.set(squeeze(words(word)), sense)
  return table
}

/** The parts of an answer between commas and full stops, each as its words; thumbs stay. */
function clauses(text: string): string[][] {
  let plain = keepEmoji(text)
  if (!/^[ -~]*$/.test(plain)) for (const [emoji, thumb] of EMOJI) plain = plain.replace(emoji, thumb)
  return plain
    .split(/[,.;!\n]+/)
    .map(part => part.split(/([👍👎])/u).flatMap(piece => (THUMBS.has(piece) ? [piece] : words(piece).split(' '))))
    .map(spelled)
    .filter(part => part.length > 0)
}

/** "Y a" is "ya"; "iya2" is said twice; a repeated letter counts once. */
function spelled(found: readonly string[]): string[] {
  const said = found.filter(word => word !== '')
  const letters = said.length > 1 && said.every(word => /^[a-z]$/.test(word))
  return (letters ? [said.join('')] : said).map(word => squeeze(word.replace(/^([a-z]+)2$/, '$1')))
}

/** "belum tentu", "gak pasti": neither yes nor no. */
export const NOT_SURE =
  /\b(?:belum|blm|belom|tidak|tdk|tak|gak|ga|gk|nggak|ngga|enggak|ndak|ora|durung|dereng|mboten|kurang)(?: bisa| iso| saget)? (?:tentu|mesth?i|pasti|jelas|yakin|janji|tahu|tau|weruh|eruh|mastikan|memastikan|dipastikan)\b/

/** Yes, no or neither, of a text whose numbers have already been looked at. */
export function judge(text: string, known: Lexicon): Verdict {
  const said = clauses(text)
  const senses = said.map(part => part.map(word => THUMBS.get(word) ?? known.get(word)))
  const all = senses.flat()
  if (all.length === 0 || all.includes('maybe') || NOT_SURE.test(words(text))) return 'UNCLEAR'
  if (all.includes(undefined)) return 'UNKNOWN'
  if (text.includes('?')) return 'UNCLEAR'
  const verdicts = new Set(senses.flatMap(part => verdictsOf(part as Sense[])))
  if (verdicts.size > 1) return 'UNCLEAR'
  const [only] = verdicts
  if (only) return only
  return all.includes('done') ? 'YES' : all.includes('vague') ? 'UNCLEAR' : 'UNKNOWN'
}

function verdictsOf(part: readonly Sense[]): ('YES' | 'NO')[] {
  const found: ('YES' | 'NO')[] = []
  let negated: 'near' | 'far' | undefined
  let hedged = false
  part.forEach((sense, i) => {
    if (sense === 'not') negated = 'near'
    // "tidak, pak, masih salah" denies; only "tidak salah" and "tidak ada yang salah" affirm.
    else if (sense === 'filler') negated &&= 'far'
    // "tidak ya pak", "terima kasih nggih": a closing "ya" is courtesy, not an answer.
    else if (sense === 'tag') {
      const closing = part.slice(i).every(s => s === 'tag' || s === 'filler')
      if (!closing || part.slice(0, i).every(s => s === 'tag')) found.push('YES')
    } else if (sense === 'yes') found.push('YES')
    else if (sense === 'good') found.push(negated ? 'NO' : 'YES')
    else if (sense === 'bad') found.push(negated === 'near' ? 'YES' : 'NO')
    else if (sense === 'vague' && negated) found.push('NO')
    else if (sense === 'vague') hedged = true
    // "tidak bisa hadir": a negation holds for the statements after it, but not for the reason ("… sakit").
    if (sense === 'good' || sense === 'vague') negated &&= 'far'
    else if (sense === 'bad') negated = undefined
  })
  // What was negated has said its no; a bare "tidak" says it now, and "aman gak" asks.
  const bare = negated && (negated === 'near' || !found.includes('NO'))
  return bare ? [...found, ...(hedged ? (['YES'] as const) : []), 'NO'] : found
}
