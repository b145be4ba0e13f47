// Files on their way: fetched, judged, stored; then their message has its turn.
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { FileRefused, type Incoming } from '../../src/bots/port.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { createStore } from '../../src/files/store.ts'
import { createFetcher, type Fetcher } from '../../src/jobs/fetch-files.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { createReceiver } from '../../src/turn.ts'
import { card } from '../files/samples.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { openPlatform, type Platform } from './platform.ts'

const AT = { channel: 'telegram', account: '1' } as const

let database: TestDatabase
let platform: Platform
let fetcher: Fetcher
let rung = 0

beforeAll(async () => {
  database = await freshDatabase()
  platform = await openPlatform()
  fetcher = createFetcher(database.house, [platform.bot()], () => rung++)
})

beforeEach(async () => {
  for (const table of ['file_fetch', 'file', 'inbox'] as const) await database.house.db.deleteFrom(table).execute()
  rung = 0
})

afterAll(async () => {
  await fetcher.stop()
  await platform.close()
  await database.close()
})

/** A message with a file arrives. */
async function send(ref: string): Promise<void> {
  await createReceiver(database.house)([
    {
      ...AT,
      address: 'budi',
      messageId: randomUUIDv7(),
      order: 1,
      said: { kind: 'remote_file', file: { ref, caption: 'KTP' } },
    },
  ])
}

/** What the message says now, and whether its turn can come. */
async function readMessage(): Promise<{ said: Incoming['said']; ready: boolean }> {
  const { rows } = await sql<{ id: string; payload: Buffer; ready: boolean }>`
    select id, payload, ready_at <= app_now() as ready from inbox`.execute(database.house.db)
  const { id, payload, ready } = rows[0] as { id: string; payload: Buffer; ready: boolean }
  const { said } = database.house.seal.openJson<Incoming>(`inbox.payload:${id}`, payload)
  return { said, ready }
}

test('a picture is stored and its message made ready', async () => {
  platform.files.set('ktp', await card())
  await send('ktp')
  fetcher.ring(AT)
  await expect.poll(() => rung).toBe(1)
  const { said, ready } = await readMessage()
  expect(said).toMatchObject({ kind: 'file', file: { type: 'image/jpeg', blurred: false }, caption: 'KTP' })
  expect(ready).toBe(true)
  const id = said.kind === 'file' ? said.file.id : ''
  expect((await createStore(database.house).get(id))?.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
  expect(await database.house.db.selectFrom('file_fetch').selectAll().execute()).toEqual([])
})

test('what is no picture is said to be none', async () => {
  platform.files.set('virus', Buffer.from('<svg onload="alert(1)"/>'))
  platform.files.set('film', new FileRefused('too_big'))
  await send('virus')
  fetcher.ring(AT)
  await expect.poll(() => rung).toBe(1)
  expect((await readMessage()).said).toEqual({ kind: 'lost_file', problem: 'wrong_type' })
})

test('a file the platform does not give yet is asked for again, and given up in time for its turn', async () => {
  const { db } = database.house
  await send('later')
  fetcher.ring(AT)
  await expect.poll(() => db.selectFrom('file_fetch').select('tries').execute()).toEqual([{ tries: 1 }])
  expect((await readMessage()).ready).toBe(false)
  await shiftClock(db, '50 seconds')
  await expect
    .poll(() => {
      fetcher.ring(AT)
      return rung
    })
    .toBe(1)
  expect(await readMessage()).toEqual({ said: { kind: 'lost_file', problem: 'unreachable' }, ready: true })
})

test('a fetch whose process was killed is taken up by another', async () => {
  const { db } = database.house
  platform.files.set('ktp', await card())
  await send('ktp')
  await sql`update file_fetch set lease_until = app_now() + interval '15 seconds', tries = 1`.execute(db)
  fetcher.ring(AT)
  await shiftClock(db, '16 seconds')
  await expect
    .poll(() => {
      fetcher.ring(AT)
      return rung
    })
    .toBe(1)
  expect((await readMessage()).said.kind).toBe('file')
})

test("a file bears its message's id, so that a repeat after a kill stores it in the same place", async () => {
  platform.files.set('ktp', await card())
  await send('ktp')
  const { id } = await database.house.db.selectFrom('inbox').select('id').executeTakeFirstOrThrow()
  // What a process left that was killed before it could say that it had stored it.
  await createStore(database.house).put(id, Buffer.from('half a picture'))
  fetcher.ring(AT)
  await expect.poll(() => rung).toBe(1)
  expect((await readMessage()).said).toMatchObject({ kind: 'file', file: { id } })
  expect((await createStore(database.house).get(id))?.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
})

test('what was stored for a message that had its turn without it is erased', async () => {
  const { house } = database
  await send('never')
  const { id } = await house.db.selectFrom('inbox').select('id').executeTakeFirstOrThrow()
  await createStore(house).put(id, Buffer.from('a picture'))
  await house.db.updateTable('inbox').set({ handled_at: new Date() }).execute()
  await sweep(house, { channel: 'telegram', account: '2' }, () => {})
  expect(await createStore(house).get(id)).toBeNull()
})
