// What a sweep does for messages whose process died.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { recoverDead } from '../../src/db/ledger-recover.ts'
import { settleRows } from '../../src/db/ledger-settle.ts'
import { createDeliverer } from '../../src/jobs/deliver.ts'
import { createOutbox, type Outbox } from '../../src/jobs/outbox.ts'
import { createPace } from '../../src/jobs/pace.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { accepted } from '../support/world.ts'
import { addPerson, addTurn, readLedger, states } from './people.ts'
import { openPlatform, type Platform } from './platform.ts'

const AT = { channel: 'telegram', account: '1' }

let database: TestDatabase
let platform: Platform
let outbox: Outbox
let stop: () => Promise<void>
let held: () => readonly string[]

beforeAll(async () => {
  database = await freshDatabase()
  platform = await openPlatform()
  const { house } = database
  const bot = platform.bot()
  const deliverer = createDeliverer(house, [bot], { room: () => {}, due: () => {} })
  outbox = createOutbox(house, [bot], deliverer, createPace(house, false))
  held = deliverer.held.ids
  stop = async () => {
    await outbox.stop()
    await deliverer.stop()
  }
})

beforeEach(async () => {
  await database.house.db.deleteFrom('ledger').execute()
  platform.taken.length = 0
})

afterAll(async () => {
  await stop()
  await platform.close()
  await database.close()
})

/** The sweep of a living process, some time later. */
async function sweepAfter(interval: string): Promise<void> {
  await shiftClock(database.house.db, interval)
  await sweep(database.house, AT, (what, at) => what === 'notices' && outbox.ring(at))
}

test('a reply whose process died is sent once more after its lease, in order', async () => {
  const { house } = database
  await addTurn(house, await addPerson(house), ['a', 'b'])
  await sweepAfter('14 seconds')
  expect(await states(house)).toEqual(['attempted', 'attempted'])
  await sweepAfter('2 seconds')
  await expect.poll(() => states(house)).toEqual(['accepted', 'accepted'])
  expect(platform.texts()).toEqual(['a', 'b'])
  expect(await readLedger(house)).toMatchObject([{ attempts: 2 }, { attempts: 2 }])
})

test('not if the chat has had a newer turn', async () => {
  const { house } = database
  const person = await addPerson(house)
  await addTurn(house, person, ['old'])
  await shiftClock(house.db, '1 second')
  await addTurn(house, person, ['new'])
  await sweepAfter('16 seconds')
  await expect.poll(() => states(house)).toEqual(['superseded', 'accepted'])
  expect(platform.texts()).toEqual(['new'])
})

test('a secret is not repeated: the person is told to ask for it again', async () => {
  const { house } = database
  await addTurn(house, await addPerson(house), [{ text: 'kode 123', secret: true }])
  await sweepAfter('16 seconds')
  await expect.poll(() => states(house)).toEqual(['uncertain', 'accepted'])
  expect(platform.texts()).toEqual([expect.stringContaining('Silakan minta sekali lagi')])
})

test('a reply whose process died a second time is uncertain: the person is told once how to see it', async () => {
  const { house } = database
  await addTurn(house, await addPerson(house), ['a', 'b'])
  await sql`update ledger set attempts = 2`.execute(house.db)
  await sweepAfter('16 seconds')
  await expect.poll(() => states(house)).toEqual(['uncertain', 'uncertain', 'accepted'])
  expect(platform.texts()).toEqual([expect.stringContaining('Ketik LANJUT')])
})

test('on a linked WhatsApp number it goes out again, since the phone shows all copies as one', async () => {
  const { house } = database
  await addTurn(house, await addPerson(house), ['a'])
  await sql`update ledger set attempts = 2, channel = 'whatsapp'`.execute(house.db)
  await shiftClock(house.db, '16 seconds')
  expect(await recoverDead(house.db, { channel: 'whatsapp', account: '1' })).toMatchObject([{ state: 'queued' }])
  await sql`update ledger set attempts = 10, state = 'attempted', lease_until = app_now()`.execute(house.db)
  expect(await recoverDead(house.db, { channel: 'whatsapp', account: '1' })).toMatchObject([{ state: 'uncertain' }])
})

test('what was claimed and not tried goes back to the queue', async () => {
  const { house } = database
  await addTurn(house, await addPerson(house), ['a'])
  await sql`update ledger set state = 'claimed', attempts = 0`.execute(house.db)
  await sweepAfter('16 seconds')
  await expect.poll(() => states(house)).toEqual(['accepted'])
  expect(await readLedger(house)).toMatchObject([{ attempts: 1 }])
})

test('what was taken ahead is let go where a lot can not be marked: its leases end', async () => {
  const { house } = database
  for (let n = 0; n < 120; n++) await addTurn(house, await addPerson(house), ['besok sore'])
  await sql`update ledger set purpose = 'h_1', priority = 20, state = 'queued', attempts = 0`.execute(house.db)
  await sql`alter table ledger add constraint refused check (state <> 'attempted')`.execute(house.db)
  outbox.ring(AT)
  await expect.poll(() => states(house).then(all => new Set(all))).toEqual(new Set(['claimed']))
  await expect.poll(held).toEqual([])
  await sql`alter table ledger drop constraint refused`.execute(house.db)
  await sweepAfter('16 seconds')
  await expect.poll(() => states(house).then(all => new Set(all))).toEqual(new Set(['accepted']))
})

test('an uncertain notice is sent once more after a minute, and no third time', async () => {
  const { house } = database
  await addTurn(house, await addPerson(house), ['besok pagi'])
  await sql`update ledger set purpose = 'h_1', priority = 20`.execute(house.db)
  await sweepAfter('16 seconds')
  expect(await states(house)).toEqual(['uncertain'])
  await sweepAfter('55 seconds')
  expect(await states(house)).toEqual(['uncertain'])
  platform.judge = () => 'reset'
  await sweepAfter('6 seconds')
  await expect.poll(() => readLedger(house)).toMatchObject([{ state: 'uncertain', attempts: 2 }])
  await sweepAfter('1 hour')
  expect(await states(house)).toEqual(['uncertain'])
  platform.judge = () => 'take'
  expect(platform.texts()).toEqual(['besok pagi'])
})

test('an acceptance that its process writes late counts: there is no second copy', async () => {
  const { house } = database
  const [message] = await addTurn(house, await addPerson(house), ['besok siang'])
  await sql`update ledger set purpose = 'h_1', priority = 20`.execute(house.db)
  await sweepAfter('16 seconds')
  expect(await states(house)).toEqual(['uncertain'])
  await settleRows(house.db, [accepted(message?.id as string)])
  expect(await states(house)).toEqual(['accepted'])
  await sweepAfter('61 seconds')
  expect(platform.taken).toEqual([])
})

test('texts are erased after thirty days, their rows stay', async () => {
  const { house } = database
  await addTurn(house, await addPerson(house), ['lama'])
  await sweepAfter('16 seconds')
  await expect.poll(() => states(house)).toEqual(['accepted'])
  await sweepAfter('31 days')
  const rows = await house.db.selectFrom('ledger').select(['state', 'content']).execute()
  expect(rows).toEqual([{ state: 'accepted', content: null }])
})
