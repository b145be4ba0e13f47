// The two days with 75 people on a test clock: every message of every person, as the timeline file says.
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ORDINARY } from './support/ordinary.ts'
import { readActs } from './timeline/acts.ts'
import { openTimelineHouse, type TimelineHouse } from './timeline/house.ts'
import { type Person, playTimeline } from './timeline/play.ts'

const FILE = 'test/timeline/pasuruan.txt'
const PEOPLE = Array.from({ length: 75 }, (_, n) => n + 1)
const FIRST = ['Budi', 'Slamet', 'Agus', 'Joko', 'Hadi', 'Wahyu', 'Eko', 'Bambang']
const LAST = ['Santoso', 'Riyadi', 'Prasetyo', 'Susilo', 'Hartono', 'Widodo', 'Nugroho', 'Saputra', 'Utomo', 'Basuki']
const nameOf = (n: number) => `${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / FIRST.length)]}`

let house: TimelineHouse
let people: readonly Person[]
beforeAll(async () => {
  house = await openTimelineHouse(PEOPLE.length, '2025-09-29T09:00:00+07:00')
  const answers = (n: number): Record<string, string> => {
    return { ...ORDINARY, name: nameOf(n), nik: `35750117088510${10 + n}`, phone: `0836000010${10 + n}` }
  }
  await house.say(PEOPLE, () => 'daftar')
  for (const question of Object.keys(ORDINARY)) await house.say(PEOPLE, n => answers(n)[question] as string)
  const rows = await house.house.db.selectFrom('registration').select(['name', 'number']).execute()
  const numbers = new Map(rows.map(({ name, number }) => [name, number]))
  people = PEOPLE.map(n => ({ name: nameOf(n), number: numbers.get(nameOf(n)) as string }))
})
afterAll(() => house.close())

it('everybody hears what he must, when he must, once', async () => {
  expect(people.filter(({ number }) => number === undefined)).toEqual([])
  const written = await readFile(FILE, 'utf8')
  const head = written.slice(0, written.indexOf('\n\n'))
  const began = performance.now()
  const played = `${head}\n\n${(await playTimeline(house, readActs(written), people, '2025-10-10 12:00')).trimEnd()}\n`
  const seconds = (performance.now() - began) / 1000
  console.log(`two days with ${PEOPLE.length} people in ${seconds.toFixed(1)} s`)
  if (process.env.TIMELINE === 'write') await writeFile(FILE, played)
  else expect(played).toBe(written)
  expect(played).not.toContain('DUA KALI')
  // A machine that runs other tests beside it is slower.
  expect(seconds).toBeLessThan(process.env.CI ? 20 : 10)
})
