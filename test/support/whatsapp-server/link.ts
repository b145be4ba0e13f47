// One client's connection: WebSocket bytes to frames, the handshake, then nodes both ways in their order.
import { type BinaryNode, decodeBinaryNode, encodeBinaryNode, type proto } from '@whiskeysockets/baileys'
import type { WebSocket } from 'ws'
import { type Hello, shakeHands, type Transport } from './noise.ts'

export type Link = {
  readonly send: (node: BinaryNode) => void
  /** Closes after what was sent; `abruptly` cuts the connection. */
  readonly close: (abruptly?: boolean) => void
}
export type Client = { readonly static: Buffer; readonly payload: proto.IClientPayload }
export type Listener = {
  readonly joined: (client: Client, link: Link) => void
  readonly node: (node: BinaryNode) => Promise<void>
  readonly left: () => void
}

const MAGIC = Buffer.from('WA')
const ROUTING = Buffer.from('ED')

/** Serves a WebSocket until it closes. A client that breaks the protocol is cut off. */
export function openLink(socket: WebSocket, listener: Listener): void {
  let bytes: Buffer = Buffer.alloc(0)
  let greeted = false
  let hello: Hello | undefined
  let transport: Transport | undefined
  let working = Promise.resolve()

  const write = (data: Uint8Array): void => {
    const head = Buffer.alloc(3)
    head.writeUIntBE(data.length, 0, 3)
    socket.send(Buffer.concat([head, data]))
  }
  const link: Link = {
    send: node => {
      if (transport && socket.readyState === socket.OPEN) write(transport.seal(encodeBinaryNode(node)))
    },
    close: abruptly => (abruptly ? socket.terminate() : socket.close()),
  }

  async function take(frame: Buffer): Promise<void> {
    if (transport) return listener.node(await decodeBinaryNode(transport.open(frame)))
    if (!hello) {
      hello = shakeHands(frame)
      return write(hello.answer)
    }
    const { transport: agreed, ...client } = hello.finish(frame)
    transport = agreed
    listener.joined(client, link)
  }

  socket.on('message', (data: Buffer) => {
    bytes = Buffer.concat([bytes, data])
    if (!greeted) {
      if (bytes.length < 7) return
      if (bytes.subarray(0, 2).equals(ROUTING)) bytes = bytes.subarray(7 + bytes.readUIntBE(4, 3))
      if (!bytes.subarray(0, 2).equals(MAGIC)) return link.close(true)
      bytes = bytes.subarray(4)
      greeted = true
    }
    while (bytes.length >= 3 && bytes.length >= 3 + bytes.readUIntBE(0, 3)) {
      const end = 3 + bytes.readUIntBE(0, 3)
      const frame = bytes.subarray(3, end)
      bytes = bytes.subarray(end)
      working = working.then(() => take(frame)).catch(() => link.close(true))
    }
  })
  socket.on('close', () => listener.left())
  socket.on('error', () => {})
}
