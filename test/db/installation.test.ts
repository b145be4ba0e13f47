import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkInstallation, installationId, shiftClock } from '../../src/db/installation.ts'
import { migrate } from '../../src/db/migrate.ts'
import { createSeal } from '../../src/seal.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const now = async () => {
  const { rows } = await sql<{
    ahead: number
  }>`select extract(epoch from app_now() - clock_timestamp())::float8 as ahead`.execute(database.house.db)
  return Math.round(rows[0]?.ahead ?? Number.NaN)
}

test('the clock of our own database is moved on, each time further', async () => {
  await shiftClock(database.house.db, '24 hours')
  await shiftClock(database.house.db, '30 minutes')
  expect(await now()).toBe(24 * 3600 + 1800)
})

test('another key is refused in one clear sentence, the right one is not', async () => {
  const { db, seal } = database.house
  await checkInstallation(db, seal, false)
  await expect(checkInstallation(db, createSeal(Buffer.alloc(32, 8)), false)).rejects.toThrow(
    "doesn't open this database",
  )
})

test('an installation has an id of its own, the same each time, and another one than its copy', async () => {
  const copy = await freshDatabase()
  const id = await installationId(database.house.db)
  expect(id).toMatch(/^[0-9a-f]{16}$/)
  expect(await installationId(database.house.db)).toBe(id)
  expect(await installationId(copy.house.db)).not.toBe(id)
  await copy.close()
})

test('the clock of a database that others made is never shifted', async () => {
  const { db } = database.house
  await db.updateTable('installation').set({ own: false }).execute()
  await expect(shiftClock(db, '1 hour')).rejects.toThrow('not shifted')
})

test('migrating again changes nothing, a database from the future is refused', async () => {
  const { db } = database.house
  await migrate(db)
  await sql`insert into kysely_migration (name, timestamp) values ('9999_future', 'later')`.execute(db)
  await expect(migrate(db)).rejects.toThrow('newer than this program (it has 9999_future)')
})
