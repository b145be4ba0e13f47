// What the sweep does about nominations: the day's digest, offers that ran out, and forgetting who never came.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { listNominations } from '../../src/db/nomination.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { setClock } from '../cli/support.ts'
import { decideInOffice, leave } from '../support/office.ts'
import { nominate, officerOf, say } from '../support/officers.ts'
import { answerUntil, createWorld, openEvent, type Person, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld('telegram')
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house)
})

const swept = () => sweep(world.house, { channel: 'telegram', account: '1' }, () => {})

/** What leaves when the sweep has looked at this instant. */
async function sweptAt(instant: string): Promise<readonly string[]> {
  await setClock(world.house, instant)
  await swept()
  return (await leave(world)).map(({ text }) => text)
}

const orang = (many: number) => Array.from({ length: many }, (_, n) => `Orang ${'ABCDEFGHIJKLMNOP'[n]}`)

test('at four in the afternoon each officer hears once what is missing, and nobody before or in the evening', async () => {
  await nominate(await officerOf(world, 'gapensi'), 'Budi Santoso', 'Siti Aminah')
  expect(await sweptAt('2025-09-20T15:59:00+07:00')).toEqual([])
  expect(await sweptAt('2025-09-20T16:00:10+07:00')).toEqual([
    'Usulan GAPENSI hari ini: 8 kursi: 0 terisi, 2 menunggu, 6 kosong.\nBelum membuka tautan: Budi Santoso, Siti Aminah.',
  ])
  expect(await sweptAt('2025-09-20T16:30:00+07:00')).toEqual([])
  expect(await sweptAt('2025-09-21T19:30:00+07:00')).toEqual([])
  expect(await sweptAt('2025-09-22T16:00:10+07:00')).toHaveLength(1)
})

test('an association whose seats are all taken by people who have registered gets no digest, one that has not begun does', async () => {
  await world.begin('2025-09-20T09:00:00+07:00')
  await openEvent(world.house, file => ({ ...file, quotas: { ataki: 1, gapensi: 8 } }))
  await officerOf(world, 'ataki')
  await officerOf(world, 'gapensi')
  await answerUntil(world.person('Budi'), 'confirm', { association: 'ataki' })
  await decideInOffice(world, 'terima semua')
  expect(await sweptAt('2025-09-20T16:00:10+07:00')).toEqual([
    'Usulan GAPENSI hari ini: 8 kursi: 0 terisi, 0 menunggu, 8 kosong.',
  ])
})

test('an offer that nobody took in time is the next one’s, within one sweep, and told to the officer who passes it on', async () => {
  const officer = await officerOf(world, 'ataki')
  await nominate(officer, ...orang(9))
  await say(officer, 'BATALKAN 1')
  await say(officer, 'YA')
  const [first] = (await leave(world)).map(({ text }) => text)
  expect(first).toContain('Orang H')
  expect(first).toMatch(/DAFTAR [0-9A-Z]{10}/)
  const [second, ...others] = await sweptAt('2025-09-21T09:01:00+07:00')
  expect(second).toContain('Orang I')
  expect(others).toEqual([])
  expect(await say(officer, 'STATUS')).toContain('Orang H: tidak mengambil kursi yang ditawarkan')
  // Never again to whoever let it go, though a seat is free once more.
  await say(officer, 'BATALKAN 1')
  await say(officer, 'YA')
  expect(await leave(world)).toEqual([])
})

test('an offer made at night is told in the morning, and its day begins then', async () => {
  const officer = await officerOf(world, 'ataki')
  await nominate(officer, ...orang(8))
  await setClock(world.house, '2025-09-22T22:00:00+07:00')
  await say(officer, 'BATALKAN 1')
  await say(officer, 'YA')
  expect(await leave(world)).toEqual([])
  await setClock(world.house, '2025-09-23T06:00:30+07:00')
  expect((await leave(world)).map(({ text }) => text)).toEqual([
    expect.stringContaining('Rabu, 24 September 2025, 06.00 WIB'),
  ])
})

test('when the event has begun no seat is offered any more', async () => {
  const officer = await officerOf(world, 'ataki')
  await nominate(officer, ...orang(8))
  await setClock(world.house, '2025-10-08T10:00:00+07:00')
  await say(officer, 'BATALKAN 1')
  await say(officer, 'YA')
  expect(await leave(world)).toEqual([])
  const offered = await world.house.db
    .selectFrom('seat')
    .select('place')
    .where('offered_until', 'is not', null)
    .execute()
  expect(offered).toEqual([])
})

