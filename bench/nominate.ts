// What nominations cost beside many registrations: a list of 500 lines judged, one nominee judged and saved.
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { telegram } from '../src/bots/capabilities.ts'
import { readConfig } from '../src/config.ts'
import { keepPlace } from '../src/db/officer.ts'
import { createLog } from '../src/log.ts'
import { openHouse } from '../src/open-house.ts'
import { createReceiver, takeTurns } from '../src/turn.ts'
import { withDatabase } from '../test/support/admin.ts'
import { invite } from '../test/support/office.ts'
import { fillDatabase } from './filled.ts'
import { KEY } from './key.ts'
import type { Server } from './round.ts'

const TIMES = 40
const LINES = 500
const TRADES = ['tukang batu', 'mandor', 'tukang kayu', 'pelaksana gedung', 'juru gambar']

/** A line that nobody else has. */
function line(n: number): string {
  const letters = [...String(n).padStart(4, '0')].map(digit => 'abcdefghij'[Number(digit)]).join('')
  const nik = `35750117${String(10 + (n % 18)).padStart(2, '0')}85${String(n).padStart(4, '0')}`
  return `Budi ${letters} - ${nik} - 0836${String(n).padStart(8, '0')} - ${TRADES[n % TRADES.length]}`
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number

/** Milliseconds from the stored message to the committed answers: of a list, and of a nominee with his YA. */
async function measure(server: Server, people: number): Promise<{ readonly list: number; readonly one: number }> {
  const url = withDatabase(server.url, await fillDatabase(server, people))
  const { house, close } = await openHouse(readConfig({ DATABASE_URL: url, SAPA_KEY: KEY }), createLog('silent'))
  const bot = { channel: 'telegram', account: '4242', capabilities: telegram } as const
  const receive = createReceiver(house)
  let order = 0
  async function says(text: string, hears: string): Promise<number> {
    const said = { kind: 'text', text } as const
    // Each a second after the one before: fifty in ten seconds are a flood.
    await sql`update installation set clock_shift = clock_shift + interval '1 second'`.execute(house.db)
    await receive([{ ...bot, address: 'officer', messageId: randomUUIDv7(), order: ++order, said }])
    const before = performance.now()
    const texts: string[] = []
    for (let turns = 1; turns > 0; ) {
      const batch = await takeTurns(house, [bot])
      turns = batch.turns
      texts.push(...batch.replies.map(({ reply }) => reply.text))
    }
    const took = performance.now() - before
    if (!texts.join('\n').includes(hears)) throw new Error(`no "${hears}" in ${texts}`)
    return took
  }
  await keepPlace(house.db, 'telegram', bot.account, 'sapa_bench_bot')
  await says(`PENGURUS ${await invite({ house }, 'gapensi')}`, 'Selamat datang')
  const lists: number[] = []
  const ones: number[] = []
  for (let n = 0; n < 7; n++) {
    lists.push(await says(Array.from({ length: LINES }, (_, i) => line(i)).join('\n'), `${LINES} baris`))
    await says('TIDAK', '')
  }
  for (let n = 0; n < TIMES; n++) {
    ones.push((await says(`1. ${line(1_000 + n)}`, '1 baris')) + (await says('YA', 'Tersimpan')))
    await says('BATALKAN 1', 'Batalkan')
    await says('YA', 'dibatalkan')
  }
  await close()
  return { list: median(lists), one: median(ones) }
}

/** The rows of the benchmark's table. */
export async function measureNominations(server: Server): Promise<string[]> {
  // Once to compile everything.
  await measure(server, 1_000)
  const few = await measure(server, 1_000)
  const some = await measure(server, 100_000)
  const million = await measure(server, 1_000_000)
  return [
    `| ms to judge a list of ${LINES}, at 100,000 registrations | | ${some.list.toFixed(0)} | | < 300 |`,
    `| ms of one nomination, judged and saved, at 1,000 and at 1,000,000 registrations | ${few.one.toFixed(1)} | ${million.one.toFixed(1)} | ${(million.one / few.one).toFixed(2)} | ≤ 1.5 |`,
  ]
}
