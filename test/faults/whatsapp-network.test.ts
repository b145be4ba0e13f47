// What a network, a server and a second process do to a number in service: nothing lost, nothing doubled.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Stolen } from '../../src/bots/whatsapp/store.ts'
import { maskPhone } from '../../src/domain/phone.ts'
import { createWhatsAppStore, SOCKET_LEASE } from '../../src/jobs/whatsapp-store.ts'
import { loadSampleEvent } from '../../src/sample-event.ts'
import { sayWhatsApp } from '../../src/whatsapp.ts'
import { sapa } from '../cli/support.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { askLink, type Desk, linkNumber, openDesk } from '../support/whatsapp-desk.ts'
import type { Person } from '../support/whatsapp-server/people.ts'
import { startWhatsAppServer, type WhatsAppServer } from '../support/whatsapp-server/server.ts'

let data: TestDatabase
let server: WhatsAppServer
let desk: Desk
let people = 0
const newPerson = () => server.person(`62814${String(++people).padStart(8, '0')}`)

beforeAll(async () => {
  data = await freshDatabase()
  await loadSampleEvent(data.house)
  server = await startWhatsAppServer()
  desk = openDesk(data.house, data.url, server.url)
  await linkNumber(data.house, server)
})
afterEach(() => {
  server.world.options.duplicates = false
  server.world.options.deaf = false
})
afterAll(async () => {
  await desk?.stop()
  await server?.close()
  await data?.close()
})

/** The bot's messages that a phone showed. */
const texts = (person: Person): readonly string[] => person.sees().map(({ text }) => text)
const online = () => server.until(() => 'the number online', server.isOnline, 20_000)
const unsent = async (): Promise<number> => {
  const rows = await data.house.db
    .selectFrom('ledger')
    .select('id')
    .where('state', 'in', ['queued', 'attempted'])
    .execute()
  return rows.length
}
const tasks = async (kind: string): Promise<number> => {
  const rows = await data.house.db
    .selectFrom('task')
    .select('id')
    .where('kind', '=', kind)
    .where('closed_at', 'is', null)
    .execute()
  return rows.length
}

describe('the network', () => {
  it('drops the socket in the middle of 200 conversations: each is answered once', async () => {
    const crowd = Array.from({ length: 200 }, newPerson)
    const sending = Promise.all(crowd.map(person => person.says('P')))
    await server.until(
      () => 'some answers',
      () => crowd.filter(person => person.sees().length > 0).length > 40,
      60_000,
    )
    server.drop()
    await sending
    await online()
    await Promise.all(crowd.map(person => person.hears(/setuju/i, 60_000)))
    await Promise.all(crowd.map(person => person.says('setuju')))
    await Promise.all(crowd.map(person => person.hears(/nama lengkap/i, 60_000)))
    expect(crowd.filter(person => person.sees().length !== 2)).toEqual([])
  }, 180_000)

  it('drops the socket while the client asks how to reach a person: the answer leaves on the next one', async () => {
    const person = newPerson()
    server.world.options.deaf = true
    await person.says('P')
    await server.until(
      () => 'the question',
      () => server.world.options.log.some(said => JSON.stringify(said).includes(`${person.account.lid}@lid`)),
    )
    server.drop()
    server.world.options.deaf = false
    await person.hears(/setuju/i, 20_000)
    expect(texts(person)).toHaveLength(1)
  })

  it('is told nothing of a message before that is kept', async () => {
    const person = newPerson()
    const locked = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const locking = data.house.db.transaction().execute(async trx => {
      await sql`lock table whatsapp_journal in share row exclusive mode`.execute(trx)
      locked.resolve()
      await release.promise
    })
    await locked.promise
    const id = await person.says('P')
    const waiting = sql<{ n: number }>`
      select count(*)::int as n from pg_locks where not granted and relation = 'whatsapp_journal'::regclass`
    await expect.poll(async () => (await waiting.execute(data.house.db)).rows[0]?.n).toBeGreaterThan(0)
    const told = () => server.world.options.log.filter(({ attrs }) => attrs.id === id)
    expect(told()).toEqual([])
    release.resolve()
    await locking
    await person.hears(/setuju/i, 20_000)
    expect(told()).not.toEqual([])
  })

  it('delivers everything twice: each message is answered once', async () => {
    server.world.options.duplicates = true
    const crowd = Array.from({ length: 5 }, newPerson)
    for (const [said, heard] of [
      ['P', /setuju/i],
      ['setuju', /nama lengkap/i],
      ['Budi Santoso', /berapa NIK/i],
    ] as const) {
      await Promise.all(crowd.map(person => person.says(said)))
      await Promise.all(crowd.map(person => person.hears(heard)))
    }
    for (const person of crowd) expect(texts(person)).toHaveLength(3)
  })

  it('ends the stream with 503: the number comes back', async () => {
    server.streamError(503)
    const person = newPerson()
    await server.until(
      () => 'the close',
      () => !server.isOnline(),
    )
    await person.says('P')
    await person.hears(/setuju/i, 20_000)
  })
})

