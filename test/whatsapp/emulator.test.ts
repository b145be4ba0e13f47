// The emulator against plain Baileys: what it proves about us is worth as much as what it proves about the client alone.
import '../support/whatsapp-server/trust.ts'
import type { WAMessage, WASocket } from '@whiskeysockets/baileys'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
  const arrived = new Promise<WAMessage>(resolve =>
    socket.ev.on('messages.upsert', ({ messages }) => messages[0] && resolve(messages[0])),
  )
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

it('turns away a client whose key it does not know', async () => {
  const stranger = createPlainClient()
  stranger.creds.me = { id: `${server.owner().pn}:1@s.whatsapp.net` }
  expect(await until(stranger.open(server.url), 'close')).toBe(401)
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
