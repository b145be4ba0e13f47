// Chats that have not written to the number: nothing is sent there first, unless that is switched on, and then to few.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { setStartsCold } from '../../src/db/cold.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { noteLinked, readNumber } from '../../src/db/whatsapp-number.ts'
import { createDeliverer } from '../../src/jobs/deliver.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import { createPace } from '../../src/jobs/pace.ts'
import { restrict } from '../../src/jobs/restrict.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { setClock } from '../cli/support.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { emptyHouse } from '../support/empty.ts'
import { openEvent } from '../support/world.ts'
import { addPerson, type Person, queueDecision } from './people.ts'
import { openPlatform, type Platform } from './platform.ts'

const EVENT = 'pasuruan-2025-10'
const AT = { channel: 'whatsapp', account: 'main' } as const
const WHY = 'has not written to this number yet'

let data: TestDatabase
let platform: Platform
let outbox: ReturnType<typeof createOutbox>
let deliverer: ReturnType<typeof createDeliverer>
let people: Person[]

beforeAll(async () => {
  data = await freshDatabase()
  platform = await openPlatform()
  const bot = platform.bot(AT.channel, AT.account)
  deliverer = createDeliverer(data.house, [bot], { room: () => {}, due: () => {} })
  outbox = createOutbox(data.house, [bot], deliverer, createPace(data.house, false))
})
/** Twelve people wrote to a number that was replaced since, and are to be told of a decision. */
beforeEach(async () => {
  const { house } = data
  await emptyHouse(house)
  await house.db.deleteFrom('whatsapp_number').execute()
  await setClock(house, '2025-09-20T10:00:00+07:00')
  await openEvent(house)
  platform.taken.length = 0
  await house.db.transaction().execute(trx => noteLinked(trx, AT.account, '+6281100000001'))
  people = await Promise.all(Array.from({ length: 12 }, () => addPerson(house, AT)))
  await house.db.transaction().execute(trx => noteLinked(trx, AT.account, '+6281100000002'))
  await queueDecision(house, EVENT, people)
})
afterAll(async () => {
  await outbox?.stop()
  await deliverer?.stop()
  await platform?.close()
  await data?.close()
})

const run = () => sweep(data.house, AT, (what, at) => what === 'notices' && outbox.ring(at))
/** Sweeps until nothing more leaves; to how many people something left. */
async function started(): Promise<number> {
  for (let i = 0; i < 3; i++) await run()
  await expect
    .poll(() =>
      data.house.db.selectFrom('ledger').select('id').where('state', 'in', ['claimed', 'attempted']).execute(),
    )
    .toEqual([])
  return new Set(platform.taken.map(({ address }) => address)).size
}
const waiting = async () =>
  (await data.house.db.selectFrom('ledger').select('why').where('state', '=', 'queued').execute()).map(({ why }) => why)
const switchTo = (on: boolean) => setStartsCold(data.house.db, AT.account, on)
const writes = ({ chatId }: Person) =>
  data.house.db.updateTable('chat').set({ cold: false }).where('id', '=', chatId).execute()

test('nothing is sent first as long as nobody has switched it on, and each row says why', async () => {
  expect(await started()).toBe(0)
  expect(await waiting()).toEqual(Array(12).fill(WHY))
})

test('switched on, ten chats are started in 24 hours, whoever answers, and the others the day after', async () => {
  await switchTo(true)
  expect(await started()).toBe(10)
  expect(await waiting()).toEqual(Array(2).fill(WHY))
  const first = people.find(({ address }) => platform.taken.some(taken => taken.address === address)) as Person
  await writes(first)
  await shiftClock(data.house.db, '23 hours')
  expect(await started()).toBe(10)
  await shiftClock(data.house.db, '61 minutes')
  expect(await started()).toBe(12)
})

test('to switch it off and on makes no room for more, and a chat that was started hears more that day', async () => {
  await switchTo(true)
  expect(await started()).toBe(10)
  await switchTo(false)
  await queueDecision(data.house, EVENT, people, 'second')
  expect(await started()).toBe(10)
  expect(platform.taken).toHaveLength(10)
  await switchTo(true)
  expect(await started()).toBe(10)
  expect(platform.taken).toHaveLength(20)
})

test.each([
  ['a restriction', () => restrict(data.house, AT, 'restricted: 463')],
  ['another number', () => data.house.db.transaction().execute(trx => noteLinked(trx, AT.account, '+6281100000003'))],
])('%s switches it off', async (_, happens) => {
  await switchTo(true)
  await happens()
  expect((await readNumber(data.house.db, AT.account))?.starts_cold).toBe(false)
  expect(await started()).toBe(0)
})
