// Nothing leaves before what it rests on is committed: no receipt for a message that is not in the journal yet, no prekeys
// that could be forgotten. So the client need not wait for each commit, and many messages share one.
import type { WASocket } from '@whiskeysockets/baileys'

type Told = (error?: Error) => void
type Wire = { send: (bytes: Uint8Array, told?: Told) => void }

/** `pending`: the commit of what was changed so far, undefined where all of it is. What fails to be kept never leaves. */
export function leaveAfter(socket: WASocket, pending: () => Promise<void> | undefined): void {
  // The client took hold of its own `send` when it began; the WebSocket under it is asked each time.
  const wire: Wire | undefined = Reflect.get(socket.ws, 'socket')
  if (!wire) throw new Error('the client has no WebSocket where it was expected')
  const send = wire.send.bind(wire)
  let last: Promise<void> | undefined

  wire.send = (bytes, told) => {
    const commit = pending()
    if (!last && !commit) return send(bytes, told)
    const mine = Promise.all([last, commit])
      .then(() => send(bytes))
      .catch(() => {})
      .finally(() => {
        if (last === mine) last = undefined
      })
    last = mine
    told?.()
  }
}
