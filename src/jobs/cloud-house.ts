// What the Cloud API's bot needs of the house: who is who, and where it is written down what became of messages.
import { setTimeout as pause } from 'node:timers/promises'
import type { Cloud, CloudHouse, Status } from '../bots/cloud/cloud.ts'
import type { Refusal } from '../bots/port.ts'
import { noteCloudNumber } from '../db/cloud.ts'
import { noteTaken, noteUndelivered, type Undelivered } from '../db/cloud-status.ts'
import { noteReceipts } from '../db/ledger-receipt.ts'
import { readNoticesPause } from '../db/pause.ts'
import type { House } from '../house.ts'
import type { Seal } from '../seal.ts'
import { addChannelTask, restrict } from './restrict.ts'
import { createAddressBook } from './whatsapp-address.ts'

/** A status may overtake the answer to the send, and that answer is written a few milliseconds after it came. */
const OVERTAKEN_MS = [30, 500]

/** The number's own standing, which somebody has to see to: the message itself is not at fault. */
const MAY_BE_MENDED: readonly string[] = ['unreachable', 'restricted']
const AGAIN_SECONDS = 60

export function createCloudHouse(house: House, account: string): CloudHouse {
  return {
    idOf: metaId => cloudId(house.seal, metaId),
    addressOf: createAddressBook(house, { channel: 'cloud', account }),
    noteStatuses: async statuses => {
      let unknown = statuses
      let early: readonly Status[] = []
      for (const ms of [0, ...OVERTAKEN_MS]) {
        await pause(ms)
        ;({ unknown, early } = await noteWhatCan(house, account, unknown))
        // What is unknown to the end was sent by somebody else with this number, or was noted before.
        if (unknown.length === 0) return
      }
      // Meta tells it again when it hears no 200.
      if (early.length > 0) throw new ToldEarly()
    },
    say: async (standing, ...stands) => {
      await noteCloudNumber(house.db, account, standing, ...stands)
      if (standing.startsWith('refused'))
        await addChannelTask(house, { channel: 'cloud', account }, 'refused', standing)
    },
  }
}

/** How the number stands: `ok`, or in a few words what is wrong. */
export async function sayCloud({ db }: House, { channel, account, health }: Cloud): Promise<string> {
  const pause = await readNoticesPause(db, { channel, account }).catch(() => undefined)
  return pause?.why.startsWith('restricted') ? pause.why : health()
}

/** What stands for one of Meta's ids: a keyed digest. */
export const cloudId = (seal: Seal, metaId: string): string =>
  seal.lookup('cloud message', metaId).toString('base64url')

/** A message that is being sent: what becomes of it is not to be lost, and can't be written yet. */
class ToldEarly extends Error {
  override name = 'ToldEarly'
}

type Left = { readonly unknown: readonly Status[]; readonly early: readonly Status[] }

/** Gives what could not be noted, and what of that is told of messages that are being sent just now. */
async function noteWhatCan(house: House, account: string, statuses: readonly Status[]): Promise<Left> {
  const known = await note(house, account, statuses)
  const others = statuses.filter(({ messageId }) => !known.includes(messageId))
  const told = others.flatMap(({ row, messageId }) => (row ? [{ id: row, message_id: messageId }] : []))
  const doubted = told.length > 0 ? await noteTaken(house.db, account, told) : []
  const ofRow = (isEarly: boolean) =>
    others.filter(({ row }) => doubted.some(({ id, early }) => id === row && early === isEarly))
  const noted = await note(house, account, ofRow(false))
  const early = ofRow(true)
  // That it was sent is no news of any other.
  const unknown = others.filter(one => early.includes(one) || (one.state !== 'sent' && !noted.includes(one.messageId)))
  return { unknown, early }
}

async function note(house: House, account: string, statuses: readonly Status[]): Promise<readonly string[]> {
  const receipts = statuses.flatMap(status =>
    status.state === 'delivered' || status.state === 'read'
      ? [{ message_id: status.messageId, read: status.state === 'read' }]
      : [],
  )
  const failures = statuses.flatMap(status => (status.state === 'failed' ? [status] : []))
  const found = [
    ...(receipts.length > 0 ? await noteReceipts(house.db, account, receipts, 'cloud') : []),
    ...(failures.length > 0 ? await noteUndelivered(house.db, account, failures.map(toUndelivered)) : []),
  ]
  const restricted = failures.find(one => one.refusal.kind === 'restricted' && found.includes(one.messageId))
  if (restricted) await restrict(house, { channel: 'cloud', account }, whyOf(restricted.refusal))
  return found
}

/** What may be mended leaves once more, later; the rest failed. */
function toUndelivered({ messageId, refusal }: Extract<Status, { readonly state: 'failed' }>): Undelivered {
  const seconds = 'seconds' in refusal ? refusal.seconds : MAY_BE_MENDED.includes(refusal.kind) ? AGAIN_SECONDS : null
  return { message_id: messageId, why: whyOf(refusal), seconds, blocked: refusal.kind === 'blocked' }
}

const whyOf = (refusal: Refusal): string => (refusal.kind === 'wait' ? `wait ${refusal.seconds} s` : refusal.why)
