// What the WhatsApp channel keeps, in the database: sealed, found by digests, written only under the lease's fence.

import { setTimeout as sleep } from 'node:timers/promises'
import { ACCOUNT } from '../bots/whatsapp/account.ts'
import {
  type Journaled,
  type LinkNews,
  type Receipt,
  type Standing,
  Stolen,
  type Store,
} from '../bots/whatsapp/store.ts'
import { findSent, noteReceipts } from '../db/ledger-receipt.ts'
import { endNoticesPause } from '../db/pause.ts'
import { type Fence, findJournaled, markTaken, readJournal, readKeys, saveKeys, wipeKeys } from '../db/whatsapp-key.ts'
import { isLinkOpen, nextLink, tellLink } from '../db/whatsapp-link.ts'
import { noteLinked, noteStanding, readNumber } from '../db/whatsapp-number.ts'
import type { Reply } from '../flows/types.ts'
import type { House } from '../house.ts'
import type { Seal } from '../seal.ts'
import { createGatherer } from './gather.ts'
import { addChannelTask } from './restrict.ts'
import { createAddressBook } from './whatsapp-address.ts'

/** Who holds this lease holds the socket. */
export const SOCKET_LEASE = 'socket whatsapp'

const at = { channel: 'whatsapp', account: ACCOUNT }
const CREDS = { type: 'creds', id: '' }

/** The digest of a key's name, and where its value is sealed. */
export const keyOf = (seal: Seal, type: string, id: string): Buffer => seal.lookup('whatsapp key', `${type} ${id}`)
export const placeOfKey = (key: Buffer): string => `whatsapp_key.value:${key.toString('hex')}`
const placeOfJournal = (key: Buffer): string => `whatsapp_journal.value:${key.toString('hex')}`
export const placeOfNews = (id: string): string => `whatsapp_link.news:${id}`
export const placeOfPhone = (id: string): string => `whatsapp_link.phone:${id}`

/** By which the page of a one-time link is found. */
export const digestOfToken = (seal: Seal, token: string): Buffer => seal.lookup('whatsapp link', token)

/** Nothing waits for these: many go together. What was not marked is taken once more, and known to the inbox. */
const MARK_MS = 500
const RECEIPTS_MS = 200
/** A message that is being written just now is not found; it is a little later. */
const LOCKED_MS = [0, 100, 1_000]

/** Standings that somebody must do something about. */
const ALARMS: readonly string[] = ['logged out', 'banned', 'replaced', 'outdated']

export function createWhatsAppStore(house: House, fenceNumber: number): Store {
  const { db, seal } = house
  const fence: Fence = { name: SOCKET_LEASE, fence: fenceNumber }

  const journalKey = (from: string, id: string) => seal.lookup('whatsapp journal', `${from} ${id}`)
  const keyOfJournaled = ({ attrs }: Journaled) => journalKey(attrs.from ?? '', attrs.id ?? '')
  const held = async (writing: Promise<boolean>): Promise<void> => {
    if (!(await writing)) throw new Stolen('another process holds the socket')
  }

  const save: Store['save'] = async ({ creds, keys = [], journal = [] }) => {
    const changes = [...(creds ? [{ ...CREDS, value: creds }] : []), ...keys]
    const rows = changes.map(({ type, id, value }) => {
      const key = keyOf(seal, type, id)
      return { key, type, value: value === null ? null : seal.sealJson(placeOfKey(key), { id, value }) }
    })
    const journaled = journal.map(one => {
      const key = keyOfJournaled(one)
      return { key, value: seal.sealJson(placeOfJournal(key), one) }
    })
    const saved = rows.flatMap(row => (row.value ? [{ ...row, value: row.value }] : []))
    const deleted = rows.filter(({ value }) => value === null).map(({ key }) => key)
    await held(saveKeys(db, ACCOUNT, fence, saved, deleted, journaled))
  }

  async function readValues(type: string, ids: readonly string[]): Promise<Map<string, unknown>> {
    const rows = await readKeys(
      db,
      ACCOUNT,
      ids.map(id => keyOf(seal, type, id)),
    )
    return new Map(
      rows.map(({ key, value }) => {
        const opened = seal.openJson<{ id: string; value: unknown }>(placeOfKey(key), value)
        return [opened.id, opened.value]
      }),
    )
  }

  return {
    readCreds: async () => (await readValues(CREDS.type, [CREDS.id])).get(CREDS.id),
    readKeys: readValues,
    save,
    wipe: () => held(wipeKeys(db, ACCOUNT, fence)),
    readJournal: async () =>
      (await readJournal(db, ACCOUNT)).map(({ key, value }) => seal.openJson<Journaled>(placeOfJournal(key), value)),
    findJournaled: async (from, id) => {
      const key = journalKey(from, id)
      const value = await findJournaled(db, ACCOUNT, key)
      return value && seal.openJson<Journaled>(placeOfJournal(key), value).plain
    },
    markTaken: createGatherer<Journaled>(MARK_MS, journaled => markTaken(db, ACCOUNT, journaled.map(keyOfJournaled))),
    addressOf: createAddressBook(house, at),
    findSent: async messageId => {
      const row = await findSent(db, ACCOUNT, messageId)
      return row && seal.openJson<Reply>(`ledger.content:${row.id}`, row.content)
    },
    noteReceipts: createGatherer<Receipt>(RECEIPTS_MS, async receipts => {
      let unknown = receipts.map(({ messageId, state }) => ({ message_id: messageId, read: state === 'read' }))
      for (const ms of LOCKED_MS) {
        await sleep(ms)
        const found = new Set(await noteReceipts(db, ACCOUNT, unknown))
        unknown = unknown.filter(({ message_id }) => !found.has(message_id))
        // What is unknown to the end was written on the phone itself, or noted before.
        if (unknown.length === 0) return
      }
    }),
    readStanding: async () => {
      const row = await readNumber(db, ACCOUNT)
      return row && { number: row.number, standing: row.standing as Standing }
    },
    say: async standing => {
      await noteStanding(db, ACCOUNT, standing)
      if (ALARMS.includes(standing)) await addChannelTask(house, at, 'whatsapp', standing)
    },
    nextLink: async () => {
      const row = await nextLink(db, ACCOUNT)
      return row && { id: row.id, phone: row.phone && seal.open(placeOfPhone(row.id), row.phone).toString() }
    },
    tellLink: (id, news) => tellLink(db, id, seal.sealJson(placeOfNews(id), news), isEnd(news)),
    keepLinked: async (number, creds) => {
      const before = await readNumber(db, ACCOUNT)
      await held(wipeKeys(db, ACCOUNT, fence))
      await save({ creds })
      await db.transaction().execute(trx => noteLinked(trx, ACCOUNT, number))
      if (before?.number !== number) await endNoticesPause(db, at)
    },
    isWanted: id => isLinkOpen(db, id),
  }
}

const isEnd = (news: LinkNews): boolean => 'linked' in news || 'failed' in news
