// What a stranger can learn: the same answer, from the same statements, whether a NIK, a code or a phone is known or not.
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database } from '../../src/db/schema.ts'
import type { House } from '../../src/house.ts'
import { createReceiver, takeTurns } from '../../src/turn.ts'
import { type Desk, message, openDesk, ordinary, SENDER, says, textsTo } from './desk.ts'

/** How often each is tried, for the medians that are printed. */
const ROUNDS = 20

let desk: Desk
let spied: House
/** The statements since a turn began. */
let statements: string[] = []
beforeEach(async () => {
  desk = await openDesk()
  const dialect = new PostgresDialect({ pool: new pg.Pool({ connectionString: desk.url, max: 2 }) })
  const db = new Kysely<Database>({ dialect, log: ({ query }) => void statements.push(query.sql) })
  spied = { ...desk.house, db }
})
afterEach(async () => {
  await spied.db.destroy()
  await desk.close()
})

type Heard = { readonly texts: readonly string[]; readonly statements: readonly string[]; readonly ms: number }

/** One message of a stranger: what he hears, the statements that it took, and how long. */
async function hears(who: string, text: string): Promise<Heard> {
  statements = []
  const began = performance.now()
  await createReceiver(spied)([message(who, text)])
  const { replies } = await takeTurns(spied, [SENDER])
  return { texts: textsTo(replies, who), statements, ms: performance.now() - began }
}

const median = (all: readonly Heard[]): string =>
  (all.map(({ ms }) => ms).sort((a, b) => a - b)[all.length >> 1] ?? 0).toFixed(1)

/** Known and unknown in turn, each by a stranger of its own who has come as far as `before`. */
async function compare(what: string, before: readonly string[], known: () => Promise<string>, unknown: () => string) {
  const heard: { known: Heard[]; unknown: Heard[] } = { known: [], unknown: [] }
  for (let round = 0; round < ROUNDS; round++)
    for (const side of ['known', 'unknown'] as const) {
      const text = side === 'known' ? await known() : unknown()
      const who = `${what} ${side} ${round}`
      await says(desk, who, ...before)
      heard[side].push(await hears(who, text))
    }
  // The first of all prepares what the others find prepared.
  const [first, ...others] = [...heard.known.slice(1), ...heard.unknown.slice(1)]
  expect(first?.statements.length).toBeGreaterThan(2)
  for (const other of others) expect(other.statements).toEqual(first?.statements)
  console.log(`${what}: median ${median(heard.known)} ms known, ${median(heard.unknown)} ms unknown`)
  return { known: heard.known.map(one => one.texts), unknown: heard.unknown.map(one => one.texts) }
}

const CODE = /[A-Z][0-9A-Z]{3}-[0-9A-Z]{3}\d/

it('takes the same statements for a NIK that is registered and one that is not', async () => {
  await says(desk, 'somebody', ...ordinary())
  let n = 0
  const nik = () => `35750117088${String(57000 + ++n)}`
  await compare('a NIK', ['daftar', 'setuju', 'Siti Aminah'], async () => '3575011708859001', nik)
})

it('says the same by the same statements to whoever has asked about too many NIKs', async () => {
  await says(desk, 'somebody', ...ordinary())
  let n = 0
  const nik = () => `35750117088${String(57000 + ++n)}`
  const tried = ['3575020304909002', 'UBAH 2', '3575020304909003', 'UBAH 2', '3575020304909004', 'UBAH 2']
  const before = ['daftar', 'setuju', 'Siti Aminah', ...tried]
  const heard = await compare('a NIK too many', before, async () => '3575011708859001', nik)
  expect(heard.known[0]?.join()).toContain('sudah ada beberapa NIK')
  expect(heard.unknown).toEqual(heard.known)
})

it('says the same by the same statements of a code that was used and one that never was', async () => {
  await says(desk, 'somebody', 'daftar', 'setuju', 'Budi Santoso')
  let n = 0
  const used = async () => {
    const code = CODE.exec((await says(desk, 'somebody', 'sambungkan')).join())?.[0] ?? ''
    await says(desk, `friend ${++n}`, code)
    return code
  }
  const heard = await compare('a code', ['daftar'], used, () => 'K7M4-P2Q9')
  expect(heard.known[0]?.join()).toContain('tidak berlaku')
  expect(heard.unknown).toEqual(heard.known)
})

it('says the same by the same statements to a phone that somebody else gave and to one that nobody did', async () => {
  await says(desk, 'somebody', ...ordinary())
  const before = ordinary().slice(0, 6)
  const other = [...before.slice(0, 3), '3575020304909002', ...before.slice(4)]
  let n = 0
  const heard = await compare(
    'a phone',
    other,
    async () => '083600000017',
    () => `0836000010${String(10 + ++n)}`,
  )
  expect(heard.known[0]?.join()).toContain('alamat rumah')
  expect(heard.unknown).toEqual(heard.known)
})
