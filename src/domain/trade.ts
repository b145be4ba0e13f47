// Reads the trade (jabatan kerja) somebody has, as workers call it: "tk. batu", "sopir beko", "ngelas".
import type { Trade } from './catalogue.ts'
import { readCommand } from './command.ts'
import { got, not, type Read } from './read.ts'
import { canonical, entriesOf, indexOf, levelIn, type TradeIndex, withoutHeads } from './trade-index.ts'
import { isBlank, mentions, phrases, squeeze, typos } from './words.ts'

const AROUND = new Set(
  `saya sy aku kulo kula ini itu sebagai jadi dadi menjadi kerja kerjo nyambut gawe pekerjaan pekerjaannya kerjaan
  kerjaannya kerjanya kerjoku profesi profesinya jabatan jabatannya bagian bidang biasanya biasa biasane spesialis khusus
  sehari hari seorang adalah yang yg sing mau ikut uji ujian skk sertifikat sertifikasi pak bu bapak ibu mas mbak min kak
  gan bang kang ya yaa nggih aja saja ae wae di ning nang wong keahlian ahlinya dulu masih sekarang cuma cuman hanya bisa
  bisanya iso isone maaf asli daftar`.split(/\s+/),
)

/** Help on a site is no trade of its own: the question is which trade is helped with. */
const UNSKILLED = phrases({
  unskilled: `kuli, kulli, nguli, kuliah bangunan, kenek, kernet, knek, kernek, kenet, ngenek, ngernet, helper, hlper, buruh,
    boro, mburuh, laden, peladen, ladenan, ngladeni, ngladen, nglading, pembantu, mbantu, pembantu tukang, bantu tukang,
    bantu bantu, asisten tukang, tenaga kasar, pekerja kasar, kerja kasar, pekerja, pekerja bangunan, tenaga harian,
    harian lepas, tenaga angkut, tukang angkut, tukang aduk, tukang gali, unskilled, labor, labour, laborer`,
})

/** Electricity is examined by another ministry. */
const ELECTRIC = phrases({
  electric: `listrik, lisrik, listerik, listrek, listrix, kelistrikan, elektrik, elektrikal, electrical, electric, electrician, elektrisian, electrik,
    elektro, elektronik, instalatir, strum, setrum, pln, sktt, skttk, panel listrik, arus kuat, arus lemah, plts, gardu`,
})

/** Too wide to be one trade, whatever stands beside it … */
const VAGUE = phrases({
  vague: `serabutan, srabutan, serabut, serabotan, borongan, borong, pemborong, mborong, kontraktor, apa saja, apa aja, opo ae,
    opo wae, apapun, semua, semuanya, kabeh, sembarang, sembarang kalir, campur, campuran, macam macam, macem macem, macam2,
    macem2, all round, allround, serba bisa, palugada, gado gado, alat berat`,
})
/** … or alone. */
const WIDE = phrases({
  wide: 'proyek, konstruksi, bangunan, nukang, pertukangan, bas, sipil, finishing, struktur, apa, opo',
})

/** Nobody's trade takes that long to say. */
const LONGEST = 300

/** As many as a channel shows at once. */
const MOST = 7

/** How many letters of a word may be off: short words must be right. */
const slack = (word: string): number => (word.length < 4 ? 0 : word.length < 7 ? 1 : 2)

/** What a trade is called, with or without "tukang" or "pelaksana" before it, or written as one word. */
function called(said: string, { names, exact, bare, compact }: TradeIndex): Trade | undefined {
  const [head, ...rest] = said.split(' ')
  const own = exact.get(rest.join(' '))
  return (
    exact.get(said) ??
    bare.get(withoutHeads(said)) ??
    compact.get(said.replaceAll(' ', '')) ??
    (own && names.get(own)?.startsWith(`${head} `) ? own : undefined)
  )
}

const isBeginners = (name: string): boolean => / pemula\b/.test(name)

/** One entry of each trade; beginners' entries only where the trade itself is not among them. */
function distinct(found: readonly Trade[], { names }: TradeIndex): Trade[] {
  const name = (trade: Trade): string => names.get(trade) as string
  const all = new Set(found.map(name))
  return found.filter(
    (t, i) =>
      found.findIndex(other => name(other) === name(t)) === i &&
      !(isBeginners(name(t)) && all.has(name(t).replace(' pemula', ''))),
  )
}

/** Trades in whose name, or in one of whose aliases, all these words stand; those that begin with them, if there are. */
function holding(said: string, index: TradeIndex): Trade[] {
  const wanted = said.split(' ')
  const held = [...index.exact].filter(([name]) => wanted.every(word => name.split(' ').includes(word)))
  const begun = held.filter(([name]) => name.startsWith(`${said} `))
  const found = distinct(
    (begun.length > 1 ? begun : held).map(([, trade]) => trade),
    index,
  )
  const skilled = found.filter(t => !isBeginners(index.names.get(t) as string))
  return skilled.length && !wanted.includes('pemula') ? skilled : found
}

