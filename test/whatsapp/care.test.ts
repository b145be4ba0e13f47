// Respect for the network: typing and reading marks, the pace of notices and their daily cap, and what a restriction stops.
// The program itself with SAPA_PACE=on, as a process of its own.
import { fileURLToPath } from 'node:url'
import { type BinaryNode, proto, type WAMessage } from '@whiskeysockets/baileys'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { ACCOUNT } from '../../src/bots/whatsapp/account.ts'
import { createReceiver } from '../../src/bots/whatsapp/receive.ts'
import { GAPS } from '../../src/jobs/pace.ts'
import { createWhatsAppStore } from '../../src/jobs/whatsapp-store.ts'
import { loadSampleEvent } from '../../src/sample-event.ts'
import { sapa } from '../cli/support.ts'
import { queueDecision } from '../jobs/people.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { TEST_KEY } from '../support/key.ts'
import { type Program, startServer } from '../support/program.ts'
import { linkNumber } from '../support/whatsapp-desk.ts'
import type { Person } from '../support/whatsapp-server/people.ts'
import { startWhatsAppServer, type WhatsAppServer } from '../support/whatsapp-server/server.ts'

const PER_DAY = 3
const DECISION = /PSR-\d{5}/

let data: TestDatabase
let server: WhatsAppServer
let program: Program
let people = 0

const start = () =>
  startServer(data.house.dataDir, {
    DATABASE_URL: data.url,
    SAPA_KEY: Buffer.from(TEST_KEY).toString('base64'),
    WHATSAPP: 'baileys',
    WHATSAPP_WS_URL: server.url,
    WHATSAPP_NOTICES_PER_DAY: String(PER_DAY),
    NODE_OPTIONS: `--import=${fileURLToPath(new URL('../support/whatsapp-server/trust.ts', import.meta.url))}`,
  })

beforeAll(async () => {
  data = await freshDatabase()
  await loadSampleEvent(data.house)
  server = await startWhatsAppServer()
  program = start()
  await program.ready
  await linkNumber(data.house, server)
}, 90_000)
beforeEach(async () => {
  await data.house.db.deleteFrom('ledger').where('purpose', '<>', 'reply').execute()
  await data.house.db.deleteFrom('pause').execute()
})
afterAll(async () => {
  program?.kill('SIGTERM')
  await program?.ended
  await server?.close()
  await data?.close()
})

/** Somebody who wrote, and was answered. */
async function newPerson(): Promise<Person> {
  const person = server.person(`62817${String(++people).padStart(8, '0')}`)
  await person.says('P')
  await person.hears(/setuju/i)
  return person
}
const newPeople = (count: number) => Promise.all(Array.from({ length: count }, newPerson))

/** Lets these people be told that they are accepted. */
async function decideOn(all: readonly Person[]): Promise<void> {
  const { db, seal } = data.house
  const { id } = await db.selectFrom('event').select('id').executeTakeFirstOrThrow()
  const chats = await Promise.all(
    all.map(({ account: { lid } }) =>
      db
        .selectFrom('chat')
        .select(['id', 'conversation_id'])
        .where('address_key', '=', seal.lookup('address', `whatsapp ${ACCOUNT} ${lid}@lid`))
        .executeTakeFirstOrThrow(),
    ),
  )
  const at = { channel: 'whatsapp', account: ACCOUNT, address: '' } as const
  await queueDecision(
    data.house,
    id,
    chats.map(chat => ({ ...at, chatId: chat.id, conversationId: chat.conversation_id })),
  )
}
const decided = (person: Person) => person.sees().filter(({ text }) => DECISION.test(text))
const notices = () =>
  data.house.db.selectFrom('ledger').select(['state', 'why']).where('purpose', '<>', 'reply').orderBy('state').execute()

/** What the number said since then. */
const saidSince = (mark: number): BinaryNode[] => server.world.options.log.slice(mark)

it('a message is marked as read, and answered after some typing, at most 3 seconds of it', async () => {
  const person = await newPerson()
  const mark = server.world.options.log.length
  await person.says('setuju')
  const typing = () =>
    saidSince(mark).find(
      ({ tag, content }) => tag === 'chatstate' && Array.isArray(content) && content[0]?.tag === 'composing',
    )
  await server.until(
    () => 'typing',
    () => typing() !== undefined,
  )
  const began = performance.now()
  expect(typing()?.attrs.to).toBe(`${person.account.lid}@lid`)
  await person.hears(/nama lengkap/i)
  const seconds = (performance.now() - began) / 1000
  expect(seconds).toBeGreaterThan(0.3)
  expect(seconds).toBeLessThan(3.5)
  await server.until(
    () => 'the reading mark',
    () => saidSince(mark).some(({ tag, attrs }) => tag === 'receipt' && attrs.type === 'read'),
  )
})

