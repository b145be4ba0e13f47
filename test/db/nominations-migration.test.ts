// Who was accepted before there were seats has one when the program is brought up to date.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accept } from '../../src/cli/decide.ts'
import { migrate } from '../../src/db/migrate.ts'
import { addRegistration, importSample, setClock } from '../cli/support.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
  await setClock(database.house, '2025-09-20T09:00:00+07:00')
  await importSample(database.house)
})
afterAll(() => database.close())

test('a database with accepted people gets its seats, each one theirs: of the own association, or any', async () => {
  const { house } = database
  const { db } = house
  const people = [
    await addRegistration(house, 1),
    await addRegistration(house, 2, { association: 'ataki' }),
    await addRegistration(house, 3, { association: null }),
  ]
  await addRegistration(house, 4)
  // As the database was before this migration.
  await sql`drop table seat, nomination, account_name, wrong_code, officer, invitation cascade`.execute(db)
  await sql`alter table event drop constraint event_capacity`.execute(db)
  await sql`alter table ledger drop column nomination_id`.execute(db)
  await sql`delete from kysely_migration where name = '0011_nominations'`.execute(db)
  await sql`
    update registration set status = 'DITERIMA' where number = any(${people.map(({ number }) => number)})`.execute(db)

  await migrate(db)

  const { rows: held } = await sql<{ number: string; of: string | null; from: string | null }>`
    select number, seat.association as of, holder_from as from
    from seat join nomination on nomination.id = holder join registration on registration.id = registration_id
    order by number`.execute(db)
  expect(held.map(({ number }) => number)).toEqual(people.map(({ number }) => number))
  expect(held.map(({ from }) => from)).toEqual(['gapensi', 'ataki', null])
  expect(held.slice(0, 2).map(({ of }) => of)).toEqual(['gapensi', 'ataki'])
  const { rows: seats } = await sql<{ association: string; seats: number }>`
    select association, count(*)::int as seats from seat group by association order by association`.execute(db)
  expect(seats.reduce((sum, { seats }) => sum + seats, 0)).toBe(75)
  expect(seats.find(({ association }) => association === 'gapensi')?.seats).toBe(8)
  // The seven other seats of GAPENSI are free.
  const more = await Promise.all([5, 6, 7, 8, 9, 10].map(n => addRegistration(house, n)))
  const waiting = { numbers: more.map(({ number }) => number) }
  expect(await accept(house, waiting, 'Bu Rina')).toHaveLength(6)
})
