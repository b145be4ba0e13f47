// A front desk for tests of turns: a house whose event is open, people who write, turns taken when the test says so.

import { randomUUIDv7 } from 'node:crypto'
import { telegram } from '../../src/bots/capabilities.ts'
import type { Incoming } from '../../src/bots/port.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { claimDue } from '../../src/db/ledger-claim.ts'
import { routeNotices } from '../../src/db/ledger-route.ts'
import { settleRows } from '../../src/db/ledger-settle.ts'
import type { Flow } from '../../src/flows/flow.ts'
import type { State } from '../../src/flows/types.ts'
import type { House } from '../../src/house.ts'
import { makeLetters } from '../../src/jobs/letters.ts'
import { createReceiver, type LeavingReply, type Sender, takeTurns } from '../../src/turn.ts'
import { freshDatabase } from '../support/database.ts'
import { ORDINARY } from '../support/ordinary.ts'
import { accepted, openEvent } from '../support/world.ts'

export const SENDER: Sender = { channel: 'simulator', account: 'telegram', capabilities: telegram }

export type Desk = {
  readonly url: string
  readonly house: House
  readonly receive: (messages: readonly Incoming[]) => Promise<void>
  /** Takes batches until nobody waits. */
  readonly takeAll: (flow?: Flow) => Promise<LeavingReply[]>
  readonly close: () => Promise<void>
}

export async function openDesk(): Promise<Desk> {
  const { url, house, close } = await freshDatabase()
  await shiftClock(house.db, `${(Date.parse('2025-09-20T02:00:00Z') - Date.now()) / 1000} seconds`)
  await openEvent(house)
  return { url, house, receive: createReceiver(house), takeAll: flow => takeAll(house, flow), close }
}

async function takeAll(house: House, flow?: Flow): Promise<LeavingReply[]> {
  const replies: LeavingReply[] = []
  for (;;) {
    const batch = await takeTurns(house, [SENDER], flow)
    if (batch.turns === 0) return replies
    replies.push(...batch.replies)
  }
}

let sent = 0

/** A message of somebody, later than all before it. */
export function message(address: string, text: string, more: Partial<Incoming> = {}): Incoming {
  return {
    channel: SENDER.channel,
    account: SENDER.account,
    address,
    messageId: randomUUIDv7(),
    order: ++sent,
    said: { kind: 'text', text },
    ...more,
  }
}

/** All that an ordinary worker says, up to the YA. */
export const ordinary = (instead: Readonly<Record<string, string>> = {}): string[] => [
  'daftar',
  ...Object.values({ ...ORDINARY, ...instead }),
]

/** Lets somebody say these words, and gives what he hears. */
export async function says(desk: Desk, address: string, ...words: readonly string[]): Promise<string[]> {
  await desk.receive(words.map(text => message(address, text)))
  return textsTo(await desk.takeAll(), address)
}

export const textsTo = (replies: readonly LeavingReply[], address: string): string[] =>
  replies.filter(reply => reply.address === address).map(({ reply }) => reply.text)

/** Where a person stands. */
export async function stateOf({ house }: Desk, address: string): Promise<State> {
  const key = house.seal.lookup('address', `${SENDER.channel} ${SENDER.account} ${address}`)
  const { id, state } = await house.db
    .selectFrom('chat')
    .innerJoin('conversation', 'conversation.id', 'chat.conversation_id')
    .select(['conversation.id', 'conversation.state'])
    .where('address_key', '=', key)
    .executeTakeFirstOrThrow()
  if (!state) throw new Error(`nobody has answered ${address} yet`)
  return house.seal.openJson(`conversation.state:${id}`, state)
}

/** Lets what is due leave; gives to whom and in which words. */
export async function leaving({ house }: Desk): Promise<(readonly [string, string])[]> {
  await house.db.updateTable('ledger').set({ state: 'accepted' }).where('state', '=', 'attempted').execute()
  await routeNotices(house.db)
  const bot = { ...SENDER, send: async () => ({ messageId: null }), fetch: async () => Buffer.alloc(0) }
  const { rows } = await claimDue(house.db, SENDER, 'notices', 50)
  const { ready } = await makeLetters(house, bot, rows)
  await settleRows(
    house.db,
    [],
    ready.map(one => one.leaving),
  )
  await settleRows(
    house.db,
    ready.map(({ letter }) => accepted(letter.id)),
  )
  return ready.map(({ letter }) => [letter.address, letter.reply.text] as const)
}
