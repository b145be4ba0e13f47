// The trades by everything they are called, ready to be looked up.
import type { Trade } from './catalogue.ts'
import { squeeze, words } from './words.ts'

/** Spellings and Javanese words, as the catalogue has them. */
const SPELLING: ReadonlyMap<string, string> = new Map(
  Object.entries({
    tukang: 'tk tkg tkng tkang tukng tukank tukanh tkan tuk tukange',
    operator: 'op opr oprt oprator opertor oprtr',
    sopir: 'supir driver sopire setir nyopir nyupir',
    excavator: 'ekskavator eskavator exavator exca excavater eksavator escavator',
    pasang: 'psg psang masang pemasang pemasangan ngepasang',
    batu: 'watu',
    besi: 'wesi',
    cat: 'cet',
    genteng: 'gendeng gendheng genting gentheng',
    ledeng: 'leding leideng',
    plambing: 'plumbing plambeng plumbling',
    bata: 'boto hebel',
    aspal: 'hotmix hotmik',
    safety: 'hse',
  }).flatMap(([word, list]) => list.split(' ').map(spelled => [spelled, word] as const)),
)

/** What the work is done by or with says less than what it is done on: "sopir beko", "tukang waterproofing". */
const HEADS = new Set(['tukang', 'juru', 'operator', 'sopir', 'pasang', 'teknisi'])

const LEVEL = / ?\b(?:jenjang|tingkat|level|lvl|kkni) ?(\d)\b/

/** The words of a trade's name as it is looked up: usual spellings, without the level. */
export const canonical = (text: string): string =>
  words(text)
    .replace(/\bk 3\b/g, 'k3')
    .replace(LEVEL, '')
    .split(' ')
    .map(word => SPELLING.get(word) ?? word)
    .join(' ')

export const levelIn = (text: string): number | undefined => {
  const level = LEVEL.exec(words(text))?.[1]
  return level === undefined ? undefined : Number(level)
}

export const withoutHeads = (said: string): string =>
  said
    .split(' ')
    .filter(word => !HEADS.has(word))
    .join(' ')

export type TradeIndex = {
  readonly trades: readonly Trade[]
  /** A trade's name as it is looked up: the same for all its levels. */
  readonly names: ReadonlyMap<Trade, string>
  /** What a trade is called, whole. */
  readonly exact: ReadonlyMap<string, Trade>
  /** The same without "tukang", "operator" … in it. */
  readonly bare: ReadonlyMap<string, Trade>
  /** … and without spaces. */
  readonly compact: ReadonlyMap<string, Trade>
  /** The words of every name, whole and bare, to compare misspelled ones with. */
  readonly spelled: readonly { readonly words: readonly string[]; readonly trade: Trade }[]
}

const INDEXES = new WeakMap<readonly Trade[], TradeIndex>()

/** The index of a catalogue, made once. Of two trades called the same the first in the catalogue is meant. */
export function indexOf(trades: readonly Trade[]): TradeIndex {
  const known = INDEXES.get(trades)
  if (known) return known
  const called = trades.flatMap(trade =>
    [trade.name, trade.name.replace(/\(.*\)/, ''), ...trade.aliases].map(name => [canonical(name), trade] as const),
  )
  const exact = firstOf(called)
  const bare = firstOf(called.map(([said, trade]) => [withoutHeads(said), trade]))
  const index = {
    trades,
    names: new Map(trades.map(trade => [trade, canonical(trade.name)])),
    exact,
    bare,
    compact: firstOf(called.map(([said, trade]) => [said.replaceAll(' ', ''), trade])),
    spelled: [...exact, ...bare].map(([said, trade]) => ({ words: squeeze(said).split(' '), trade })),
  }
  INDEXES.set(trades, index)
  return index
}

function firstOf(called: readonly (readonly [string, Trade])[]): ReadonlyMap<string, Trade> {
  const first = new Map<string, Trade>()
  for (const [said, trade] of called) if (said && !first.has(said)) first.set(said, trade)
  return first
}

/** The entries that are the same trade at different levels, the lowest first. */
export function entriesOf(trade: Trade, trades: readonly Trade[]): Trade[] {
  const { names } = indexOf(trades)
  return trades.filter(t => names.get(t) === names.get(trade)).toSorted((a, b) => a.jenjang - b.jenjang)
}
