import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addTasks } from '../../src/db/task.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addRegistration, importSample, sapa } from './support.ts'

let database: TestDatabase
const id = randomUUIDv7()
beforeAll(async () => {
  database = await freshDatabase()
  const { house } = database
  await importSample(house)
  const { id: registration, conversation } = await addRegistration(house, 1)
  const detail = { channel: 'telegram', name: 'Budi', number: null, question: 'nik', said: '357501170885900\u001b[2J' }
  const task = {
    kind: 'stuck',
    event_id: 'pasuruan-2025-10',
    conversation_id: conversation,
    registration_id: registration,
  }
  await addTasks(house.db, [{ ...task, id, matter: 'x', detail: house.seal.sealJson(`task.detail:${id}`, detail) }])
})
afterAll(() => database.close())

test('tasks are listed for people and for programs', async () => {
  const { stdout } = await sapa(database, ['tasks'])
  expect(stdout).toContain(`${id.slice(-8)}  `)
  expect(stdout).toContain('channel: telegram, name: Budi, question: nik, said: 3575•••••••5900[2J\n')
  const [task] = JSON.parse((await sapa(database, ['tasks', '--json'])).stdout)
  expect(task).toMatchObject({
    id,
    kind: 'stuck',
    event: 'pasuruan-2025-10',
    number: 'PSR-00001B',
    detail: { question: 'nik' },
  })
})

test('a task is closed once, by the end of its id, with a reason', async () => {
  expect((await sapa(database, ['tasks', 'close', id.slice(-8)])).code).toBe(2)
  const closed = await sapa(database, ['tasks', 'close', id.slice(-8), '--why', 'ditelepon', '--by', 'Rini'])
  expect(closed).toEqual({ code: 0, stdout: `closed: ${id}\n`, stderr: '' })
  expect((await sapa(database, ['tasks', 'close', id, '--why', 'lagi'])).stderr).toBe(
    `sapa: no open task has the id "${id}"\n`,
  )
  expect((await sapa(database, ['tasks'])).stdout).toBe('nothing waits for a decision\n')
  const { db, seal } = database.house
  const row = await db.selectFrom('task').selectAll().executeTakeFirstOrThrow()
  expect(row.closed_by).toBe('Rini')
  expect(seal.open(`task.why:${id}`, row.why as Buffer).toString()).toBe('ditelepon')
  expect(await db.selectFrom('audit').select('subject').where('action', '=', 'task.close').execute()).toEqual([
    { subject: id },
  ])
})
