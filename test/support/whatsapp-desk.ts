// A house that serves a WhatsApp number: our whole program but its web, against the server on loopback.
import './whatsapp-server/trust.ts'
import { randomUUIDv7 } from 'node:crypto'
import { ACCOUNT } from '../../src/bots/whatsapp/account.ts'
import { addLink, watchLink } from '../../src/db/whatsapp-link.ts'
import type { House } from '../../src/house.ts'
import { placeOfNews, placeOfPhone } from '../../src/jobs/whatsapp-store.ts'
import { startWorker } from '../../src/jobs/worker.ts'
import { noteChats } from '../../src/turn.ts'
import { openNumber } from '../../src/whatsapp.ts'
import type { WhatsAppServer } from './whatsapp-server/server.ts'

export type Desk = ReturnType<typeof openDesk>

/** One process of the house; several may run on one database. */
export function openDesk(house: House, databaseUrl: string, url: string, { pace = false, perDay = 150 } = {}) {
  const number = openNumber(house, { pace }, { url, noticesPerDay: perDay }, bot => {
    for (const what of ['turns', 'files', 'notices'] as const) jobs.ring(what, bot)
  })
  const settings = { databaseUrl, redisUrl: undefined, pace, perDay: { whatsapp: perDay } }
  const jobs = startWorker(house, [number.bot], settings)
  const stopping = new AbortController()
  const holding = number.hold({ receive: jobs.receive, news: news => noteChats(house, news) }, stopping.signal)
  return {
    bot: number.bot,
    jobs,
    stop: async () => {
      stopping.abort()
      await holding
      await jobs.stop()
    },
  }
}

type News = { readonly qr?: string; readonly code?: string; readonly linked?: string; readonly failed?: string }

/** Asks for linking as the command does; gives how it stands. */
export async function askLink({ db, seal }: House, phone?: string): Promise<() => Promise<News>> {
  const id = randomUUIDv7()
  const sealed = phone ? seal.seal(placeOfPhone(id), phone) : null
  await addLink(db, { id, account: ACCOUNT, asked_by: 'test', phone: sealed, token: null, seconds: 60 })
  return async () => {
    const row = await watchLink(db, id, 0)
    return row?.news ? seal.openJson<News>(placeOfNews(id), row.news) : {}
  }
}

/** Links the owner's number and waits until it is online. */
export async function linkNumber(house: House, server: WhatsAppServer): Promise<void> {
  const news = await askLink(house)
  let seen: News = {}
  let asking = false
  await server.until(
    () => `a linked number; ${JSON.stringify(seen)}`,
    () => {
      if (!asking) {
        asking = true
        void news().then(one => {
          asking = false
          if (one.qr && one.qr !== seen.qr) server.scan(one.qr)
          seen = one
        })
      }
      return seen.linked !== undefined && server.isOnline()
    },
    20_000,
  )
}
