// A world for transcripts: a house of its own, the sample event, and people who chat with it on one look.
import { randomUUIDv7 } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { cloud, telegram, whatsapp } from '../../src/bots/capabilities.ts'
import type { Bot, Incoming } from '../../src/bots/port.ts'
import { FileRefused } from '../../src/bots/port.ts'
import { eraseOldTexts } from '../../src/db/erase.ts'
import { importEvent } from '../../src/db/event-import.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { type Settled, settleRows } from '../../src/db/ledger-settle.ts'
import { readEventFile } from '../../src/domain/event-file.ts'
import type { Reply, Said } from '../../src/flows/types.ts'
import type { House } from '../../src/house.ts'
import { createReceiver, takeTurns } from '../../src/turn.ts'
import { freshDatabase } from './database.ts'
import { emptyHouse } from './empty.ts'
import { ORDINARY } from './ordinary.ts'

export const LOOKS = { telegram, whatsapp, cloud } as const
export type Look = keyof typeof LOOKS

export type Person = { readonly says: (said: Said) => Promise<readonly Reply[]> }
export type World = {
  readonly house: House
  /** Of the database, where a command is to read it. */
  readonly url?: string
  /** The account on which everybody chats, unless said otherwise. */
  readonly bot: Bot
  readonly person: (address: string, phone?: string, on?: Look) => Person
  readonly pass: (hours: number) => Promise<void>
  /** Empties the house and sets its clock to an instant (ISO). */
  readonly begin: (at: string) => Promise<void>
  readonly close: () => Promise<void>
  /** How the office decides here, where what is due leaves by itself. */
  readonly office?: (world: World, act: string) => Promise<readonly Reply[]>
}

/** Imports an event file of `examples/`, or a changed one. */
export async function openEvent(
  house: House,
  change: (file: Record<string, unknown>) => unknown = file => file,
): Promise<void> {
  const json = JSON.parse(await readFile(new URL('../../examples/pasuruan-2025.json', import.meta.url), 'utf8'))
  const read = readEventFile(change(json))
  if (!read.ok) throw new Error(JSON.stringify(read))
  const imported = await importEvent(house.db, house.seal, read.value, 'test')
  if (!imported.ok) throw new Error(imported.why)
}

/** A message that the platform took. */
export const accepted = (id: string): Settled => ({ id, state: 'accepted', message_id: id, why: null, seconds: null })

/** A look's account. */
export const botOf = (look: Look): Bot => ({
  channel: 'simulator',
  account: look,
  capabilities: LOOKS[look],
  send: async ({ id }) => ({ messageId: id }),
  fetch: async () => {
    throw new FileRefused('unreachable')
  },
})

/** A house whose people reach it through receive and takeTurns alone. */
export async function createWorld(look: Look): Promise<World> {
  const { house, url, close } = await freshDatabase()
  return { ...worldOf(house, look), url, close }
}

/** The people of a house who reach it through receive and takeTurns alone. */
export function worldOf(house: House, look: Look): Omit<World, 'close'> {
  const receive = createReceiver(house)
  const bots = (Object.keys(LOOKS) as Look[]).map(botOf)
  let order = 0

  async function answers(message: Incoming): Promise<readonly Reply[]> {
    await receive([message])
    const replies: Reply[] = []
    for (;;) {
      const batch = await takeTurns(house, bots)
      if (batch.turns === 0) return replies
      await settleRows(
        house.db,
        batch.replies.map(r => accepted(r.id)),
      )
      replies.push(
        ...batch.replies.filter(r => r.address === message.address && r.account === message.account).map(r => r.reply),
      )
    }
  }

  return {
    house,
    bot: botOf(look),
    person: (address, phone, on = look) => ({
      says: said =>
        answers({
          channel: 'simulator',
          account: on,
          address,
          messageId: randomUUIDv7(),
          order: ++order,
          said,
          ...(said.kind === 'button' ? { press: { callback: String(order), message: '1' } } : {}),
          ...(phone ? { phone } : {}),
        }),
    }),
    pass: async hours => {
      await shiftClock(house.db, `${hours} hours`)
      // As a running house does by itself.
      await eraseOldTexts(house.db)
    },
    begin: async at => {
      await emptyHouse(house)
      await sql`update installation set clock_shift = ${at}::timestamptz - clock_timestamp()`.execute(house.db)
    },
  }
}

/** Says the ordinary answers from the first message up to and with the one to `last`. */
export async function answerUntil(
  person: Person,
  last: string,
  instead: Readonly<Record<string, string>> = {},
): Promise<void> {
  await person.says({ kind: 'text', text: 'daftar' })
  for (const [question, text] of Object.entries({ ...ORDINARY, ...instead })) {
    await person.says({ kind: 'text', text })
    if (question === last) return
  }
}
