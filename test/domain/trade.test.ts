// The trade's catalogue, its levels and what is offered where an answer leaves it open.
import { expect, it } from 'vitest'
import { trades } from '../../src/domain/catalogue.ts'
import { readTrade } from '../../src/domain/trade.ts'
import { entriesOf } from '../../src/domain/trade-index.ts'

const candidates = (text: string) => {
  const read = readTrade(text, trades)
  return read.ok ? [] : (read.candidates ?? [])
}
const entry = (id: string) => trades.find(t => t.id === id) as (typeof trades)[number]

it('finds every trade by its name and all its aliases, without a doubt', () => {
  for (const trade of trades)
    for (const name of [trade.name, ...trade.aliases]) {
      const read = readTrade(name, trades)
      expect.soft(read, name).toMatchObject({ ok: true })
      expect.soft(read, name).not.toHaveProperty('warn')
      // Old schemes repeat names of the new one, which then is meant.
      if (trade.id.startsWith('lama-')) continue
      expect.soft(read, name).toMatchObject({ value: trade.id })
    }
})

it('knows the levels of a name, the lowest first', () => {
  expect(entriesOf(entry('pelaksana-gedung-5'), trades).map(t => t.jenjang)).toEqual([4, 5, 6])
  expect(entriesOf(entry('tukang-besi-beton-1'), trades).map(t => t.jenjang)).toEqual([1, 2])
  expect(entriesOf(entry('juru-las-3'), trades).map(t => t.id)).toEqual(['juru-las-3'])
})

it('offers what an open answer may mean, at most seven', () => {
  expect(candidates('pelaksana').slice(0, 2)).toEqual(['pelaksana-gedung-4', 'pelaksana-jalan-4'])
  expect(candidates('tukang batu dan kayu')).toEqual(['tukang-bata-plesteran-1', 'tukang-kayu-konstruksi-1'])
  expect(candidates('roller')).toEqual(['op-vibrator-roller-3', 'op-tandem-roller-3'])
  expect(candidates('serabutan')).toHaveLength(7)
  expect(candidates('operator alat berat')).toHaveLength(7)
})

it('offers near trades for one that is not in the catalogue', () => {
  expect(candidates('pengawas jembatan')).toContain('pengawas-gedung-5')
  expect(candidates('ahli k3')).toContain('petugas-k3-3')
  expect(candidates('tukang ojek')).toEqual([])
})

it('reads only from the trades that are offered', () => {
  const offered = trades.filter(t => t.id !== 'juru-las-3')
  expect(readTrade('tukang las', offered)).toMatchObject({ ok: true, value: 'lama-tukang-las-2' })
  expect(readTrade('tukang las', [])).toMatchObject({ ok: false, reason: 'TRADE_UNKNOWN' })
})