it('after 463 nothing unasked leaves and each row says why; replies go on, and it shows wherever one looks', async () => {
  const [refused, other] = (await newPeople(2)) as [Person, Person]
  server.fails({ error: '463' }, { to: refused.pn })
  server.fails({ error: '463' }, { to: other.pn })
  await decideOn([refused, other])
  const health = async () => {
    const { channels } = (await (await fetch(`${await program.ready}/healthz`)).json()) as {
      channels: { whatsapp: string }
    }
    return channels.whatsapp
  }
  await expect.poll(health, { timeout: 20_000 }).toBe('restricted: 463')
  await expect
    .poll(notices, { timeout: 20_000 })
    .toEqual([1, 2].map(() => ({ state: 'queued', why: 'restricted: 463' })))
  const tries = [refused, other].filter(({ pn }) => server.world.planned.find(({ to }) => to === pn)?.times === 0)
  expect(tries).toHaveLength(1)
  server.world.planned.length = 0
  await other.says('setuju')
  await other.hears(/nama lengkap/i)
  expect([...decided(refused), ...decided(other)]).toEqual([])
  const { stdout } = await sapa(data, ['whatsapp', 'status'])
  expect(stdout).toMatch(/standing: +restricted: 463\n/)
  expect(stdout).toMatch(/2 waiting \(restricted: 463\)/)
  expect(JSON.parse((await sapa(data, ['tasks', '--json'])).stdout)).toMatchObject([{ kind: 'restricted' }])
}, 120_000)

it('notices leave one by one, 4 to 8 seconds apart and never evenly, and no more in a day than may', async () => {
  const all = await newPeople(PER_DAY + 1)
  const arrivals: number[] = []
  for (const { pn } of all) server.world.events.on(`message ${pn}`, () => arrivals.push(performance.now()))
  await decideOn(all)
  await expect
    .poll(notices, { timeout: 60_000 })
    .toMatchObject([
      ...Array.from({ length: PER_DAY }, () => ({ state: expect.stringMatching(/accepted|delivered/) })),
      { state: 'queued', why: `daily cap: ${PER_DAY}` },
    ])
  const [first, second] = arrivals.slice(1).map((at, i) => (at - (arrivals[i] as number)) / 1000) as [number, number]
  const [least, most] = GAPS.whatsapp as readonly [number, number]
  // The acknowledgement and the typing take their time, each message's a little more or less.
  for (const gap of [first, second]) {
    expect(gap).toBeGreaterThan(least - 0.5)
    expect(gap).toBeLessThan(most + 0.5)
  }
  expect(first).not.toBeCloseTo(second, 2)
  expect(all.filter(person => decided(person).length > 0)).toHaveLength(PER_DAY)
}, 90_000)

it('a phone that lost a message gets it from the ledger, from a process that never sent it', async () => {
  const person = await newPerson()
  const before = person.last()
  const id = before?.id as string
  program.kill('SIGTERM')
  await program.ended
  program = start()
  await program.ready
  await server.until(() => 'the number online', server.isOnline, 20_000)
  person.loses(id)
  await server.until(
    () => 'the repeat',
    () => person.last()?.id === id,
    20_000,
  )
  expect(person.last()?.text).toBe(before?.text)
}, 60_000)

it('a receipt counts also where it comes merged into the message', async () => {
  const person = await newPerson()
  const id = person.last()?.id as string
  const store = createWhatsAppStore(data.house, 0)
  const nobody = { id: '', lid: '' }
  const receiver = createReceiver({
    store,
    account: ACCOUNT,
    inbox: { receive: async () => {}, news: async () => {} },
    idOf: (_, messageId) => messageId,
    otherJid: async () => null,
    me: () => nobody,
    read: () => {},
  })
  const key = { remoteJid: `${person.account.lid}@lid`, fromMe: true, id }
  await receiver.upsert([{ key, status: proto.WebMessageInfo.Status.READ } as WAMessage])
  const { rows } = await sql<{ state: string }>`select state from ledger where message_id = ${id}`.execute(
    data.house.db,
  )
  expect(rows).toEqual([{ state: 'read' }])
})

it('prekeys that run low are brought, and strangers can go on writing', async () => {
  const device = server.owner().devices[0]
  if (!device) throw new Error('nobody is linked')
  device.preKeys.splice(5)
  await newPerson()
  await server.until(
    () => 'more prekeys',
    () => device.preKeys.length >= 5,
  )
  await newPeople(6)
})
