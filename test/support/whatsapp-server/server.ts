// A WhatsApp server on loopback: what a linked device sees of WhatsApp, with people who chat and faults on demand.
import type { AddressInfo } from 'node:net'
import type { BinaryNode } from '@whiskeysockets/baileys'
import { WebSocketServer } from 'ws'
import { type Client, type Link, openLink } from './link.ts'
import { attr, child, children, node } from './nodes.ts'
import { type Candidate, createCandidate } from './pairing.ts'
import { createPerson } from './people.ts'
import { answerQuery, welcome } from './queries.ts'
import { deliverPending, takeFromBot, takeReceipt } from './traffic.ts'
import { createWorld, type Device, type Fault } from './world.ts'

export type WhatsAppServer = Awaited<ReturnType<typeof startWhatsAppServer>>

const OWNER = '6281100000001'

/** Starts a server on a free port; `server.url` is what WHATSAPP_WS_URL wants. */
export async function startWhatsAppServer(port = 0) {
  const world = await createWorld()
  const candidates = new Set<Candidate>()
  const links = new Set<Link>()
  let owner = world.account(OWNER, 'Panitia')
  let closed = false

  const server = new WebSocketServer({ port, host: '127.0.0.1' })
  await new Promise(resolve => server.once('listening', resolve))

  server.on('connection', socket => {
    let device: Device | undefined
    let candidate: Candidate | undefined
    let mine: Link | undefined
    openLink(socket, {
      joined: (client, link) => {
        mine = link
        links.add(link)
        if (client.payload.devicePairingData) {
          candidate = createCandidate(world, client, link)
          candidates.add(candidate)
          world.changed()
        } else device = logIn(client, link)
      },
      node: async said => {
        world.options.log.push(said)
        if (world.options.log.length > 2_000) world.options.log.shift()
        if (candidate) candidate.node(said)
        else if (device?.link === mine && device) await hear(device, said)
      },
      left: () => {
        if (candidate) candidates.delete(candidate)
        if (mine) links.delete(mine)
        if (device?.link === mine && device) {
          device.link = undefined
          device.active = false
        }
        world.changed()
      },
    })
  })

  /** Lets a known device in; a wrong key is logged out, a second connection ends the first. */
  function logIn({ payload, static: noiseStatic }: Client, link: Link): Device | undefined {
    const account = world.find(String(payload.username))
    const device = account?.devices.find(({ id }) => id === payload.device)
    if (!device?.noiseStatic.equals(noiseStatic)) {
      link.send(node('failure', { reason: '401', location: 'cln' }))
      link.close()
      return undefined
    }
    device.link?.send(node('stream:error', { code: '440' }, [node('conflict', { type: 'replaced' })]))
    device.link?.close()
    device.link = link
    device.active = false
    link.send(welcome(device))
    return device
  }

  async function hear(device: Device, said: BinaryNode): Promise<void> {
    if (said.tag === 'message') await takeFromBot(world, device, said)
    else if (said.tag === 'receipt' || said.tag === 'ack') await takeReceipt(world, device, said)
    else if (said.tag === 'iq' && attr(said, 'type') !== 'result') {
      if (child(said, 'remove-companion-device')) device.account.devices.length = 0
      // Deaf: whoever is to be written to is not told, so that no message leaves.
      if (world.options.deaf && attr(said, 'xmlns') === 'usync') return
      device.link?.send(answerQuery(world, device, said))
      if (attr(said, 'xmlns') === 'passive' && children(said)[0]?.tag === 'active') deliverPending(device)
    }
  }

  const devices = () => owner.devices
  const tell = (told: BinaryNode, close = true) => {
    for (const { link } of devices()) {
      link?.send(told)
      if (close) link?.close()
    }
  }

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws/chat`,
    world,
    until: world.until,
    owner: () => owner,
    /** The owner takes another number; what is linked from now on is a device of that one. */
    changeNumber: (pn: string) => {
      owner = world.account(pn, 'Panitia')
    },
    person: (pn: string, name?: string) => createPerson(world, () => owner, pn, name),
    /** The owner scans a QR code. False where his phone says no. */
    scan: (qr: string): boolean => {
      const fields = qr.slice(qr.indexOf('#') + 1).split(',')
      const found = [...candidates].find(({ refs }) => refs.includes(fields[0] as string))
      return found?.scan(owner, fields) ?? false
    },
    /** The owner types a pairing code. */
    type: async (code: string): Promise<void> => {
      for (const candidate of candidates) await candidate.type(owner, code)
    },
    refreshRegistration: () => {
      for (const candidate of candidates) candidate.refresh()
    },
    candidates: () => candidates.size,
    isOnline: () => devices().some(({ active }) => active),
    /** The next `times` messages of the bot (to one person, if given) meet this fault, `after` so many that don't. */
    fails: (fault: Fault, { to, after = 0, times = 1 }: { to?: string; after?: number; times?: number } = {}) => {
      world.planned.push({ fault, to, after, times })
    },
    /** Cuts every connection, as a network does. */
    drop: () => {
      for (const link of links) link.close(true)
    },
    streamError: (code: number) => tell(node('stream:error', { code: String(code) })),
    failure: (reason: number) => tell(node('failure', { reason: String(reason) })),
    /** The owner removes the device on his phone. */
    logOut: () => {
      tell(node('stream:error', { code: '401' }, [node('conflict', { type: 'device_removed' })]))
      owner.devices.length = 0
    },
    /** Any node, to every device of the owner. */
    tell: (told: BinaryNode) => tell(told, false),
    close: async () => {
      if (closed) return
      closed = true
      for (const socket of server.clients) socket.terminate()
      world.media.close()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
