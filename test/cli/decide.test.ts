import { afterEach, beforeEach, expect, test } from 'vitest'
import { accept, reject, returnForRepair } from '../../src/cli/decide.ts'
import type { State } from '../../src/flows/types.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addRegistration, importSample, type Registered, sapa, setClock } from './support.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
  await setClock(database.house, '2025-09-20T09:00:00+07:00')
  await importSample(database.house)
})
afterEach(() => database.close())

const db = () => database.house.db
const acceptAll = (...people: readonly Registered[]) =>
  accept(database.house, { numbers: people.map(({ number }) => number) }, 'Bu Rini')
const statusOf = async ({ id }: Registered) =>
  (await db().selectFrom('registration').select('status').where('id', '=', id).executeTakeFirst())?.status
const notices = () => db().selectFrom('ledger').selectAll().orderBy('created_at').execute()

test('who is accepted is told once, and the audit log says who accepted', async () => {
  const person = await addRegistration(database.house, 1)
  expect(await acceptAll(person)).toEqual([person.number])
  expect(await statusOf(person)).toBe('DITERIMA')
  expect(await notices()).toMatchObject([
    {
      purpose: 'diterima',
      recipient: person.id,
      occurrence: 'accepted',
      revision: 0,
      state: 'queued',
      priority: 10,
      registration_id: person.id,
      conversation_id: person.conversation,
      event_id: 'pasuruan-2025-10',
      chat_id: null,
      channel: null,
      account: null,
      expires_at: new Date('2025-10-09T17:00:00Z'),
    },
  ])
  const [entry] = await db().selectFrom('audit').selectAll().where('action', '=', 'registration.accept').execute()
  expect(entry).toMatchObject({ by: 'Bu Rini', subject: person.number })
  expect(database.house.seal.openJson(`audit.detail:${entry?.id}`, entry?.detail as Buffer)).toEqual({
    former: 'MENUNGGU_VERIFIKASI',
    status: 'DITERIMA',
  })
})

test('a second acceptance is refused and tells nobody, whatever happened in between', async () => {
  const person = await addRegistration(database.house, 1)
  await acceptAll(person)
  await expect(acceptAll(person)).rejects.toThrow('nothing was changed: PSR-00001B: already DITERIMA')
  await db().updateTable('registration').set({ status: 'MENUNGGU_VERIFIKASI' }).execute()
  await acceptAll(person)
  expect(await notices()).toHaveLength(1)
})

test('an event file without the rule "diterima" wants no such message', async () => {
  await importSample(database.house, file => {
    file.reminders.plan = file.reminders.plan.filter(({ id }) => id !== 'diterima')
  })
  await acceptAll(await addRegistration(database.house, 1))
  expect(await notices()).toEqual([])
})

test('at night the notice waits for the morning, on Friday for the end of the prayer', async () => {
  await setClock(database.house, '2025-09-20T22:30:00+07:00')
  await acceptAll(await addRegistration(database.house, 1))
  await setClock(database.house, '2025-09-26T11:30:00+07:00')
  await acceptAll(await addRegistration(database.house, 2))
  expect((await notices()).map(({ due_at }) => due_at.toISOString())).toEqual([
    '2025-09-20T23:00:00.000Z',
    '2025-09-26T06:00:00.000Z',
  ])
})

test('beyond a quota nobody is accepted, and each one without a seat is named', async () => {
  const people: Registered[] = []
  for (let n = 1; n <= 10; n++)
    people.push(await addRegistration(database.house, n, { association: n <= 9 ? 'gapensi' : 'aksi' }))
  const full = 'nothing was changed: PSR-00009K: the quota of gapensi, 8, is full'
  await expect(accept(database.house, { allOf: 'pasuruan-2025-10' }, 'x')).rejects.toThrow(full)
  await expect(acceptAll(...people)).rejects.toThrow(full)
  expect(await notices()).toEqual([])
  await acceptAll(...people.filter((_, i) => i !== 8))
  await expect(acceptAll(people[8] as Registered)).rejects.toThrow(full)
})

test('everybody who waits is accepted at once', async () => {
  for (let n = 1; n <= 8; n++) await addRegistration(database.house, n)
  expect(await accept(database.house, { allOf: 'pasuruan-2025-10' }, 'x')).toHaveLength(8)
  expect(await notices()).toHaveLength(8)
  expect(await accept(database.house, { allOf: 'pasuruan-2025-10' }, 'x')).toEqual([])
})

