// Floods over a test's Telegram: one chat that writes without end, and many new chats at once.
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import type { Person } from '../support/telegram-people.ts'
import { openBench } from './bench.ts'
import { FLOOD_SECONDS } from './measure.ts'

const NEW_CHATS = 200
/** Messages a second: a thousand in ten seconds. */
const RATE = 100

let bench: Awaited<ReturnType<typeof openBench>>
afterEach(() => bench.close())

const spokenBy = (person: Person): string[] => person.sees().flatMap(({ byBot, text }) => (byBot ? [text] : []))

/** From a line written to its answer shown, in milliseconds. */
async function turnOf(person: Person): Promise<number> {
  const before = spokenBy(person).length
  const started = performance.now()
  person.says('jadwal')
  while (spokenBy(person).length === before) await pause(2)
  return performance.now() - started
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

async function turnsFor(ms: number, people: readonly Person[]): Promise<number[]> {
  const end = performance.now() + ms
  const turns: number[] = []
  for (let i = 0; performance.now() < end; i++) {
    turns.push(await turnOf(people[i % people.length] as Person))
    await pause(50)
  }
  return turns
}

it('a chat that floods gets one warning a minute, and hardly slows the others', { timeout: 120_000 }, async () => {
  bench = await openBench()
  await bench.start().ready
  const others = [2, 3, 4, 5].map(n => bench.telegram.person(n))
  // The first turns of a fresh server compile what they run.
  await turnsFor(1_500, others)
  const alone = median(await turnsFor(FLOOD_SECONDS * 500, others))

  const flooder = bench.telegram.person(1)
  const flooding = (async () => {
    for (let sent = 0; sent < FLOOD_SECONDS * RATE; sent++) {
      flooder.says(`halo ${sent}`)
      await pause(1_000 / RATE)
    }
  })()
  const beside = median(await turnsFor(FLOOD_SECONDS * 1_000, others))
  await flooding
  await expect
    .poll(async () => bench.data.house.db.selectFrom('inbox').select('id').where('handled_at', 'is', null).execute())
    .toEqual([])
  console.log(`others' median turn: ${alone.toFixed(1)} ms alone, ${beside.toFixed(1)} ms beside the flood`)
  expect(beside).toBeLessThan(5 * alone)
  expect(spokenBy(flooder).filter(text => /banyak sekali/.test(text))).toHaveLength(1)
})

it('two hundred new chats at once are all answered', { timeout: 120_000 }, async () => {
  bench = await openBench()
  await bench.start().ready
  const people = Array.from({ length: NEW_CHATS }, (_, i) => bench.telegram.person(1_000 + i))
  const started = performance.now()
  for (const person of people) person.says('P')
  await expect.poll(() => people.filter(person => spokenBy(person).length === 0).length, { timeout: 60_000 }).toBe(0)
  console.log(`${NEW_CHATS} new chats answered in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  for (const person of people) expect(spokenBy(person)).toHaveLength(1)
})
