// The emulator against plain Baileys: what it proves about us is worth as much as what it proves about the client alone.
import '../support/whatsapp-server/trust.ts'
import {
  type BinaryNode,
  downloadMediaMessage,
  S_WHATSAPP_NET,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { card } from '../files/samples.ts'
import { createPlainClient, type Plain } from '../support/whatsapp-server/plain.ts'
import { startWhatsAppServer, type WhatsAppServer } from '../support/whatsapp-server/server.ts'

let server: WhatsAppServer
let client: Plain
let socket: WASocket
beforeAll(async () => {
  server = await startWhatsAppServer()
})
afterAll(async () => {
  socket?.end(undefined)
  await server.close()
})

const until = (socket: WASocket, what: 'open' | 'close') =>
  new Promise<number | undefined>(resolve => {
    socket.ev.on('connection.update', ({ connection, lastDisconnect }) => {
      const error = lastDisconnect?.error
      if (connection === what)
        resolve(error && 'output' in error ? (error.output as { statusCode: number }).statusCode : undefined)
    })
  })

const nextMessage = () =>
  new Promise<WAMessage>(resolve =>
    socket.ev.on('messages.upsert', ({ messages }) => messages[0]?.message && resolve(messages[0])),
  )

async function pairByQr(): Promise<Plain> {
  const fresh = createPlainClient()
  const pairing = fresh.open(server.url)
  const closed = until(pairing, 'close')
  const qr = await new Promise<string>(resolve => pairing.ev.on('connection.update', ({ qr }) => qr && resolve(qr)))
  expect(server.scan(qr)).toBe(true)
  expect(await closed).toBe(515)
  return fresh
}

it('pairs by QR, asks for a new socket and lets it in', async () => {
  client = await pairByQr()
  socket = client.open(server.url)
  await until(socket, 'open')
  await server.until(() => 'the device online', server.isOnline)
  expect(socket.user?.id).toBe(`${server.owner().pn}:1@s.whatsapp.net`)
})

it.each(['lid', 'pn'] as const)('carries encrypted text both ways (%s)', async addressing => {
  const person = server.person(addressing === 'lid' ? '6281200000001' : '6281200000002', 'Budi')
  person.account.addressing = addressing
  const arrived = nextMessage()
  await person.says('halo')
  const { key, message } = await arrived
  expect(message?.conversation).toBe('halo')
  const { lid, pn } = person.account
  const jids = [`${lid}@lid`, `${pn}@s.whatsapp.net`]
  expect([key.remoteJid, key.remoteJidAlt]).toEqual(addressing === 'lid' ? jids : jids.toReversed())
  await socket.sendMessage(key.remoteJid as string, { text: 'selamat siang' })
  await person.hears(/selamat siang/)
  await person.says('terima kasih')
  await socket.sendMessage(key.remoteJid as string, { text: 'sama-sama' })
  await person.hears(/sama-sama/)
})

it('takes pictures to a phone and brings them back, over https', async () => {
  const person = server.person('6281200000003')
  const picture = await card({ width: 300 })
  const arrived = nextMessage()
  await person.sendsImage(picture, 'KTP saya')
  const message = await arrived
  expect(message.message?.imageMessage?.caption).toBe('KTP saya')
  expect(await downloadMediaMessage(message, 'buffer', {})).toEqual(picture)
  await socket.sendMessage(message.key.remoteJid as string, { image: picture, caption: 'diterima' })
  expect((await person.hears(/diterima/)).picture).toEqual(picture)
})

it('keeps what is written to a device that is away, and hands it over when it is back', async () => {
  const person = server.person('6281200000004')
  socket.end(undefined)
  await server.until(
    () => 'the device away',
    () => !server.isOnline(),
  )
  await person.says('ada orang?')
  socket = client.open(server.url)
  const arrived = new Promise<{ type: string; text: string | null | undefined }>(resolve =>
    socket.ev.on('messages.upsert', ({ messages, type }) =>
      resolve({ type, text: messages[0]?.message?.conversation }),
    ),
  )
  expect(await arrived).toEqual({ type: 'append', text: 'ada orang?' })
})

it('a message that the phone can’t open is asked for again, and so is one that the device can’t', async () => {
  const person = server.person('6281200000005')
  const first = nextMessage()
  await person.says('halo')
  const jid = (await first).key.remoteJid as string
  await socket.sendMessage(jid, { text: 'siang' })
  await person.hears(/siang/)
  person.forgets()
  const before = server.world.options.log.length
  await socket.sendMessage(jid, { text: 'masih di sana?' })
  await person.hears(/masih di sana/)
  const resent = server.world.options.log.slice(before).filter(({ tag }) => tag === 'message')
  expect(resent.map(({ attrs }) => attrs.id)).toEqual([resent[0]?.attrs.id, resent[0]?.attrs.id])

  const again = nextMessage()
  person.garbles()
  await person.says('masih')
  expect((await again).message?.conversation).toBe('masih')
  expect(server.world.options.log).toContainEqual(
    expect.objectContaining({ tag: 'receipt', attrs: expect.objectContaining({ type: 'retry' }) }),
  )
})

describe('refuses what the real one refuses:', () => {
  /** The server's word on a message that no client would send. */
  async function verdict(content: BinaryNode[]): Promise<string | undefined> {
    const id = server.world.newId()
    const answered = new Promise<BinaryNode>(resolve => socket.ws.on(`CB:ack,id:${id}`, resolve))
    await socket.sendNode({ tag: 'message', attrs: { to: '6281200000005@s.whatsapp.net', id, type: 'text' }, content })
    return (await answered).attrs.error
  }
  const to = (jid: string, type: string): BinaryNode => ({
    tag: 'participants',
    attrs: {},
    content: [{ tag: 'to', attrs: { jid }, content: [{ tag: 'enc', attrs: { v: '2', type }, content: Buffer.of(1) }] }],
  })

  it('a message sealed for a device that does not exist', async () => {
    expect(await verdict([to('6281200000005:7@s.whatsapp.net', 'msg')])).toBe('479')
    expect(await verdict([to('6281200000005@s.whatsapp.net', 'msg')])).toBe(undefined)
  })

  it('a first message without the proof of who the device is', async () => {
    expect(await verdict([to('6281200000005@s.whatsapp.net', 'pkmsg')])).toBe('479')
  })

  it('a client whose key it does not know, and a device that it does not know', async () => {
    const stranger = createPlainClient()
    stranger.creds.me = { id: `${server.owner().pn}:1@s.whatsapp.net` }
    expect(await until(stranger.open(server.url), 'close')).toBe(401)
    stranger.creds.me = { id: `${server.owner().pn}:9@s.whatsapp.net` }
    expect(await until(stranger.open(server.url), 'close')).toBe(401)
  })
})

it('a second connection with the same keys ends the first', async () => {
  const second = client.open(server.url)
  expect(await until(socket, 'close')).toBe(440)
  socket = second
})

describe('ends a connection on demand', () => {
  beforeEach(async () => {
    socket = client.open(server.url)
    await until(socket, 'open')
  })
  const demands: readonly (readonly [string, number, () => void])[] = [
    ...[500, 503, 428, 408].map(code => ['a stream error', code, () => server.streamError(code)] as const),
    ...[403, 405, 500].map(code => ['a failure', code, () => server.failure(code)] as const),
    ['a cut line', 428, () => server.drop()],
    ['a device removed by its owner', 401, () => server.logOut()],
  ]
  it.each(demands)('%s: %i', async (_, code, demand) => {
    const closed = until(socket, 'close')
    demand()
    expect(await closed).toBe(code)
  })
})

it('answers the pings of a client that is not linked yet, so that it goes on waiting', async () => {
  const waiting = createPlainClient().open(server.url)
  await new Promise(resolve => waiting.ev.on('connection.update', ({ qr }) => qr && resolve(qr)))
  const ping = {
    tag: 'iq',
    attrs: { to: S_WHATSAPP_NET, type: 'get', xmlns: 'w:p' },
    content: [{ tag: 'ping', attrs: {} }],
  }
  expect(await waiting.query(ping, 2_000)).toMatchObject({ attrs: { type: 'result' } })
  waiting.end(undefined)
})

it('pairs by a code', async () => {
  const fresh = createPlainClient()
  const pairing = fresh.open(server.url)
  const closed = until(pairing, 'close')
  await new Promise(resolve => pairing.ev.on('connection.update', ({ qr }) => qr && resolve(qr)))
  const code = await pairing.requestPairingCode(server.owner().pn)
  await server.type(code)
  expect(await closed).toBe(515)
})
