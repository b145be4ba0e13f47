// Replies leave: in order, one in flight a chat, obeying what the platform says.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { shiftClock } from '../../src/db/installation.ts'
import { createDeliverer, type Deliverer } from '../../src/jobs/deliver.ts'
import { createOutbox, type Outbox } from '../../src/jobs/outbox.ts'
import { createPace } from '../../src/jobs/pace.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { loadSampleEvent } from '../../src/sample-event.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson, addRegistration, addTurn, readLedger, states } from './people.ts'
import { openPlatform, type Platform } from './platform.ts'

const AT = { channel: 'telegram', account: '1' }

let database: TestDatabase
let platform: Platform

beforeAll(async () => {
  database = await freshDatabase()
  platform = await openPlatform()
})

beforeEach(async () => {
  const { db } = database.house
  for (const table of ['ledger', 'pause', 'task'] as const) await db.deleteFrom(table).execute()
  platform.taken.length = 0
  platform.judge = () => 'take'
})

afterAll(async () => {
  await platform.close()
  await database.close()
})

/** One process' sending. Its bells are heard, but no timer runs: time is the database's clock. */
async function withProcess(run: (process: { deliverer: Deliverer; outbox: Outbox }) => Promise<void>): Promise<void> {
  const { house } = database
  const bot = platform.bot()
  const deliverer: Deliverer = createDeliverer(house, [bot], {
    room: () => {},
    due: (at, seconds) => {
      if (seconds === 0) outbox.ring(at)
    },
  })
  const outbox = createOutbox(house, [bot], deliverer, createPace(house, false))
  await run({ deliverer, outbox })
  await outbox.stop()
  await deliverer.stop()
}

test('one chat gets its replies in order, one in flight, while other chats get theirs', async () => {
  const { house } = database
  const people = await Promise.all(Array.from({ length: 20 }, () => addPerson(house)))
  await withProcess(async ({ deliverer }) => {
    for (let round = 0; round < 3; round++) {
      const turns = await Promise.all(people.map(person => addTurn(house, person, [`${round} a`, `${round} b`])))
      await deliverer.deliver(turns.flat())
    }
    await expect.poll(() => states(house)).toEqual(Array(120).fill('accepted'))
  })
  expect(platform.crowd()).toBe(1)
  for (const { address } of people) {
    const texts = platform.taken.filter(one => one.address === address).map(({ text }) => text)
    expect(texts).toEqual(['0 a', '0 b', '1 a', '1 b', '2 a', '2 b'])
  }
})

test('an acceptance keeps the platform’s id', async () => {
  const { house } = database
  await withProcess(async ({ deliverer }) => {
    await deliverer.deliver(await addTurn(house, await addPerson(house), ['halo']))
    await expect.poll(() => states(house)).toEqual(['accepted'])
  })
  expect(await readLedger(house)).toMatchObject([{ message_id: '1', attempts: 1, why: null }])
})

test('a chat that must wait burns no try, and what comes later waits behind it', async () => {
  const { house } = database
  const person = await addPerson(house)
  await withProcess(async ({ deliverer, outbox }) => {
    platform.judge = ({ text }) => (text === 'a' ? { kind: 'wait', seconds: 30, scope: 'chat' } : 'take')
    await deliverer.deliver(await addTurn(house, person, ['a', 'b']))
    await expect.poll(() => states(house)).toEqual(['queued', 'queued'])
    await deliverer.deliver(await addTurn(house, person, ['c']))
    const other = await addPerson(house)
    await deliverer.deliver(await addTurn(house, other, ['other']))
    await expect.poll(() => states(house)).toEqual(['queued', 'queued', 'queued', 'accepted'])
    expect((await readLedger(house)).map(({ attempts }) => attempts)).toEqual([0, 0, 0, 1])
    expect(platform.texts()).toEqual(['other'])

    platform.judge = () => 'take'
    await shiftClock(house.db, '31 seconds')
    outbox.ring(AT)
    await expect.poll(() => states(house)).toEqual(Array(4).fill('accepted'))
    expect(platform.texts()).toEqual(['other', 'a', 'b', 'c'])
  })
})

test('two chats that must wait within a minute make the whole account wait', async () => {
  const { house } = database
  platform.judge = ({ text }) => (text === 'slow' ? { kind: 'wait', seconds: 30, scope: 'chat' } : 'take')
  await withProcess(async ({ deliverer }) => {
    const turns = [
      await addTurn(house, await addPerson(house), ['slow']),
      await addTurn(house, await addPerson(house), ['slow']),
    ]
    await deliverer.deliver(turns.flat())
    await expect.poll(() => states(house)).toEqual(['queued', 'queued'])
    await deliverer.deliver(await addTurn(house, await addPerson(house), ['third']))
    await expect.poll(() => states(house)).toEqual(['queued', 'queued', 'queued'])
  })
  // Another process obeys as well.
  await withProcess(async ({ deliverer, outbox }) => {
    await deliverer.deliver(await addTurn(house, await addPerson(house), ['fourth']))
    outbox.ring(AT)
    await expect.poll(() => states(house)).toEqual(Array(4).fill('queued'))
  })
  expect(platform.texts()).toEqual([])
})

test('what may have arrived is uncertain and never sent again; the next message goes on', async () => {
  const { house } = database
  platform.judge = ({ text }) => (text === 'a' ? 'reset' : 'take')
  await withProcess(async ({ deliverer }) => {
    await deliverer.deliver(await addTurn(house, await addPerson(house), ['a', 'b']))
    await expect.poll(() => states(house)).toEqual(['uncertain', 'accepted'])
    await shiftClock(house.db, '1 hour')
    await sweep(house, AT, () => {})
  })
  expect(await states(house)).toEqual(['uncertain', 'accepted'])
  expect(platform.texts()).toEqual(['a', 'b'])
})

