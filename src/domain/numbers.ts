// Reads numbers as people say them: Indonesian, Javanese (ngoko and krama) and English words, ordinals, roman numerals.

/** What a word fills: `top` is where its place begins, `bottom` what is still free under it ("dua puluh": 100 … 10). */
type Piece = { readonly value: number; readonly top: number; readonly bottom: number }

/** Words for 1 to 9. */
const UNITS = [
  'satu siji setunggal stunggal satunggal one',
  'dua due duo loro ro rong kalih kaleh two',
  'tiga tigo tga telu telung tlu tigang three',
  'empat ampat papat pat patang sekawan four',
  'lima limo lime limang gangsal five',
  'enam anam enem nem nenem six',
  'tujuh tuju pitu pitung seven',
  'delapan dlapan delapn lapan wolu wolung eight',
  'sembilan smbilan sembilang sanga songo sangang nine',
]

const many = <V>(words: string, value: V): [string, V][] => words.split(' ').map(word => [word, value])

/** Javanese has words of its own for 25, 50 and 60. */
const FIXED = new Map<string, Piece>([
  ...many('sepuluh spuluh sepulu sedasa sedoso ten', { value: 10, top: 100, bottom: 1 }),
  ...many('sebelas sblas sewelas swelas eleven', { value: 11, top: 100, bottom: 1 }),
  ...many('selikur', { value: 21, top: 100, bottom: 1 }),
  ...many('selawe slawe selangkung', { value: 25, top: 100, bottom: 1 }),
  ...many('seket', { value: 50, top: 100, bottom: 10 }),
  ...many('suwidak sewidak swidak sawidak', { value: 60, top: 100, bottom: 10 }),
  ...many('seratus sratus satus', { value: 100, top: 1000, bottom: 100 }),
  ...many('seribu sribu sewu', { value: 1000, top: 10_000, bottom: 1000 }),
])

/** What a scale makes of the unit before it. */
const SCALES = new Map<string, (unit: number) => Piece>([
  ...many('belas blas las welas wlas', (unit: number) => ({ value: unit + 10, top: 100, bottom: 1 })),
  ...many('likur', (unit: number) => ({ value: unit + 20, top: 100, bottom: 1 })),
  ...many('puluh pulu plh dasa doso', (unit: number) => ({ value: unit * 10, top: 100, bottom: 10 })),
  ...many('ratus atus', (unit: number) => ({ value: unit * 100, top: 1000, bottom: 100 })),
  ...many('ribu ewu', (unit: number) => ({ value: unit * 1000, top: 10_000, bottom: 1000 })),
])

const UNIT = new Map(UNITS.flatMap((words, i) => many(words, i + 1)))
const ATOMS = [...UNIT.keys(), ...FIXED.keys(), ...SCALES.keys()].sort((a, b) => b.length - a.length)
const ATOM = new RegExp(ATOMS.join('|'), 'g')

/** Words that are whole numbers by themselves. */
const WHOLE = new Map<string, number>([
  ...many('nol kosong nul zero', 0),
  ...many('pertama prtama pertamax kapisan sepisan first', 1),
  ...many('kapindo kapindho pindo pindho second', 2),
  ...many('third', 3),
  ...many('seperempat seprapat', 0.25),
])

const HALF = /^(.*?) ?\b(?:setengah|stengah|setenga|separuh|separo|sak ?tengah|half)$/

/**
 * The number said in words, or undefined: "dua puluh lima", "selawe", "rong puluh", "limabelas", "ketiga",
 * "dua setengah", "satu koma lima". Digits may stand among the words ("2 puluh", "2 setengah").
 */
export function readNumberWords(text: string): number | undefined {
  const words = text
    .toLowerCase()
    .replace(/[\s-]+/g, ' ')
    .trim()
  const half = HALF.exec(words)
  if (half) return add(half[1] ? readNumberWords(half[1]) : 0, 0.5)
  const [before, after, ...more] = words.split(/ koma /)
  if (before !== undefined && after !== undefined && !more.length) return decimal(readWhole(before), readWhole(after))
  return readWhole(words)
}

const add = (a: number | undefined, b: number) => (a === undefined ? undefined : a + b)

function decimal(whole: number | undefined, tenths: number | undefined): number | undefined {
  return whole === undefined || tenths === undefined ? undefined : Number(`${whole}.${tenths}`)
}

function readWhole(words: string): number | undefined {
  const bare = words.replace(/^(?:kaping|ke|ka) ?(?=.)/, '')
  return WHOLE.get(words) ?? sum(pieces(words)) ?? (bare === words ? undefined : sum(pieces(bare)))
}

