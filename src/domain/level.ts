// Reads a KKNI level (jenjang 1-9). "Kelas 1/2/3" and SKT/SKA are the scheme before 2021 and never a level.
import { withoutPoliteness } from './clean.ts'
import { type Count, readCount } from './numbers.ts'
import { got, not, type Read } from './read.ts'
import { commandOr, opening } from './refuse.ts'

const HIGHEST = 9
const OLD_SCHEME = /\b(?:skt|ska|sktk|skatk|kelas|kelase|kls|klas)\b/i
/** Words for several levels at once (operator 1-3, teknisi and analis 4-6, ahli 7-9), or for no choice at all. */
const SEVERAL = new RegExp(
  `\\b(?:operator|tukang|teknisi|analis|ahli|terampil|mandor|pelaksana|pengawas|muda|madya|utama|pemula|terserah|sembarang|` +
    `sakarepmu|bebas|(?:apa|mana|endi) ?(?:saja|aja|wae|ae)|semua|semuanya|kabeh|sedoyo|dua-?duanya|keduanya|ketiganya|` +
    `tinggi|tertinggi|rendah|terendah|dhuwur|duwur|ngisor|atas|bawah|terakhir|maksimal|minimal|cocok|sesuai|` +
    `(?:gak?|nggak?|tidak|tdk|ora|kurang|belum|ndak?|mboten) ?(?:tau|tahu|eruh|yakin|pasti))\\b`,
  'gi',
)
const JENJANG =
  'jenjang|jenjange|jenjangnya|jnjang|jenjng|jejang|jenjan|jenjeng|level|levelnya|lvl|lv|lepel|tingkat|tingkatan|kkni'
const LABEL = new Set([
  ...JENJANG.split('|'),
  ...`j skk no nomor nomer nmr nomere urut pilih pilihan pilihane milih saya ambil mau yang yg sing ingkang ke angka opsi
    kualifikasi grade jawab jawaban jawabannya menu paling aja saja ae wae mawon ya yaa iya nggih pak bu mas mbak kak dong
    deh lah aku kulo itu ini daftar ikut sertifikat untuk`.split(/\s+/),
])
const AFTER_LABEL = new RegExp(`\\b(?:${JENJANG})\\P{L}{0,3}$`, 'iu')

/** The level in a text; only an offered one is taken. */
export function readLevel(text: string, { offered }: { offered: readonly number[] }): Read<number> {
  const plain = withoutPoliteness(opening(text)).replace(/(?<=\p{L}{2}|\bj)(?=\d)|(?<=\d)(?=\p{L}{3})/giu, ' ')
  if (!/[\p{L}\d]/u.test(plain)) return commandOr(text, not('LEVEL_EMPTY'))
  if (/\d\.\d/.test(plain)) return not('LEVEL_UNPARSEABLE')
  if (OLD_SCHEME.test(plain)) return not('LEVEL_OLD_SCHEME')
  const rest = plain.replace(SEVERAL, ' ')
  const words =
    rest.match(/(?:(?<!\S)-)?[\p{L}\d|]+/gu)?.filter(word => !LABEL.has(word.toLowerCase().replace('-', ''))) ?? []
  const read = readWords(words, rest, offered)
  if (read) return read
  return rest === plain ? commandOr(text, not('LEVEL_UNPARSEABLE')) : not('LEVEL_AMBIGUOUS')
}

function readWords(words: readonly string[], rest: string, offered: readonly number[]): Read<number> | undefined {
  if (words.length === 1 && /^-\d+$/.test(words[0] ?? '')) return not('LEVEL_OUT_OF_RANGE')
  const whole = readCount(words.join(' ').replace(/-/g, ' '))
  if (whole) return judge(whole, offered)
  const counts = words.flatMap(word => readCount(word.replace('-', '')) ?? [])
  const [first] = counts
  if (!first) return undefined
  if (counts.some(count => count.value !== first.value))
    return not('LEVEL_AMBIGUOUS', { candidates: counts.map(count => count.value) })
  // "jenjang 2, tukang batu" says the level; "2 tahun" doesn't.
  const labelled = words.some(word => readCount(word) && AFTER_LABEL.test(rest.slice(0, rest.indexOf(word))))
  return labelled || counts.length === words.length ? judge(first, offered) : undefined
}

function judge({ value, by }: Count, offered: readonly number[]): Read<number> | undefined {
  if (!Number.isInteger(value)) return undefined
  const digits = by === 'digits' ? [...new Set(String(value))].map(Number) : []
  const several =
    digits.length > 1 && digits.length === String(value).length && digits.every(digit => offered.includes(digit))
  if (several) return not('LEVEL_AMBIGUOUS', { candidates: digits })
  if (value < 1 || value > HIGHEST) return not('LEVEL_OUT_OF_RANGE')
  if (!offered.includes(value)) return not('LEVEL_NOT_OFFERED', { detail: { level: value } })
  return by === 'confusable' ? got(value, 'CONFUSABLE_FIXED') : got(value)
}