test('a message that the platform will never take fails, with why; the next goes on', async () => {
  const { house } = database
  platform.judge = ({ text }) => (text === 'a' ? { kind: 'rejected', why: 'too long' } : 'take')
  await withProcess(async ({ deliverer }) => {
    await deliverer.deliver(await addTurn(house, await addPerson(house), ['a', 'b']))
    await expect.poll(() => states(house)).toEqual(['failed', 'accepted'])
  })
  expect(await readLedger(house)).toMatchObject([{ why: 'too long' }, {}])
})

const tasks = () =>
  database.house.db.selectFrom('task').select(['kind', 'conversation_id', 'registration_id']).orderBy('kind').execute()

test('an answer that fails is somebody’s task, one a person, with the registration; a chat that is closed is none', async () => {
  const { house } = database
  await loadSampleEvent(house)
  const [person, gone] = [await addPerson(house), await addPerson(house)]
  const { id } = await addRegistration(house, 'pasuruan-2025-10', person)
  platform.judge = ({ text }) =>
    text === 'a' ? { kind: 'blocked', why: '403' } : text === 'd' ? 'take' : { kind: 'rejected', why: 'no' }
  await withProcess(async ({ deliverer }) => {
    await deliverer.deliver([
      ...(await addTurn(house, gone, ['a'])),
      ...(await addTurn(house, person, ['b', 'c', 'd'])),
    ])
    await expect.poll(() => states(house)).toEqual(['failed', 'failed', 'failed', 'accepted'])
  })
  expect(await tasks()).toEqual([{ kind: 'undelivered', conversation_id: person.conversationId, registration_id: id }])
})

test('an answer that meets a restriction is not tried again: it is somebody’s task, and the next one leaves', async () => {
  const { house } = database
  const person = await addPerson(house)
  platform.judge = ({ text }) => (text === 'a' ? { kind: 'restricted', why: 'restricted: 463' } : 'take')
  await withProcess(async ({ deliverer, outbox }) => {
    await deliverer.deliver(await addTurn(house, person, ['a', 'b']))
    await expect.poll(() => states(house)).toEqual(['failed', 'accepted'])
    await shiftClock(house.db, '25 hours')
    outbox.ring(AT)
  })
  expect(await readLedger(house)).toMatchObject([{ why: 'restricted: 463', attempts: 1 }, {}])
  expect(await tasks()).toMatchObject([
    { kind: 'restricted' },
    { kind: 'undelivered', conversation_id: person.conversationId },
  ])
})

test('a chat that is closed to us gets nothing more', async () => {
  const { house } = database
  const person = await addPerson(house)
  platform.judge = () => ({ kind: 'blocked', why: 'bot was blocked by the user' })
  await withProcess(async ({ deliverer }) => {
    await deliverer.deliver(await addTurn(house, person, ['a', 'b']))
    await expect.poll(() => states(house)).toEqual(['failed', 'failed'])
  })
  const chat = await house.db.selectFrom('chat').select('blocked_at').where('id', '=', person.chatId).executeTakeFirst()
  expect(chat?.blocked_at).toBeInstanceOf(Date)
})

test('while the platform is out of reach everything waits, and then leaves in order', async () => {
  const { house } = database
  const person = await addPerson(house)
  await withProcess(async ({ deliverer }) => {
    platform.judge = () => ({ kind: 'unreachable', why: 'ECONNREFUSED' })
    await deliverer.deliver(await addTurn(house, person, ['a', 'b']))
    await expect.poll(() => states(house)).toEqual(['queued', 'queued'])
    platform.judge = () => 'take'
    await shiftClock(house.db, '2 seconds')
  })
  await withProcess(async ({ outbox }) => {
    outbox.ring(AT)
    await expect.poll(() => states(house)).toEqual(['accepted', 'accepted'])
  })
  expect(platform.texts()).toEqual(['a', 'b'])
  expect(await readLedger(house)).toMatchObject([{ attempts: 1 }, { attempts: 1 }])
})

test('a reply waits while another process sends an earlier one to the same chat', async () => {
  const { house } = database
  const person = await addPerson(house)
  const gate = Promise.withResolvers<void>()
  platform.judge = async ({ text }): Promise<'take'> => {
    if (text === 'first') await gate.promise
    return 'take'
  }
  await withProcess(async one => {
    await one.deliverer.deliver(await addTurn(house, person, ['first']))
    await withProcess(async other => {
      await other.deliverer.deliver(await addTurn(house, person, ['second']))
      await expect.poll(() => states(house)).toEqual(['attempted', 'queued'])
      gate.resolve()
      await expect.poll(() => states(house)).toEqual(['accepted', 'queued'])
      other.outbox.ring(AT)
      await expect.poll(() => states(house)).toEqual(['accepted', 'accepted'])
    })
  })
  expect(platform.texts()).toEqual(['first', 'second'])
})

test('a process that is told to stop puts back what it could not send any more', async () => {
  const { house } = database
  const person = await addPerson(house)
  const gate = Promise.withResolvers<void>()
  platform.judge = async (): Promise<'take'> => {
    await gate.promise
    return 'take'
  }
  setTimeout(gate.resolve, 5_500)
  await withProcess(async ({ deliverer }) => {
    await deliverer.deliver(await addTurn(house, person, ['a', 'b']))
  })
  expect(await states(house)).toEqual(['accepted', 'queued'])
  expect(await readLedger(house)).toMatchObject([{ attempts: 1 }, { attempts: 0 }])
})
