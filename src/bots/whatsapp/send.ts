// Sends one reply to one chat: typing first, then its messages one after the other, each until the server has it.
import { setTimeout as sleep } from 'node:timers/promises'
import type { AnyMessageContent, WASocket } from '@whiskeysockets/baileys'
import { idOfPart } from '../message-id.ts'
import { type Accepted, type Outgoing, Refused } from '../port.ts'
import type { Acks } from './acks.ts'
import { contentsOf, type DrawTicket } from './content.ts'
import { refusalOfAck, refusalOfError } from './refusal.ts'

const ANSWER_MS = 20_000
const MOST_TYPING_MS = 3_000
const TYPING_MS_A_LETTER = 15

export type Connection = { readonly socket: WASocket; readonly acks: Acks }

/** `send` of the port, on the connection that `current` gives. */
export function createSend(current: () => Connection | undefined, drawTicket: DrawTicket, typing: boolean) {
  return async ({ id, address, reply }: Outgoing): Promise<Accepted> => {
    const connection = current()
    if (!connection) throw new Refused({ kind: 'unreachable', why: 'not connected' })
    const contents = await contentsOf(reply, drawTicket)
    if (contents.length === 0) return { messageId: null }
    if (typing) await showTyping(connection, address, reply.text.length)
    for (const [i, content] of contents.entries())
      await sendPart(connection, address, content, idOfPart(id, contents.length - 1 - i))
    return { messageId: idOfPart(id, 0) }
  }
}

/** A person types for a while; who answers within a millisecond is a machine. Nothing depends on it. */
async function showTyping({ socket }: Connection, address: string, letters: number): Promise<void> {
  await socket.sendPresenceUpdate('composing', address).catch(() => {})
  await sleep(Math.min(MOST_TYPING_MS, 400 + letters * TYPING_MS_A_LETTER))
  void socket.sendPresenceUpdate('paused', address).catch(() => {})
}

async function sendPart(
  { socket, acks }: Connection,
  address: string,
  content: AnyMessageContent,
  messageId: string,
): Promise<void> {
  const verdict = await acks
    .wait(messageId, socket.sendMessage(address, content, { messageId }), ANSWER_MS)
    .catch(error => {
      // Under a closing socket the client throws whatever was at hand: a number, a WebSocket's error.
      const lost = socket.ws.isOpen ? undefined : ({ kind: 'unreachable', why: 'the connection closed' } as const)
      const refusal = refusalOfError(error) ?? lost
      throw refusal ? new Refused(refusal) : error
    })
  if (verdict.kind === 'refused') throw new Refused(refusalOfAck(verdict.error))
  if (verdict.kind === 'silence') throw new Refused({ kind: 'unreachable', why: 'no answer' })
}
