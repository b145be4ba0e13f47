// Storing what arrives: once, before it is acknowledged, many in one INSERT.
import { randomUUIDv7 } from 'node:crypto'
import { type KyselyPlugin, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createReceiver, noteChats } from '../../src/turn.ts'
import { type Desk, message, openDesk, SENDER } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const stored = async (messageId: string) =>
  desk.house.db.selectFrom('inbox').selectAll().where('message_id', '=', messageId).execute()

const chatOf = async (address: string) =>
  desk.house.db
    .selectFrom('chat')
    .selectAll()
    .where('address_key', '=', desk.house.seal.lookup('address', `${SENDER.channel} ${SENDER.account} ${address}`))
    .execute()

describe('receiving', () => {
  it('stores a message and its unknown chat, sealed', async () => {
    const hello = message('new', 'halo pak')
    await desk.receive([hello])
    const [row] = await stored(hello.messageId)
    expect(desk.house.seal.openJson(`inbox.payload:${row?.id}`, row?.payload as Buffer)).toEqual(hello)
    const [chat] = await chatOf('new')
    expect(desk.house.seal.open(`chat.address:${chat?.id}`, chat?.address as Buffer).toString()).toBe('new')
    const { rows } = await sql`select from chat_conversation where chat_id = ${chat?.id}`.execute(desk.house.db)
    expect(rows).toHaveLength(1)
  })

  it('stores a message once however often it comes', async () => {
    const hello = message('repeats', 'halo')
    await desk.receive([hello])
    await desk.receive([hello, hello])
    await desk.takeAll()
    await desk.receive([hello])
    expect(await stored(hello.messageId)).toHaveLength(1)
    expect(await desk.takeAll()).toEqual([])
  })

  it('stores one of ten equal updates that arrive at once at two processes', async () => {
    const hello = message('ten', 'halo')
    const other = createReceiver(desk.house)
    await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? other : desk.receive)([hello])))
    expect(await stored(hello.messageId)).toHaveLength(1)
    expect(await chatOf('ten')).toHaveLength(1)
    const { rows } = await sql`select from conversation where id not in (select conversation_id from chat)`.execute(
      desk.house.db,
    )
    expect(rows).toEqual([])
  })

  it('takes everybody who arrives during an INSERT into the next one', async () => {
    let statements = 0
    const count: KyselyPlugin = {
      transformQuery: ({ node }) => {
        statements++
        return node
      },
      transformResult: async ({ result }) => result,
    }
    const receive = createReceiver({ ...desk.house, db: desk.house.db.withPlugin(count) })
    await desk.receive([message('many', 'halo')])
    const first = receive([message('many', 'satu')])
    await new Promise(setImmediate)
    const others = Array.from({ length: 50 }, (_, i) => receive([message('many', `nomor ${i}`)]))
    await Promise.all([first, ...others])
    expect(statements).toBe(2)
  })

  it('acknowledges only what is committed: a failed INSERT is heard by whoever waits for it', async () => {
    const broken = message('broken', 'halo', { messageId: 'a\0b' })
    await expect(desk.receive([broken])).rejects.toThrow()
    const hello = message('broken', 'halo')
    await desk.receive([hello])
    expect(await stored(hello.messageId)).toHaveLength(1)
  })

  it('keeps the phone that the platform vouches for, and changes it with the platform', async () => {
    const phone = async () => {
      const [chat] = await chatOf('phone')
      return desk.house.seal.open(`chat.phone:${chat?.id}`, chat?.phone as Buffer).toString()
    }
    await desk.receive([message('phone', 'halo', { phone: '+6283600000001' })])
    expect(await phone()).toBe('+6283600000001')
    await desk.receive([message('phone', 'halo', { phone: '+6283600000002' }), message('phone', 'halo')])
    expect(await phone()).toBe('+6283600000002')
  })

  it('notes a block until the person writes again', async () => {
    const news = { channel: SENDER.channel, account: SENDER.account, address: 'blocks' }
    await desk.receive([message('blocks', 'halo')])
    await noteChats(desk.house, [
      { ...news, reachable: true },
      { ...news, reachable: false },
      { ...news, address: randomUUIDv7(), reachable: false },
    ])
    expect((await chatOf('blocks'))[0]?.blocked_at).toBeInstanceOf(Date)
    await desk.receive([message('blocks', 'saya kembali')])
    expect((await chatOf('blocks'))[0]?.blocked_at).toBeNull()
  })
})
