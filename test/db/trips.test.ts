// Statements of one trip leave together, and are one transaction all the same.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTrips } from '../../src/db/trips.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
  await sql`create table said (id int primary key, word text)`.execute(database.house.db)
})
beforeEach(() => sql`truncate said`.execute(database.house.db))
afterAll(() => database.close())

type Db = typeof database.house.db

const say = (db: Db, id: number, word: string) => sql`insert into said values (${id}, ${word})`.execute(db)
const heard = async (db: Db) => (await sql<{ word: string }>`select word from said order by id`.execute(db)).rows
const words = async () => (await heard(database.house.db)).map(({ word }) => word)

test('what is executed together is done in that order, and each sees what went before', async () => {
  const seen = await inTrips(database.house.db, async ({ trx, begin, commit }) => {
    const [, , first] = await Promise.all([begin(), say(trx, 1, 'satu'), heard(trx)])
    const [, , second] = await Promise.all([say(trx, 2, 'dua'), commit(), heard(trx)])
    return [first.length, second.length]
  })
  expect(seen).toEqual([1, 2])
  expect(await words()).toEqual(['satu', 'dua'])
})

test('what fails rolls back all of it, is told as itself, and leaves the connection fit', async () => {
  const twice = inTrips(database.house.db, async ({ trx, begin, commit }) => {
    await Promise.all([begin(), say(trx, 1, 'satu')])
    await Promise.all([say(trx, 1, 'lagi'), say(trx, 2, 'dua'), commit()])
  })
  await expect(twice).rejects.toMatchObject({ code: '23505' })
  expect(await words()).toEqual([])
  await Promise.all(Array.from({ length: 20 }, (_, i) => say(database.house.db, i, 'lagi')))
  expect(await words()).toHaveLength(20)
})

test('the commit of what has failed fails', async () => {
  const twice = inTrips(database.house.db, async ({ trx, begin, commit }) => {
    await Promise.all([begin(), say(trx, 1, 'satu'), say(trx, 1, 'lagi')]).catch(() => {})
    await commit()
  })
  await expect(twice).rejects.toThrow('the transaction was rolled back')
  expect(await words()).toEqual([])
})

test('what is not committed is rolled back, whether its work ends or throws', async () => {
  await inTrips(database.house.db, async ({ trx, begin }) => {
    await Promise.all([begin(), say(trx, 1, 'satu')])
  })
  const thrown = inTrips(database.house.db, async ({ trx, begin }) => {
    await Promise.all([begin(), say(trx, 1, 'satu')])
    throw new Error('batal')
  })
  await expect(thrown).rejects.toThrow('batal')
  expect(await words()).toEqual([])
})

test('a connection that is lost on the way is told, and replaced', async () => {
  const lost = inTrips(database.house.db, async ({ trx, begin, commit }) => {
    await Promise.all([begin(), say(trx, 1, 'satu')])
    await Promise.all([sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx), commit()])
  })
  await expect(lost).rejects.toThrow()
  await say(database.house.db, 2, 'dua')
  expect(await words()).toEqual(['dua'])
})
