// What goes by itself when its time is over, and pictures that are nobody’s any more.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { accept, reject } from '../../src/cli/decide.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { type Desk, openDesk, ordinary, says, stateOf } from './desk.ts'
import { picturesAt } from './pictures.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const { sweepNow, keepFile, sends, register, bytesOf, count } = picturesAt(() => desk)

it('erases a draft after the event’s draft days, and not one that is still written', async () => {
  await says(desk, 'budi', 'daftar', 'setuju', 'Budi Santoso')
  const file = await keepFile('budi')
  await says(desk, 'siti', 'daftar', 'setuju', 'Siti Aminah')
  await says(desk, 'agus', ...ordinary({ name: 'Agus Salim' }))
  await shiftClock(desk.house.db, '29 days')
  await says(desk, 'siti', 'lanjut')
  await shiftClock(desk.house.db, '2 days')
  await sweepNow()
  await sweepNow()
  expect(await count('conversation where state is not null')).toBe(2)
  expect(await bytesOf(file)).toBeNull()
  expect((await says(desk, 'budi', 'status')).join()).toContain('belum terdaftar')
})

it('erases the picture of the KTP when the registration was accepted, and one that was replaced at once', async () => {
  const first = await register()
  await says(desk, 'budi', 'UBAH 10')
  const second = await keepFile('budi')
  await sends('budi', second)
  await says(desk, 'budi', 'YA')
  await sweepNow()
  expect([await bytesOf(first), await bytesOf(second)]).toEqual([null, Buffer.from('a picture')])
  await accept(desk.house, { allOf: 'pasuruan-2025-10' }, 'test')
  await sweepNow()
  expect(await bytesOf(second)).toBeNull()
})

it('erases what people said 30 days after it was answered, not before, and keeps that they said it', async () => {
  await says(desk, 'budi', 'daftar', 'setuju')
  await shiftClock(desk.house.db, '29 days')
  await sweepNow()
  expect(await count('inbox where payload is not null')).toBe(2)
  await shiftClock(desk.house.db, '2 days')
  await sweepNow()
  expect([await count('inbox where payload is not null'), await count('inbox')]).toEqual([0, 2])
})

it('drops codes and asked NIKs when their time is over', async () => {
  await says(desk, 'budi', ...ordinary().slice(0, 5), 'sambungkan')
  await shiftClock(desk.house.db, '25 hours')
  await sweepNow()
  expect([await count('link_code'), await count('nik_lookup')]).toEqual([0, 0])
})

it('erases a picture that nobody asked for, one that was refused, and one that was replaced before it was handed in', async () => {
  await says(desk, 'budi', 'daftar', 'setuju')
  const unasked = await keepFile('budi')
  await sends('budi', unasked)
  const words = ordinary()
  await says(desk, 'budi', ...words.slice(2, words.length - 4))
  const blurred = { ...(await keepFile('budi')), blurred: true }
  await sends('budi', blurred)
  const first = await keepFile('budi')
  await sends('budi', first)
  await says(desk, 'budi', 'UBAH 10')
  const second = await keepFile('budi')
  await sends('budi', second)
  await sweepNow()
  for (const file of [unasked, blurred, first]) expect(await bytesOf(file)).toBeNull()
  expect(await bytesOf(second)).not.toBeNull()
})

it('keeps the picture that the stored record names until the correction is handed in, and drops one that never is', async () => {
  const first = await register()
  await says(desk, 'budi', 'UBAH 10')
  const second = await keepFile('budi')
  await sends('budi', second)
  await sweepNow()
  expect([await bytesOf(first), await bytesOf(second)].map(bytes => bytes !== null)).toEqual([true, true])
  const { number } = await desk.house.db.selectFrom('registration').select('number').executeTakeFirstOrThrow()
  await reject(desk.house, number, 'kuota penuh', 'test')
  await says(desk, 'budi', 'YA')
  await sweepNow()
  expect(await bytesOf(second)).toBeNull()
})

it('asks for pictures again where somebody registers anew, and keeps none of the former', async () => {
  const file = await register()
  await says(desk, 'budi', 'batal', 'ya', 'daftar', 'setuju', ...Array(10).fill('lewati'), 'ya')
  expect((await stateOf(desk, 'budi')).answers.ktp).toBeUndefined()
  await sweepNow()
  // Withdrawn: the picture of the KTP has nothing to be verified for.
  expect(await bytesOf(file)).toBeNull()
})

it('erases who withdrew or was rejected after the draft days, not who still writes or has another registration', async () => {
  const niks = ['3575020304909002', '3575020304909003', '3575020304909004', '3575020304909005']
  const people = ['rejected', 'withdrawn', 'writing', 'waiting'] as const
  for (const [n, who] of people.entries()) await says(desk, who, ...ordinary({ nik: niks[n] as string }))
  const rows = await desk.house.db.selectFrom('registration').select('number').orderBy('number').execute()
  for (const n of [0, 2]) await reject(desk.house, rows[n]?.number ?? '', 'kuota penuh', 'test')
  await says(desk, 'withdrawn', 'batal', 'ya')
  await shiftClock(desk.house.db, '29 days')
  await says(desk, 'writing', 'status')
  await sweepNow()
  expect(await count('registration where erased_at is not null')).toBe(0)
  await shiftClock(desk.house.db, '2 days')
  await sweepNow()
  const left = await desk.house.db.selectFrom('registration').select(['name', 'erased_at']).orderBy('number').execute()
  expect(left.map(({ name, erased_at }) => [name, erased_at !== null])).toEqual([
    ['-', true],
    ['-', true],
    ['Budi Santoso', false],
    ['Budi Santoso', false],
  ])
  expect(await count('conversation where state is not null')).toBe(2)
  expect(await count("audit where action = 'registration.erase'")).toBe(2)
  expect((await says(desk, 'rejected', 'data saya')).join()).not.toContain('Budi')
})
