// The audit log's chain: whatever is done to a row behind the program's back shows.
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { audit } from '../../src/db/audit.ts'
import { verifyChain } from '../../src/db/audit-chain.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
  for (let n = 1; n <= 5; n++) await write(n)
})
afterEach(() => database.close())

const db = () => database.house.db
const write = (n: number) =>
  audit(db(), database.house.seal, [{ by: 'Bu Rina', action: 'test', subject: `thing ${n}`, detail: { n } }])
const verify = (head?: string) => verifyChain(db(), database.house.seal, head)
const faults = async () => (await verify()).faults
/** What somebody does who has the database and not the program. */
const tamper = (statement: string) => sql.raw(statement).execute(db())

test('an untouched log stands, whoever writes at once', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, n) => write(10 + n)))
  expect(await verify()).toMatchObject({ entries: 25, faults: [], erased: 0, known: true })
})

test('an edited entry is found: its words, its time, its detail', async () => {
  await tamper(`update audit set by = 'Pak Lain' where seq = 2`)
  expect(await faults()).toEqual([{ seq: 2, why: 'it was changed, or stood elsewhere' }])
  await tamper(`update audit set by = 'Bu Rina', at = at + interval '1 hour' where seq = 2`)
  expect(await faults()).toHaveLength(1)
  await tamper(`update audit set at = at - interval '1 hour', detail = detail || '\\x00' where seq = 2`)
  expect(await faults()).toEqual([{ seq: 2, why: 'its detail was changed' }])
})

test('a deleted entry is found by the one behind it', async () => {
  await tamper('delete from audit where seq = 3')
  expect(await faults()).toEqual([{ seq: 4, why: 'the entry before it is gone' }])
  await tamper('delete from audit where seq = 1')
  expect(await faults()).toContainEqual({ seq: 2, why: 'the entry before it is gone' })
})

test('deleted with the numbers closed up behind it, it is found all the same', async () => {
  await tamper('delete from audit where seq = 3')
  await tamper('update audit set seq = seq - 1 where seq > 3')
  expect(await faults()).toContainEqual({ seq: 3, why: 'it was changed, or stood elsewhere' })
})

test('reordered entries are found', async () => {
  await tamper('update audit set seq = 99 where seq = 2')
  await tamper('update audit set seq = 2 where seq = 3')
  await tamper('update audit set seq = 3 where seq = 99')
  expect((await faults()).map(({ seq }) => seq)).toEqual([2, 3, 4])
})

test('a log that was cut off at the end is found, with or without its head put back', async () => {
  const { head } = await verify()
  await tamper('delete from audit where seq > 3')
  expect(await faults()).toEqual([{ seq: 5, why: 'the last 2 are gone: cut off after 3' }])
  await tamper('update audit_head set (seq, hash) = (select seq, hash from audit where seq = 3)')
  expect(await verify(head)).toMatchObject({ faults: [], known: false })
})

test('an entry that was slipped in past the chain is found', async () => {
  await tamper('alter table audit disable trigger audit_joins')
  await write(6)
  expect(await faults()).toEqual([{ seq: null, why: 'was written past the chain' }])
})

test('a detail may go where the log says that it was erased, and nowhere else', async () => {
  await tamper('update audit set detail = null where seq = 4')
  expect(await faults()).toEqual([{ seq: 4, why: 'its detail is gone, and nobody had it erased' }])
  await audit(db(), database.house.seal, [{ by: 'the sweep', action: 'registration.erase', subject: 'thing 4' }])
  expect(await verify()).toMatchObject({ faults: [], erased: 1 })
})
