// Waits for the server's word on a message: only that means it was accepted, not that it was written to a socket.
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys'

/** `error` is the server's code where it refused. */
export type Verdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'silence' }

export type Acks = {
  /** Ask before the message is sent. */
  readonly wait: (messageId: string, ms: number) => Promise<Verdict>
  /** The socket is gone: nobody will answer. */
  readonly end: () => void
}

export function listenForAcks(socket: WASocket): Acks {
  const waiting = new Map<string, (verdict: Verdict) => void>()

  socket.ws.on('CB:ack,class:message', ({ attrs: { id = '', error } }: BinaryNode) => {
    waiting.get(id)?.(error ? { kind: 'refused', error } : { kind: 'accepted' })
  })

  return {
    wait: (messageId, ms) =>
      new Promise(resolve => {
        const settle = (verdict: Verdict) => {
          clearTimeout(timer)
          waiting.delete(messageId)
          resolve(verdict)
        }
        const timer = setTimeout(() => settle({ kind: 'silence' }), ms)
        waiting.set(messageId, settle)
      }),
    end: () => {
      for (const settle of waiting.values()) settle({ kind: 'silence' })
    },
  }
}
