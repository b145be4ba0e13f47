// Follows one person live: the server sends the whole view whenever something changed.
import { useEffect, useState } from 'react'
import type { Person, PersonView, Popup } from '../simulator/view.ts'

export type Live = {
  readonly view: PersonView | null
  /** The server doesn't answer, or its database is away. */
  readonly lost: boolean
  /** The newest pop-up; a new object each time. */
  readonly popup: Popup | null
}

const NOTHING: Live = { view: null, lost: false, popup: null }

export function useLive(person: Person | null): Live {
  const [live, setLive] = useState<Live>(NOTHING)
  useEffect(() => {
    setLive(NOTHING)
    if (!person) return
    // The browser connects again by itself; the first event of a connection is the whole view.
    const stream = new EventSource(`/simulator/people/${person.id}/live`)
    const on = (event: string, change: (data: string) => Partial<Live>) =>
      stream.addEventListener(event, ({ data }: MessageEvent<string>) => setLive(old => ({ ...old, ...change(data) })))
    on('view', data => ({ view: JSON.parse(data), lost: false }))
    on('popup', data => ({ popup: JSON.parse(data) }))
    on('away', () => ({ lost: true }))
    stream.addEventListener('error', () => setLive(old => ({ ...old, lost: true })))
    return () => stream.close()
  }, [person])
  // Of the person before nothing is shown, not even for a moment.
  return live.view && live.view.person.id !== person?.id ? NOTHING : live
}
