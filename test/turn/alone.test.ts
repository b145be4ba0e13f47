// A list is a batch of its own: nobody else waits while five hundred lines are judged.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { takeTurns } from '../../src/turn.ts'
import { invite } from '../support/office.ts'
import { type Desk, message, openDesk, SENDER, says, textsTo } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await says(desk, 'officer', `PENGURUS ${await invite(desk, 'gapensi')}`)
})
afterAll(() => desk.close())

let crowds = 0
const crowd = () => {
  const one = ++crowds
  return Array.from({ length: 99 }, (_, n) => message(`person ${one}-${n}`, 'daftar'))
}
const rows = Array.from({ length: 500 }, (_, n) => [`Orang ${'ABCDEFGHIJ'[n % 10]}`, `0836${10_000_000 + n}`])
const list = rows.map((cells, n) => `${n + 1}. ${cells.join(' - ')}`).join('\n')
const batch = () => takeTurns(desk.house, [SENDER])

test.each([
  ['a list', list],
  ['the file of one', rows],
])('99 people are answered before %s of 500 lines that came first, and the list after them', async (_, what) => {
  const said = typeof what === 'string' ? {} : { said: { kind: 'sheet' as const, rows: [['Nama', 'HP'], ...what] } }
  await desk.receive([message('officer', String(what), said), ...crowd()])
  const others = await batch()
  expect(others.turns).toBe(99)
  expect(textsTo(others.replies, 'officer')).toEqual([])
  const alone = await batch()
  expect(alone.turns).toBe(1)
  const told = textsTo(alone.replies, 'officer').join('\n')
  expect(told).toContain('Kami baca 500 baris')
  expect(told).toContain('Baris 481 sampai 500 dari 500:')
  expect((await batch()).turns).toBe(0)
})

test('what is said while such a list waits for its YA is a batch of its own, too', async () => {
  await desk.receive([message('officer', 'YA'), ...crowd()])
  expect((await batch()).turns).toBe(99)
  expect(textsTo((await batch()).replies, 'officer')).toHaveLength(1)
})

test('a list that has waited for three seconds goes first, so that a crowd can’t keep it waiting', async () => {
  await desk.receive([message('officer', list), ...crowd()])
  await shiftClock(desk.house.db, '4 seconds')
  const first = await batch()
  expect(first.turns).toBe(1)
  expect(textsTo(first.replies, 'officer').join('\n')).toContain('Kami baca 500 baris')
  expect((await batch()).turns).toBe(99)
})

test('a short list is taken with everybody else', async () => {
  await says(desk, 'officer', 'TIDAK')
  await desk.receive([message('officer', '1. Budi Santoso\n2. Siti Aminah'), ...crowd()])
  expect((await batch()).turns).toBe(100)
})
