// Hears greetings at the beginning of a message and says what stands behind them. A name is never taken for one.
import { clean } from './clean.ts'
import { phrases, squeeze, words } from './words.ts'

export type Salam = 'islam' | 'waktu' | 'halo'
export type Greeting = { readonly salam: Salam; readonly rest: string }

/** Greetings after which anything may follow. */
const CLEAR = phrases<Salam>({
  islam: `salamu alaikum, samlekum, samlikum, askum, aslkm, aslmkm, aslm, assalam, mikum, akum salam, السلام عليكم`,
  waktu: `selamat pagi, selamat siang, selamat sore, selamat petang, selamat malam, slamat pagi, slamat siang, slamat sore,
    slamat malam, slmt pagi, slmt siang, slmt sore, slmt malam, met pagi, met siang, met sore, met malam, selamat pgi,
    selamat mlm, sugeng enjing, sugeng enjang, sugeng injing, sugeng siang, sugeng siyang, sugeng sonten, sugeng dalu,
    sugeng ndalu, sugeng rawuh, good morning, good afternoon, good evening`,
  halo: `halo, hallo, hello, helo, helloo, hai, haii, hay, alo, hei, hey, permisi, prmisi, misi, numpang tanya, kulonuwun,
    kulo nuwun, kulonuwon, kula nuwun, nuwun sewu, nuwunsewu, nyuwun sewu, punten, sampurasun, amit sewu, spada, salam sejahtera,
    salam kenal, salam sehat, salam hormat, salam sejahtera untuk kita semua, salam sejahtera bagi kita semua, om swastiastu, shalom, syalom, rahayu, horas,
    waalaikumsalam, waalaikum salam, wa alaikum salam, walaikumsalam, walaikum salam, waalaikumussalam, wassalamualaikum`,
})

/** Words that may also begin a name or an answer ("Pagi Santoso", "P. Wijaya"): greetings only when set apart. */
const BARE = phrases<Salam>({
  islam: 'ass, salam alaikum',
  waktu: 'pagi, siang, sore, petang, malam, pgi, mlm, enjing, morning',
  halo: 'p, p p, p p p, pp, ping, ping ping, pingg, pong, tes, test, tes tes, test test, tess, testing, cek, cek cek, salam, hi, hy, oi, oy, woi, woy, hoi, bro, tok tok',
})

/** However the two words are spelled or run together: "asallamuallaikum". */
const SALAM = /^a?sa?l[a-z]*m[a-z ]*k[uo]m$/

const set = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).map(squeeze))
const BLESSING = set(`wr wb wrwb war wab wa warahmatullahi warahmatullah warohmatullohi warohmatullahi warrahmatullahi
  rahmatullahi wabarakatuh wabarokatuh wabarakatu wabarokatu barakatuh`)
/** Whom a greeting is for. */
const TO =
  set(`pak bu bapak ibu bpk buk mas mbak mbk min mimin admin kak kakak gan bang bos om tante pakde bude cak ning
  gus ustadz bro sis semua semuanya sedoyo panitia petugas dan para yth ya juga selalu`)

type Word = { readonly said: string; readonly start: number; readonly end: number }

const wordsIn = (plain: string): Word[] =>
  [...plain.matchAll(/[\p{L}\p{M}\p{N}']+/gu)].map(m => ({
    said: squeeze(words(m[0])),
    start: m.index,
    end: m.index + m[0].length,
  }))

/** How many words from `at` on are a greeting by this table; the longest wins. */
function longest(
  table: ReadonlyMap<string, Salam>,
  found: readonly Word[],
  at: number,
): { salam: Salam; length: number } | undefined {
  for (let length = Math.min(6, found.length - at); length > 0; length--) {
    const said = found
      .slice(at, at + length)
      .map(w => w.said)
      .join(' ')
    const salam = table.get(said) ?? (table === CLEAR && length < 3 && SALAM.test(said) ? 'islam' : undefined)
    if (salam) return { salam, length }
  }
  return undefined
}

/** The greeting a message begins with, and the rest of it: "Assalamualaikum, saya tukang batu" → "saya tukang batu". */
export function readGreeting(text: string): Greeting | undefined {
  const plain = clean(text)
  const found = wordsIn(plain)
  const skip = (from: number, what: ReadonlySet<string>): number => {
    let at = from
    while (found[at] && what.has((found[at] as Word).said)) at++
    return at
  }
  const apart = (at: number, marks: RegExp): boolean =>
    at === found.length || marks.test(plain.slice((found[at - 1] as Word).end, (found[at] as Word).start))

  let salam: Salam | undefined
  let at = skip(0, TO)
  // Nothing but "pak" or "min": somebody calls.
  if (at > 0 && at === found.length) return { salam: 'halo', rest: '' }
  for (;;) {
    const clear = longest(CLEAR, found, at)
    const greeting = clear ?? longest(BARE, found, at)
    if (!greeting) break
    const end = at + greeting.length
    const after = skip(skip(end, BLESSING), TO)
    // "P. Wijaya" is a name, "P, mau daftar" is none.
    const marks = found[at]?.said === 'p' ? /[,!?\n]/ : /[,.!?;:\n-]/
    if (!clear && after === end && !apart(end, marks)) break
    salam = salam === 'islam' ? salam : greeting.salam === 'islam' || !salam ? greeting.salam : salam
    at = after
  }
  if (!salam) return undefined
  const next = found[at]
  // What follows keeps its own opening mark, such as the "+" of a phone number.
  const rest = next ? plain.slice((found[at - 1] as Word).end).replace(/^[\s,.!?;:)*_~-]+/, '') : ''
  return { salam, rest }
}
