import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { leave } from '../support/office.ts'
import { nominate, officerOf, say } from '../support/officers.ts'
import { createWorld, openEvent, type Person, type World } from '../support/world.ts'
import { sapa } from './support.ts'

let world: World
let [gapensi, ataki]: Person[] = []
beforeAll(async () => {
  world = await createWorld('telegram')
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
  gapensi = await officerOf(world, 'gapensi')
  ataki = await officerOf(world, 'ataki')
})

const run = (...args: readonly string[]) => sapa({ ...world, url: world.url ?? '' }, args)
const json = async (...args: readonly string[]) => JSON.parse((await run(...args, '--json')).stdout)
const told = async () => (await leave(world)).map(({ text }) => text).toSorted()
const states = async () =>
  ((await json('nominations')) as { association: string; name: string; state: string }[]).map(
    ({ association, name, state }) => `${association} ${name} ${state}`,
  )
const tasks = async () => ((await json('tasks')) as { kind: string }[]).map(({ kind }) => kind)

const BUDI = 'Budi Santoso - 3575011708859001 - 0836 0000 0017'

test('nominations are listed with state and place in the reserve, phones masked unless asked for', async () => {
  await nominate(gapensi as Person, BUDI, ...'BCDEFGHI'.split('').map(letter => `Orang ${letter}`))
  const listed = await json('nominations')
  expect(listed).toHaveLength(9)
  expect(listed[0]).toEqual({
    association: 'gapensi',
    name: 'Budi Santoso',
    phone: expect.stringMatching(/•.*0017$/),
    state: 'DIUSULKAN',
    reserve: null,
  })
  expect(listed[8]).toMatchObject({ state: 'CADANGAN', reserve: 1 })
  expect((await json('nominations', '--reveal'))[0].phone).toBe('+6283600000017')
})

test('a conflict decided for the newer association: its nominee has a seat, the older one is called off, both are told', async () => {
  await nominate(gapensi as Person, BUDI)
  await nominate(ataki as Person, BUDI, 'Siti Aminah')
  expect(await say(ataki as Person, 'KUOTA')).toBe(
    '7 kursi: 0 terisi, 1 menunggu, 6 kosong. 1 orang sedang diperiksa panitia.',
  )
  expect(await tasks()).toEqual(['conflict'])
  expect(await told()).toEqual(['Usulan Budi Santoso sedang diperiksa panitia. Bapak/Ibu kami kabari hasilnya.'])
  const [conflict] = await json('nominations', 'conflicts')
  expect(conflict).toMatchObject({ name: 'Budi Santoso', association: 'ataki', other: 'gapensi' })
  expect((await run('nominations', 'resolve', conflict.id, '--for', 'aksi')).stderr).toBe(
    'sapa: the person was nominated by ataki and gapensi\n',
  )
  expect((await run('nominations', 'resolve', conflict.id.slice(-8), '--for', 'ataki', '--by', 'Bu Rina')).code).toBe(0)
  expect(await told()).toEqual([
    'Usulan Budi Santoso sudah diperiksa panitia dan tetap berlaku.',
    'Usulan Budi Santoso sudah diperiksa panitia dan tidak dapat diterima.',
  ])
  expect((await states()).toSorted()).toEqual([
    'ataki Budi Santoso DIUSULKAN',
    'ataki Siti Aminah DIUSULKAN',
    'gapensi Budi Santoso BATAL',
  ])
  expect(await tasks()).toEqual([])
  expect(await json('nominations', 'conflicts')).toEqual([])
})

test('a conflict decided for the older association: it goes on as if nothing had been', async () => {
  const [token] = await nominate(gapensi as Person, BUDI)
  await nominate(ataki as Person, BUDI)
  await leave(world)
  const [{ id }] = await json('nominations', 'conflicts')
  expect((await run('nominations', 'resolve', id, '--for', 'gapensi')).code).toBe(0)
  expect(await told()).toHaveLength(2)
  expect((await states()).toSorted()).toEqual(['ataki Budi Santoso BATAL', 'gapensi Budi Santoso DIUSULKAN'])
  expect(await say(world.person('Budi'), `DAFTAR ${token}`)).toContain('B••• S••••••, diusulkan oleh GAPENSI')
})

test('the same name and birth date is the same person, whatever else is known; a conflict without a seat is refused', async () => {
  await nominate(gapensi as Person, 'Budi Santoso - 17-08-1985')
  // Seven seats and fifteen places in the reserve.
  await nominate(
    ataki as Person,
    'Budi Santoso - 17-08-1985',
    ...'ABCDEFGHIJKLMNOPQRSTUV'.split('').map(n => `Orang ${n}`),
  )
  const [{ id }] = await json('nominations', 'conflicts')
  const { code, stderr } = await run('nominations', 'resolve', id, '--for', 'ataki')
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'sapa: the seats and the reserve of ataki are full\n' })
  expect(await json('nominations', 'conflicts')).toHaveLength(1)
})
