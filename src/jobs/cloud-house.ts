// What the Cloud API's bot needs of the house: who is who, and where it is written down what became of messages.
import { setTimeout as pause } from 'node:timers/promises'
import type { CloudHouse, Status } from '../bots/cloud/cloud.ts'
import { noteCloudNumber, noteUndelivered } from '../db/cloud.ts'
import { noteReceipts } from '../db/ledger-receipt.ts'
import type { House } from '../house.ts'
import { createAddressBook } from './whatsapp-address.ts'

/** A status may overtake the answer to the send, and that answer is written a few milliseconds after it came. */
const OVERTAKEN_MS = [30, 500]

export function createCloudHouse(house: House, account: string): CloudHouse {
  return {
    addressOf: createAddressBook(house, { channel: 'cloud', account }),
    noteStatuses: async statuses => {
      let unknown = statuses
      for (const ms of [0, ...OVERTAKEN_MS]) {
        await pause(ms)
        const found = new Set(await note(house, account, unknown))
        unknown = unknown.filter(({ messageId }) => !found.has(messageId))
        // What is unknown to the end was sent by somebody else with this number, or was noted before.
        if (unknown.length === 0) return
      }
    },
    say: (standing, peoplePerDay) => noteCloudNumber(house.db, account, standing, peoplePerDay),
  }
}

async function note({ db }: House, account: string, statuses: readonly Status[]): Promise<readonly string[]> {
  const receipts = statuses.flatMap(status =>
    status.state === 'failed' ? [] : [{ message_id: status.messageId, read: status.state === 'read' }],
  )
  const undelivered = statuses.flatMap(status => {
    if (status.state !== 'failed') return []
    const { refusal } = status
    const why = refusal.kind === 'wait' ? `wait ${refusal.seconds} s` : refusal.why
    const seconds = refusal.kind === 'wait' || refusal.kind === 'later' ? refusal.seconds : null
    return [{ message_id: status.messageId, why, seconds, blocked: refusal.kind === 'blocked' }]
  })
  return [
    ...(receipts.length > 0 ? await noteReceipts(db, account, receipts, 'cloud') : []),
    ...(undelivered.length > 0 ? await noteUndelivered(db, account, undelivered) : []),
  ]
}