test('whoever accepts at the same time, the quota holds', async () => {
  const people = await Promise.all(Array.from({ length: 16 }, (_, n) => addRegistration(database.house, n + 1)))
  const tries = await Promise.allSettled(people.map(person => acceptAll(person)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
  expect(await notices()).toHaveLength(8)
})

test('who has no association needs a seat of the event, who has a foreign one gets none', async () => {
  await acceptAll(await addRegistration(database.house, 1, { association: null }))
  const foreign = await addRegistration(database.house, 2, { association: 'gakindo' })
  await expect(acceptAll(foreign)).rejects.toThrow('gakindo has no seats in this event')
})

test('what is returned is asked again, and each return is told once', async () => {
  const { id, number, conversation } = await addRegistration(database.house, 1)
  await returnForRepair(database.house, number, 'foto KTP buram', 'Bu Rini')
  const { seal } = database.house
  const row = await db().selectFrom('conversation').selectAll().where('id', '=', conversation).executeTakeFirstOrThrow()
  const state = seal.openJson<State>(`conversation.state:${conversation}`, row.state as Buffer)
  expect(state).toMatchObject({ done: false, returned: { why: 'foto KTP buram' }, question: 'ktp' })
  expect(row.question).toBe('ktp')
  expect(row.waiting_since?.toISOString()).toMatch(/^2025-09-20T02:00/)
  await returnForRepair(database.house, number, 'masih buram', 'Bu Rini')
  expect(await notices()).toMatchObject([
    { purpose: 'perbaikan', recipient: id, occurrence: 'returned', revision: 1, priority: 10 },
    { purpose: 'perbaikan', recipient: id, occurrence: 'returned', revision: 2 },
  ])
  const { status, why } = await db()
    .selectFrom('registration')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(status).toBe('PERLU_PERBAIKAN')
  expect(seal.open(`registration.why:${id}`, why as Buffer).toString()).toBe('masih buram')
})

test('a rejection tells the worker and frees NIK and seat', async () => {
  const person = await addRegistration(database.house, 1)
  await acceptAll(person)
  await reject(database.house, person.number, 'bukan warga Pasuruan', 'Bu Rini')
  expect(await statusOf(person)).toBe('DITOLAK')
  expect((await notices()).map(({ purpose }) => purpose)).toEqual(['diterima', 'ditolak'])
  await addRegistration(database.house, 2, { nik: '3575011708859001' })
  await expect(reject(database.house, person.number, 'lagi', 'x')).rejects.toThrow('already DITOLAK')
  await expect(returnForRepair(database.house, person.number, 'lagi', 'x')).rejects.toThrow('already DITOLAK')
})

test('numbers that are none or that nobody has change nothing', async () => {
  const person = await addRegistration(database.house, 1)
  const accepting = (...numbers: string[]) => accept(database.house, { numbers: [person.number, ...numbers] }, 'x')
  await expect(accepting('PSR-00001C', 'halo')).rejects.toThrow(
    'nothing was changed: PSR-00001C, halo: no registration number',
  )
  await expect(accepting('PSR-00002C')).rejects.toThrow('PSR-00002C: not registered')
  expect(await statusOf(person)).toBe('MENUNGGU_VERIFIKASI')
})

test('the commands say what was done, and refuse in one line', async () => {
  await addRegistration(database.house, 1)
  const run = (...args: string[]) => sapa(database, ['registrations', ...args])
  expect(await run('return', 'psr 00001 b', '--why', 'foto KTP buram')).toEqual({
    code: 0,
    stdout: 'returned: PSR-00001B\n',
    stderr: '',
  })
  expect(JSON.parse((await run('accept', 'PSR-00001B', '--json', '--by', 'Bu Rini')).stdout)).toEqual({
    accepted: ['PSR-00001B'],
  })
  const [again, blank, all] = await Promise.all([
    run('accept', 'PSR-00001B'),
    run('reject', 'PSR-00001B', '--why', ' '),
    run('accept', '--all'),
  ])
  expect(again).toEqual({ code: 1, stdout: '', stderr: 'sapa: nothing was changed: PSR-00001B: already DITERIMA\n' })
  expect(blank?.code).toBe(2)
  expect(all?.stdout).toBe('nobody waits\n')
})
