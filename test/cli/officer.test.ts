import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { keepPlace } from '../../src/db/officer.ts'
import { leave } from '../support/office.ts'
import { say } from '../support/officers.ts'
import { createWorld, openEvent, type World } from '../support/world.ts'
import { sapa } from './support.ts'

const EVENT = 'pasuruan-2025-10'
let world: World
beforeAll(async () => {
  world = await createWorld('telegram')
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
})

const run = (...args: readonly string[]) => sapa({ ...world, url: world.url ?? '' }, args)
const json = async (...args: readonly string[]) => JSON.parse((await run(...args, '--json')).stdout)
const invite = (association: string) =>
  json('officer', 'invite', '--event', EVENT, '--association', association, '--name', 'Bu Sri')

test('an invitation is a code of 80 bits with a link for each app on which we are found', async () => {
  await keepPlace(world.house.db, 'telegram', '4242', 'sapa_test_bot')
  await world.house.db
    .insertInto('whatsapp_number')
    .values({ account: 'main', number: '6283600000001', standing: 'open' })
    .execute()
  const { code, telegram, whatsapp } = await invite('gapensi')
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/)
  expect(telegram).toBe(`https://t.me/sapa_test_bot?start=${code}`)
  expect(whatsapp).toBe(`https://wa.me/6283600000001?text=PENGURUS%20${code}`)
  // Nowhere as it is.
  const kept = await world.house.db.selectFrom('invitation').selectAll().execute()
  expect(JSON.stringify(kept)).not.toContain(code)
  expect(kept[0]?.code_key.toString('latin1')).not.toContain(code)
})

test('an invitation binds one chat; a forwarded, an expired and a guessed one are refused in the same words, and counted', async () => {
  const { code } = await invite('gapensi')
  const { code: late } = await invite('ataki')
  const refused = 'Kode itu tidak berlaku. Minta kode baru kepada panitia.'
  expect(await say(world.person('Sri'), `/start ${code}`)).toContain('anggota GAPENSI')
  const other = world.person('Tono')
  expect(await say(other, `PENGURUS ${code}`)).toContain(refused)
  await shiftClock(world.house.db, '8 days')
  expect(await say(other, `PENGURUS ${late}`)).toContain(refused)
  expect(await say(other, 'PENGURUS 0123-4567-89AB-CDEF')).toContain(refused)
  const counted = await world.house.db.selectFrom('wrong_code').select('kind').execute()
  expect(counted.map(({ kind }) => kind)).toEqual(['invitation', 'invitation', 'invitation'])
})

test('five wrong invitations in an hour: then a right one is refused too, until the hour is over', async () => {
  const { code } = await invite('gapensi')
  const guesser = world.person('Tono')
  for (const n of [1, 2, 3, 4, 5]) await say(guesser, `PENGURUS 0123-4567-89AB-CDE${n}`)
  expect(await say(guesser, `PENGURUS ${code}`)).toContain('tidak berlaku')
  await world.pass(1)
  expect(await say(guesser, `PENGURUS ${code}`)).toContain('Selamat datang')
})

test('an association without seats has no officers', async () => {
  const { code, stderr } = await run('officer', 'invite', '--event', EVENT, '--association', 'none')
  expect({ code, stderr }).toEqual({ code: 1, stderr: `sapa: none has no seats in ${EVENT}\n` })
})

test('officers are listed and removed; whoever is removed is told, sees nothing any more, and may be invited again', async () => {
  const officer = world.person('Sri')
  await say(officer, `PENGURUS ${(await invite('gapensi')).code}`)
  const [{ id, ...listed }, ...others] = await json('officer', 'list')
  expect({ listed, others }).toMatchObject({
    listed: { association: 'gapensi', channel: 'simulator', name: 'Bu Sri' },
    others: [],
  })
  expect((await run('officer', 'remove', 'ffffffff')).code).toBe(1)
  expect((await run('officer', 'remove', id.slice(-8), '--by', 'Bu Rina')).code).toBe(0)
  expect((await leave(world)).map(({ text }) => text)).toEqual([
    expect.stringContaining('tidak lagi tercatat sebagai pengurus GAPENSI'),
  ])
  expect(await say(officer, 'KUOTA')).not.toContain('kursi')
  expect(await json('officer', 'list')).toEqual([])
  expect(await say(officer, `PENGURUS ${(await invite('gapensi')).code}`)).toContain('Selamat datang')
  expect(await say(officer, 'KUOTA')).toContain('8 kursi')
  const audit = await world.house.db.selectFrom('audit').select(['by', 'action']).orderBy('at').execute()
  expect(audit.filter(({ action }) => action.startsWith('officer')).map(({ by, action }) => `${by} ${action}`)).toEqual(
    expect.arrayContaining(['Bu Rina officer.remove', 'chat officer.bind']),
  )
})