describe('the server', () => {
  it('says 429: the account rests, and the answer leaves after that', async () => {
    const person = newPerson()
    server.fails({ error: '429' }, { to: person.pn })
    await person.says('P')
    await expect
      .poll(() => data.house.db.selectFrom('pause').select('why').where('chat_id', 'is', null).execute())
      .toMatchObject([{ why: 'wait 60 s' }])
    await data.house.db.deleteFrom('pause').execute()
    await data.house.db.updateTable('ledger').set({ due_at: sql`app_now()` }).where('state', '=', 'queued').execute()
    await desk.stop()
    desk = openDesk(data.house, data.url, server.url)
    await online()
    await person.hears(/setuju/i, 20_000)
  }, 60_000)

  it('says 463 to an answer: it is not tried again, somebody is told of the person, and the next one leaves', async () => {
    const person = newPerson()
    server.fails({ error: '463' }, { to: person.pn })
    await person.says('P')
    await expect.poll(() => tasks('undelivered')).toBe(1)
    expect(await tasks('restricted')).toBe(1)
    await person.says('setuju')
    await person.hears(/nama lengkap/i)
    expect(texts(person)).toHaveLength(1)
    await data.house.db.deleteFrom('pause').execute()
    await data.house.db.updateTable('task').set({ closed_at: sql`app_now()` }).execute()
  })

  it('takes a message and cuts the line before it says so: the repeat is the same message', async () => {
    const person = newPerson()
    person.account.mute = true
    server.fails('drop after', { to: person.pn })
    await person.says('P')
    await server.until(
      () => 'the repeat',
      () => [...person.account.arrivals.values()].includes(2),
      20_000,
    )
    expect(texts(person)).toHaveLength(1)
  }, 30_000)

  it('sends a storm of messages that nobody can open: memory stays flat, others are answered', async () => {
    const pest = newPerson()
    await pest.says('P')
    await pest.hears(/setuju/i)
    const before = heap()
    const from = `${pest.account.lid}@lid`
    for (let i = 0; i < 1_000; i++)
      server.tell({
        tag: 'message',
        attrs: { from, id: `BAD${i}`, t: String(Math.floor(Date.now() / 1000)), type: 'text' },
        content: [{ tag: 'enc', attrs: { v: '2', type: 'msg' }, content: Buffer.alloc(200, i) }],
      })
    const person = newPerson()
    await person.says('P')
    await person.hears(/setuju/i, 60_000)
    expect(heap() - before).toBeLessThan(60 * 1024 * 1024)
  }, 90_000)
})

