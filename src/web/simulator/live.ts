// Keeps open pages up to date: each gets the whole view as a server-sent event whenever it differs from the last one.
import type { FastifyReply } from 'fastify'
import { HEADERS } from '../secure.ts'
import type { Person, PersonView, Popup } from './view.ts'

/** How often a page is looked after when nothing in this process gave news: the operator's commands, other processes. */
const LOOK_AGAIN_MS = 1_000

type Page = { readonly personId: string; readonly refresh: () => void; readonly popup: (popup: Popup) => void }

export type Live = {
  /** Turns a request into a stream of views, until the page goes. */
  readonly open: (person: Person, reply: FastifyReply) => void
  /** Something happened to this person: their pages are told at once. */
  readonly changed: (personId: string) => void
  readonly popup: (personId: string, popup: Popup) => void
  readonly close: () => void
}

export function createLive(view: (person: Person) => Promise<PersonView>): Live {
  const pages = new Map<Page, () => void>()

  function open(person: Person, reply: FastifyReply): void {
    reply.hijack()
    const stream = reply.raw
    stream.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const write = (event: string, data: string): boolean => stream.write(`event: ${event}\ndata: ${data}\n\n`)
    const refresh = oneAtATime(async () => {
      try {
        const now = JSON.stringify(await view(person))
        if (now !== last) write('view', now)
        last = now
      } catch {
        // The database is away: the page says so, the next look tries again.
        if (last !== AWAY) write('away', '{}')
        last = AWAY
      }
    })
    let last = ''
    const page: Page = { personId: person.id, refresh, popup: popup => write('popup', JSON.stringify(popup)) }
    const timer = setInterval(refresh, LOOK_AGAIN_MS)
    pages.set(page, () => {
      clearInterval(timer)
      pages.delete(page)
      stream.end()
    })
    stream.on('close', () => pages.get(page)?.())
    refresh()
  }

  const pagesOf = (personId: string): Page[] => [...pages.keys()].filter(page => page.personId === personId)
  return {
    open,
    changed: personId => pagesOf(personId).forEach(page => void page.refresh()),
    popup: (personId, popup) => pagesOf(personId).forEach(page => void page.popup(popup)),
    close: () => pages.forEach(end => void end()),
  }
}

const AWAY = 'away'

/** Runs `work` now; when called during a run, once more after it. */
function oneAtATime(work: () => Promise<void>): () => void {
  let running = false
  let again = false
  return async function run() {
    again = running
    if (running) return
    running = true
    do {
      again = false
      await work()
    } while (again)
    running = false
  }
}