/** Trades whose name stands somewhere in a longer text; a name within another found name doesn't count. */
function within(said: string, index: TradeIndex): Trade[] {
  const names = [...index.exact.keys()].filter(
    name => name.length > 4 && withoutHeads(name) && ` ${said} `.includes(` ${name} `),
  )
  const widest = names.filter(name => !names.some(other => other !== name && ` ${other} `.includes(` ${name} `)))
  return distinct(
    widest.map(name => index.exact.get(name) as Trade),
    index,
  )
}

/** Trades whose name differs by a letter or two, the nearest only. */
function alike(said: string, index: TradeIndex): Trade[] {
  const wanted = squeeze(said).split(' ')
  let best = 2
  let found: Trade[] = []
  for (const { words, trade } of index.spelled) {
    const off = wordTypos(wanted, words)
    if (off > best) continue
    found = off < best ? [trade] : [...found, trade]
    best = off
  }
  return distinct(found, index)
}

function wordTypos(said: readonly string[], name: readonly string[]): number {
  if (said.length !== name.length || (said.length === 1 && (said[0] as string).length < 5))
    return Number.POSITIVE_INFINITY
  let sum = 0
  for (const [i, word] of said.entries()) {
    const right = name[i] as string
    if (word === right) continue
    const allowed = slack(right)
    const off = Math.abs(word.length - right.length) > allowed ? allowed + 1 : typos(word, right)
    if (off > allowed) return Number.POSITIVE_INFINITY
    sum += off
  }
  return sum
}

/** Trades that share a word with what was said: "pelaksana jembatan" is near the other pelaksana, "ahli k3" near k3. */
function akin(said: string, index: TradeIndex): Trade[] {
  const telling = withoutHeads(said)
    .split(' ')
    .filter(word => word.length > 1)
  return distinct(
    telling.flatMap(word => holding(word, index)),
    index,
  )
}

/** Several trades in one answer: "tukang batu dan keramik", "batu, kayu". */
function listed(text: string, index: TradeIndex): Trade[] {
  const parts = text.split(/[,;/&+\n]|\b(?:dan|atau|sama|karo|lan|plus)\b/i)
  return distinct(
    parts.flatMap(part => called(core(canonical(part)), index) ?? []),
    index,
  )
}

const core = (said: string): string =>
  said
    .split(' ')
    .filter(word => !AROUND.has(word))
    .join(' ')

const ambiguous = (found: readonly Trade[]): Read<string> =>
  not('TRADE_AMBIGUOUS', { candidates: found.slice(0, MOST).map(t => t.id) })

/** The id of the trade's entry (at the level said, else the catalogue's first); FUZZY where it must be confirmed. */
export function readTrade(text: string, trades: readonly Trade[]): Read<string> {
  if (isBlank(text)) return not('TRADE_EMPTY')
  if (text.length > LONGEST) return not('TRADE_UNKNOWN')
  const index = indexOf(trades)
  const full = canonical(text)
  const said = core(full)
  const atLevel = (trade: Trade): string => {
    const level = levelIn(text)
    return (level ? entriesOf(trade, trades).find(t => t.jenjang === level) : undefined)?.id ?? trade.id
  }
  const one = called(full, index) ?? called(said, index)
  if (one) return got(atLevel(one))
  if (mentions(ELECTRIC, said)) return not('TRADE_OTHER_REGIME')
  if (mentions(UNSKILLED, said)) return not('TRADE_UNSKILLED')
  const several = listed(text, index)
  if (several.length > 1) return ambiguous(several)
  if (mentions(VAGUE, full) || WIDE.has(said)) return ambiguous(vague(said, index))
  const held =
    [said, withoutHeads(said)].map(words => (words ? holding(words, index) : [])).find(found => found.length) ?? []
  if (held.length > 1) return ambiguous(held)
  if (!held[0] && readCommand(text).ok) return not('COMMAND')
  const [first, ...more] = [held, within(said, index), alike(said, index)].find(found => found.length) ?? []
  if (first) return more.length ? ambiguous([first, ...more]) : got(atLevel(first), 'FUZZY')
  const near = akin(said, index)
  return not('TRADE_UNKNOWN', near.length ? { candidates: near.slice(0, MOST).map(t => t.id) } : {})
}

/** What to offer for a word that is too wide: what it covers, else the trades most people have. */
function vague(said: string, index: TradeIndex): Trade[] {
  if (said.includes('alat berat'))
    return distinct(
      index.trades.filter(t => t.subklasifikasi === 'Alat Berat'),
      index,
    )
  const held = said ? holding(said, index) : []
  return held.length ? held : index.trades.slice(0, MOST)
}
