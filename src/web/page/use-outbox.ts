// Messages on their way: shown at once, until the server's view holds them; what could not be sent can be tried again.
import { useState } from 'react'
import type { Bubble } from '../simulator/view.ts'

export type Pending = { readonly bubble: Bubble; readonly failed: boolean; readonly send: () => Promise<unknown> }

export type Outbox = {
  readonly pending: readonly Pending[]
  /** Shows the bubble and sends; `send` gets its id, so that a repeat is stored once. */
  readonly put: (shown: Partial<Bubble>, send: (id: string) => Promise<unknown>) => void
  readonly retry: (pending: Pending) => void
}

export function useOutbox(arrived: readonly Bubble[], now: () => Date): Outbox {
  const [all, setAll] = useState<readonly Pending[]>([])
  const known = new Set(arrived.map(bubble => bubble.id))
  const mark = (id: string, failed: boolean) =>
    setAll(old => old.map(one => (one.bubble.id === id ? { ...one, failed } : one)))

  const attempt = ({ bubble, send }: Pending) => {
    mark(bubble.id, false)
    send().catch(() => mark(bubble.id, true))
  }
  return {
    pending: all.filter(one => !known.has(one.bubble.id)),
    put: (shown, send) => {
      const id = crypto.randomUUID()
      const bubble: Bubble = { id, mine: true, at: now().toISOString(), text: '', ...shown }
      const pending: Pending = { bubble, failed: false, send: () => send(id) }
      setAll(old => [...old.filter(one => !known.has(one.bubble.id)), pending])
      attempt(pending)
    },
    retry: attempt,
  }
}
