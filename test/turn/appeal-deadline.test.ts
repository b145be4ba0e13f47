// The days of an appeal are counted from when its person was told, however slowly the messages leave.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { setTime } from '../support/assessed.ts'
import { decide, leave } from '../support/office.ts'
import { say } from '../support/officers.ts'
import { answerUntil, createWorld, openEvent, type Person, type World } from '../support/world.ts'

let world: World
let budi: Person
beforeAll(async () => {
  world = await createWorld('whatsapp')
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
  budi = world.person('budi', '+6283600000017')
  await answerUntil(budi, 'confirm')
  await decide(world, 'terima semua')
  await setTime(world, '2025-10-20T19:46:00+07:00')
  await decide(world, 'hasil, BK; Perlu latihan')
})

const textsAt = async (at: string) => {
  await setTime(world, at)
  return (await leave(world)).map(({ text }) => text)
}

test('what is published in the evening and told in the morning may be appealed for seven days from then', async () => {
  const [text] = await textsAt('2025-10-21T08:01:00+07:00')
  expect(text).toContain('banding sampai 28 Oktober 2025')
  await setTime(world, '2025-10-28T23:59:00+07:00')
  expect(await say(budi, 'banding')).toContain('FR.AK.04')
})

test('who hears after days has as many days as the others, and sees the same deadline later', async () => {
  const [text] = await textsAt('2025-10-30T09:00:00+07:00')
  expect(text).toContain('banding sampai 6 November 2025')
  await setTime(world, '2025-11-06T20:00:00+07:00')
  expect(await say(budi, 'hasil')).toContain('banding sampai 6 November 2025')
  await setTime(world, '2025-11-07T00:01:00+07:00')
  expect(await say(budi, 'banding')).toContain('batas waktu banding sudah lewat (6 November 2025)')
})

test('of who could be told nowhere the days are counted from when that was tried', async () => {
  await setTime(world, '2025-10-20T19:57:00+07:00')
  await world.house.db.updateTable('ledger').set({ state: 'failed' }).where('purpose', '=', 'hasil').execute()
  await setTime(world, '2025-10-29T08:00:00+07:00')
  expect(await say(budi, 'banding')).toContain('batas waktu banding sudah lewat (27 Oktober 2025)')
})