function sum(found: readonly Piece[] | undefined): number | undefined {
  if (!found?.length) return undefined
  // "dua tiga" is no number: a piece must fit under the one before it.
  const fits = found.every((piece, i) => i === 0 || piece.top <= (found[i - 1]?.bottom ?? 0))
  return fits ? found.reduce((total, piece) => total + piece.value, 0) : undefined
}

function pieces(words: string): Piece[] | undefined {
  const found: Piece[] = []
  for (const atom of words.split(' ').flatMap(splitGlued)) {
    const scaled = SCALES.get(atom)
    const last = found.at(-1)
    const piece = FIXED.get(atom) ?? digits(atom)
    if (scaled) {
      if (!last || last.top > 10 || last.bottom > 1) return undefined
      found[found.length - 1] = scaled(last.value)
    } else if (piece) found.push(piece)
    else return undefined
  }
  return found
}

function digits(atom: string): Piece | undefined {
  const unit = UNIT.get(atom)
  if (unit) return { value: unit, top: 10, bottom: 1 }
  return /^\d{1,4}$/.test(atom) ? { value: Number(atom), top: 10 ** atom.length, bottom: 1 } : undefined
}

/** "duapuluhlima" → dua, puluh, lima; a word with a rest that is no number stays whole. */
function splitGlued(word: string): string[] {
  const atoms = word.match(ATOM) ?? []
  return atoms.join('') === word ? atoms : [word]
}

/** "seribu sembilan ratus sembilan puluh sembilan setengah" has eight; a bound keeps long texts cheap. */
const MOST_WORDS = 9

/** The text with every stretch of number words written in digits: "lima belas tahun" → "15 tahun". */
export function wordsToDigits(text: string): string {
  const words = text.split(/\s+/)
  const written: string[] = []
  for (let from = 0; from < words.length; ) {
    const to = longestNumber(words, from)
    written.push(to > from ? String(readNumberWords(words.slice(from, to).join(' '))) : (words[from] as string))
    from = Math.max(to, from + 1)
  }
  return written.join(' ')
}

/** Where the longest number in words that begins at `from` ends; `from` when none does. Digits alone stay as typed. */
function longestNumber(words: readonly string[], from: number): number {
  if (!/^[\p{L}\d]/u.test(words[from] ?? '')) return from
  let to = Math.min(words.length, from + MOST_WORDS)
  while (to > from && readNumberWords(words.slice(from, to).join(' ')) === undefined) to--
  return to === from + 1 && /^\d+$/.test(words[from] ?? '') ? from : to
}

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x']

export type Count = { readonly value: number; readonly by: 'digits' | 'words' | 'roman' | 'confusable' }

/**
 * A whole or decimal number standing alone: digits, words, a roman numeral up to X, or digits in which letters were
 * typed ("l0", "1O", "ll" for II, a lone "l"), and by which of these it was read: the caller decides which deserves a warning.
 */
export function readCount(text: string): Count | undefined {
  const alone = text.trim()
  if (/^\d+$/.test(alone)) return { value: Number(alone), by: 'digits' }
  const roman = ROMAN.indexOf(alone.toLowerCase()) + 1
  if (roman) return { value: roman, by: 'roman' }
  if (/^[lI|]{2,3}$/.test(alone)) return { value: alone.length, by: 'confusable' }
  if (/^(?:[lO|]|[\dlIiOo|]*\d[\dlIiOo|]*)$/.test(alone))
    return { value: Number(fixConfusables(alone)), by: 'confusable' }
  const value = readNumberWords(alone)
  return value === undefined ? undefined : { value, by: 'words' }
}

/** Letters typed for digits, put right: O → 0; l, I, | and ! → 1; Z → 2; S → 5; G → 6; B → 8. */
export function fixConfusables(text: string): string {
  return text.replace(/[OolIi|!ZzSsGB]/g, letter => LOOKALIKE.get(letter) ?? letter)
}

const LOOKALIKE = new Map([
  ...many('O o', '0'),
  ...many('l I i | !', '1'),
  ...many('Z z', '2'),
  ...many('S s', '5'),
  ...many('G', '6'),
  ...many('B', '8'),
])

/** A number read out digit by digit: "nol delapan tiga enam …" → "0836…". Undefined when another word stands in it. */
export function spelledDigits(text: string): string | undefined {
  const spoken = text.toLowerCase().match(/[^\s,.-]+/g) ?? []
  const digits = spoken.map(word => (/^\d+$/.test(word) ? word : (UNIT.get(word) ?? WHOLE.get(word))))
  return digits.length > 5 && digits.every(digit => digit !== undefined) ? digits.join('') : undefined
}
