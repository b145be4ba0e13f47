// Messages on their way: shown at once, until the server's view holds them; what could not be sent can be tried again.
import { useRef, useState } from 'react'
import type { Bubble } from '../simulator/view.ts'

type Pending = { readonly bubble: Bubble; readonly failed: boolean; readonly send: () => Promise<unknown> }

export type Outbox = {
  /** What arrived, and behind it what is on its way. */
  readonly bubbles: readonly Bubble[]
  /** Ids of messages that could not be sent. */
  readonly failed: ReadonlySet<string>
  /** Shows the bubble and sends; `send` gets its id, so that a repeat is stored once. */
  readonly put: (shown: Partial<Bubble>, send: (id: string) => Promise<unknown>) => void
  readonly retry: (id: string) => void
  /** Sends what leaves no bubble, in its turn. */
  readonly inTurn: (send: () => Promise<unknown>) => Promise<unknown>
}

export function useOutbox(arrived: readonly Bubble[], now: () => Date): Outbox {
  const [all, setAll] = useState<readonly Pending[]>([])
  const own = new Map(all.map(({ bubble }) => [bubble.id, bubble]))
  const known = new Set(arrived.map(({ id }) => id))
  const mark = (id: string, failed: boolean) =>
    setAll(old => old.map(one => (one.bubble.id === id ? { ...one, failed } : one)))

  // One after another: what was typed first must arrive first.
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const inTurn = (send: () => Promise<unknown>) => {
    const sent = line.current.then(send)
    line.current = sent.catch(() => {})
    return sent
  }
  const attempt = ({ bubble, send }: Pending) => {
    mark(bubble.id, false)
    inTurn(send).catch(() => mark(bubble.id, true))
  }
  return {
    bubbles: [
      // Our own picture stays in sight until the server has it.
      ...arrived.map(bubble => (bubble.uploading ? { ...bubble, ...own.get(bubble.id) } : bubble)),
      ...all.filter(({ bubble }) => !known.has(bubble.id)).map(({ bubble }) => bubble),
    ],
    failed: new Set(all.filter(({ failed, bubble }) => failed && !known.has(bubble.id)).map(({ bubble }) => bubble.id)),
    put: (shown, send) => {
      const id = crypto.randomUUID()
      const bubble: Bubble = { id, mine: true, at: now().toISOString(), text: '', ...shown }
      const pending: Pending = { bubble, failed: false, send: () => send(id) }
      setAll(old => [...old, pending])
      attempt(pending)
    },
    retry: id => all.filter(({ bubble }) => bubble.id === id).forEach(attempt),
    inTurn,
  }
}
