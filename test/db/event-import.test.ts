import { afterEach, beforeEach, expect, test } from 'vitest'
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { accept } from '../../src/cli/decide.ts'
import { importEvent } from '../../src/db/event-import.ts'
import type { EventFile } from '../../src/domain/event-file.ts'
import { addRegistration } from '../cli/support.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.close())

const bringIn = (change: (file: typeof sample) => void = () => {}) => {
  const file = structuredClone(sample)
  change(file)
  return importEvent(database.house.db, database.house.seal, file as EventFile, 'Rini')
}

test('columns, quotas and an audit entry come with the file; a new version replaces them', async () => {
  expect(await bringIn()).toEqual({ ok: true, version: 1 })
  const { db } = database.house
  expect(await db.selectFrom('event').select(['open_at', 'starts_at', 'ends_at', 'capacity']).execute()).toEqual([
    {
      open_at: new Date('2025-09-15T01:00:00Z'),
      starts_at: new Date('2025-10-07T17:00:00Z'),
      ends_at: new Date('2025-10-09T17:00:00Z'),
      capacity: 75,
    },
  ])
  const version = await bringIn(file => {
    file.event.capacity = 80
    file.quotas.gapensi = 3
    Reflect.deleteProperty(file.quotas, 'ataki')
  })
  expect(version).toEqual({ ok: true, version: 2 })
  const quotas = await db.selectFrom('event_association').selectAll().execute()
  expect(quotas).toHaveLength(9)
  expect(quotas).toContainEqual({ event_id: 'pasuruan-2025-10', association: 'gapensi', quota: 3 })
  const log = await db.selectFrom('audit').select(['by', 'action', 'subject']).execute()
  expect(log).toEqual(Array(2).fill({ by: 'Rini', action: 'event.import', subject: 'pasuruan-2025-10' }))
})

test('two imports at once make two versions', async () => {
  await bringIn()
  const versions = await Promise.all([bringIn(), bringIn()])
  expect(versions.map(one => one.ok && one.version).sort()).toEqual([2, 3])
})

test('a number prefix belongs to one event', async () => {
  await bringIn()
  const lain = await bringIn(file => {
    file.event.id = 'lain'
  })
  expect(lain).toEqual({ ok: false, why: expect.stringContaining('"PSR" belongs to the event pasuruan-2025-10') })
})

test('an import takes no seat from people who were accepted', async () => {
  await bringIn()
  const { number } = await addRegistration(database.house, 1)
  await accept(database.house, { numbers: [number] }, 'Rini')
  const smaller = await bringIn(file => {
    file.quotas.gapensi = 0
  })
  expect(smaller).toEqual({ ok: false, why: 'quotas.gapensi: already accepted from there: 1, more than 0' })
})
