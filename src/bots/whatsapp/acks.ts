// Waits for the server's word on a message: only that means it was accepted, not that it was written to a socket.
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys'

/** `error` is the server's code where it refused. */
export type Verdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'silence' }

export type Acks = {
  /** Waits so long after `sent`, which is the sending itself. Throws what that throws. */
  readonly wait: (messageId: string, sent: Promise<unknown>, ms: number) => Promise<Verdict>
  /** The socket is gone: nobody will answer. */
  readonly end: () => void
}

export function listenForAcks(socket: WASocket): Acks {
  const waiting = new Map<string, (verdict: Verdict) => void>()

  socket.ws.on('CB:ack,class:message', ({ attrs: { id = '', error } }: BinaryNode) => {
    waiting.get(id)?.(error ? { kind: 'refused', error } : { kind: 'accepted' })
  })

  return {
    wait: (messageId, sent, ms) => {
      const answer = Promise.withResolvers<Verdict>()
      waiting.set(messageId, answer.resolve)
      let timer: NodeJS.Timeout | undefined
      sent.then(() => {
        if (waiting.has(messageId)) timer = setTimeout(() => answer.resolve({ kind: 'silence' }), ms)
      }, answer.reject)
      return answer.promise.finally(() => {
        clearTimeout(timer)
        waiting.delete(messageId)
      })
    },
    end: () => {
      for (const settle of waiting.values()) settle({ kind: 'silence' })
    },
  }
}