test('what an association gave of people who never came is forgotten when its time is over', async () => {
  const [token] = await nominate(await officerOf(world, 'gapensi'), 'Budi Santoso - 3575011708859001 - 0836 0000 0017')
  await sweptAt('2025-10-14T23:00:00+07:00')
  const held = () =>
    world.house.db.selectFrom('nomination').select(['name', 'line', 'nik_key', 'person_key', 'claim_key']).execute()
  expect(await held()).toMatchObject([{ name: 'Budi Santoso', line: expect.any(Buffer) }])
  await sweptAt('2025-10-15T00:00:30+07:00')
  expect(await held()).toEqual([{ name: '-', line: null, nik_key: null, person_key: null, claim_key: null }])
  expect(await say(world.person('Budi'), `DAFTAR ${token}`)).toContain('tidak bisa dipakai')
})

test('so are the lists that officers sent and the links they were told, a list that was never saved among them', async () => {
  const { db } = world.house
  const officer = await officerOf(world, 'gapensi')
  await nominate(officer, 'Budi Santoso - 3575011708859001 - 0836 0000 0017')
  await say(officer, '1. Siti Aminah - 3575015708909002\n2. Tono Wijaya')
  const other = await officerOf(world, 'ataki')
  await say(other, '1. Rudi Hartono - 3575010101809003\n2. Agus Salim')
  const kept = async () => ({
    payloads: (await db.selectFrom('inbox').select('id').where('payload', 'is not', null).execute()).length,
    contents: (await db.selectFrom('ledger').select('id').where('content', 'is not', null).execute()).length,
    states: (await db.selectFrom('conversation').select('id').where('state', 'is not', null).execute()).length,
  })
  await sweptAt('2025-10-14T23:00:00+07:00')
  expect((await kept()).states).toBe(2)
  await sweptAt('2025-10-15T00:00:30+07:00')
  expect(await kept()).toEqual({ payloads: 0, contents: 0, states: 0 })
  expect(await say(officer, 'YA')).not.toContain('Siti')
  expect(await listNominations(db, 'pasuruan-2025-10')).toEqual([])
})

test('while nominations are closed a free seat alone is no reason for a digest', async () => {
  await officerOf(world, 'gapensi')
  expect(await sweptAt('2025-09-30T16:00:10+07:00')).toHaveLength(1)
  expect(await sweptAt('2025-10-02T16:00:10+07:00')).toEqual([])
})

test('after the final list GANTI is a task that says who is to go and who to come', async () => {
  const officer = await officerOf(world, 'gapensi')
  await nominate(officer, 'Budi Santoso')
  await setClock(world.house, '2025-10-06T13:00:00+07:00')
  await say(officer, 'GANTI 1 -> Siti Aminah 083600000018')
  expect(await say(officer, 'YA')).toContain('kami teruskan kepada panitia')
  const [task] = await world.house.db.selectFrom('task').select(['id', 'kind', 'detail']).execute()
  expect(task?.kind).toBe('replace_late')
  expect(world.house.seal.openJson(`task.detail:${task?.id}`, task?.detail as Buffer)).toEqual({
    association: 'gapensi',
    name: 'Budi Santoso',
    by: 'Siti Aminah 083600000018',
  })
  expect(await say(officer, 'STATUS')).toContain('1. Budi Santoso: belum membuka tautan')
})

test('wrong codes are forgotten after a day', async () => {
  await say(world.person('Tono'), 'DAFTAR 0123456ABC')
  const counted = () => world.house.db.selectFrom('wrong_code').select('id').execute()
  expect(await counted()).toHaveLength(1)
  await shiftClock(world.house.db, '25 hours')
  await swept()
  expect(await counted()).toEqual([])
})

test('HAPUS DATA of a nominee forgets what the association had given, and frees the seat for the next', async () => {
  const officer = await officerOf(world, 'ataki')
  const tokens = await nominate(officer, 'Budi Santoso - 0836 0000 0017', ...orang(7))
  const budi: Person = world.person('Budi')
  await say(budi, `DAFTAR ${tokens[0]}`)
  await say(budi, 'setuju')
  await say(budi, 'HAPUS DATA')
  expect(await say(budi, 'YA')).toContain('sudah kami hapus')
  const [erased] = await world.house.db
    .selectFrom('nomination')
    .select(['name', 'line', 'claim_key', 'state', 'conversation_id'])
    .where('state', '=', 'BATAL')
    .execute()
  expect(erased).toEqual({ name: '-', line: null, claim_key: null, state: 'BATAL', conversation_id: null })
  expect((await leave(world)).map(({ text }) => text)).toEqual([expect.stringContaining('Orang G')])
  expect(await say(officer, 'DAFTAR USULAN')).not.toContain('Budi')
})