/** Bytes in use, what is garbage not counted where that can be told. */
function heap(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

describe('another process', () => {
  it('steals the lease while a send is in flight: the first can’t write, the second sends it once more', async () => {
    const person = newPerson()
    person.account.mute = true
    server.fails('silence', { to: person.pn })
    await person.says('P')
    await person.hears(/setuju/i)
    const { db } = data.house
    const { fence } = await db
      .selectFrom('lease')
      .select('fence')
      .where('name', '=', SOCKET_LEASE)
      .executeTakeFirstOrThrow()
    const first = createWhatsAppStore(data.house, Number(fence))
    await sql`update lease set holder = ${randomUUID()}, fence = fence + 1, until = app_now() + interval '1 second'
      where name = ${SOCKET_LEASE}`.execute(db)
    const creds = await first.readCreds()
    await expect(
      first.save({ creds: { stolen: true }, keys: [{ type: 'session', id: 'x', value: 1 }] }),
    ).rejects.toThrow(Stolen)
    expect(await first.readCreds()).toEqual(creds)
    const second = openDesk(data.house, data.url, server.url)
    await server.until(
      () => 'the first to let go',
      () => !server.isOnline(),
      20_000,
    )
    await online()
    await server.until(
      () => 'the repeat',
      () => [...person.account.arrivals.values()].includes(2),
      60_000,
    )
    expect(texts(person)).toHaveLength(1)
    await second.stop()
    await online()
  }, 120_000)
})

describe('the owner', () => {
  it('opens the number elsewhere: this program stays away until it is started anew', async () => {
    server.streamError(440)
    await expect.poll(() => sayWhatsApp(data.house)).toBe('replaced')
    await expect.poll(server.isOnline).toBe(false)
    await expect.poll(() => tasks('whatsapp')).toBe(1)
    await desk.stop()
    desk = openDesk(data.house, data.url, server.url)
    await online()
  }, 30_000)

  it('removes the device on his phone: keys wiped, a task, and what waits is kept for the next linking', async () => {
    const person = newPerson()
    await person.says('P')
    await person.hears(/setuju/i)
    await expect.poll(unsent).toBe(0)
    // It is on its way: the server has it and says nothing.
    person.account.mute = true
    server.fails('silence', { to: person.pn })
    await person.says('setuju')
    const { id } = await person.hears(/nama lengkap/i)
    expect(await unsent()).toBe(1)
    await data.house.db.updateTable('task').set({ closed_at: sql`app_now()` }).execute()
    server.logOut()
    await expect.poll(() => sayWhatsApp(data.house), { timeout: 20_000 }).toBe('logged out')
    expect(await data.house.db.selectFrom('whatsapp_key').select('type').execute()).toEqual([])
    await expect.poll(() => tasks('whatsapp')).toBe(1)
    expect(await unsent()).toBe(1)
    await linkNumber(data.house, server)
    await expect.poll(() => sayWhatsApp(data.house)).toBe('ok')
    await server.until(
      () => 'the repeat',
      () => person.account.arrivals.get(id) === 2,
      60_000,
    )
    expect(texts(person)).toHaveLength(2)
    await person.says('Budi Santoso')
    await person.hears(/berapa NIK/i, 20_000)
  }, 90_000)

  it('links a new number after a ban: a conversation goes on there once its person has written', async () => {
    const [old, other] = [newPerson(), newPerson()]
    for (const person of [old, other]) {
      await person.says('P')
      await person.hears(/setuju/i)
    }
    server.failure(403)
    await expect.poll(() => sayWhatsApp(data.house), { timeout: 20_000 }).toBe('banned')
    server.changeNumber('6281100000002')
    await linkNumber(data.house, server)
    await expect.poll(() => sayWhatsApp(data.house)).toBe('ok')
    await old.says('setuju')
    await old.hears(/nama lengkap/i, 20_000)
    const { not_written_yet, pass_on } = JSON.parse((await sapa(data, ['whatsapp', 'status', '--json'])).stdout)
    const masked = ({ phone }: Person) => ({ number: null, name: null, phone: maskPhone(phone) })
    expect(not_written_yet).toContainEqual(masked(other))
    expect(not_written_yet).not.toContainEqual(masked(old))
    expect(pass_on).toContain('https://wa.me/6281100000002?text=')
    expect(texts(other)).toHaveLength(1)
    await other.says('LANJUT')
    await other.hears(/setuju/i, 20_000)
  }, 90_000)
})

it('a second request for linking ends the first', async () => {
  await askLink(data.house)
  await askLink(data.house)
  const open = await data.house.db.selectFrom('whatsapp_link').select('id').where('ended_at', 'is', null).execute()
  expect(open).toHaveLength(1)
})
