// A house with 75 people, half on each look, whose clock a test moves: what they are told is kept with its time.
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Bot } from '../../src/bots/port.ts'
import { FileRefused } from '../../src/bots/port.ts'
import { settleRows } from '../../src/db/ledger-settle.ts'
import type { Reply } from '../../src/flows/types.ts'
import { createDeliverer } from '../../src/jobs/deliver.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import { createPace } from '../../src/jobs/pace.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { createReceiver, takeTurns } from '../../src/turn.ts'
import { setClock } from '../cli/support.ts'
import { freshDatabase } from '../support/database.ts'
import { accepted, LOOKS, type Look, openEvent } from '../support/world.ts'

export type Told = { readonly person: number; readonly why: string; readonly reply: Reply }
export type TimelineHouse = Awaited<ReturnType<typeof openTimelineHouse>>

export async function openTimelineHouse(people: number, begin: string) {
  const { house, close } = await freshDatabase()
  const { db } = house
  await setClock(house, begin)
  await openEvent(house, file => ({ ...file, quotas: { gapensi: people } }))
  const told: Told[] = []
  const lookOf = (person: number): Look => (person % 2 === 0 ? 'whatsapp' : 'telegram')
  const receive = createReceiver(house)
  let order = 0

  const bots = (Object.keys(LOOKS) as Look[]).map(
    (look): Bot => ({
      channel: 'simulator',
      account: look,
      capabilities: LOOKS[look],
      send: async ({ id, address, reply }) => {
        const { purpose } = await db
          .selectFrom('ledger')
          .select('purpose')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        told.push({ person: Number(address), why: purpose, reply })
        return { messageId: id }
      },
      fetch: async () => {
        throw new FileRefused('unreachable')
      },
    }),
  )
  const deliverer = createDeliverer(house, bots, { room: () => {}, due: () => {} })
  const outbox = createOutbox(house, bots, deliverer, createPace(house, false))

  const due = async () =>
    (
      await sql<{ n: number }>`
        select count(*)::int as n from ledger join conversation on conversation.id = conversation_id
        where ledger.state in ('claimed', 'attempted')
          or (ledger.state = 'queued' and chat_id is not null and due_at <= app_now() and stopped_at is null)`.execute(
        db,
      )
    ).rows[0]?.n

  return {
    house,
    told,
    setClock: (at: string) => setClock(house, at),
    /** They write at the same moment. */
    say: async (persons: readonly number[], text: (person: number) => string) => {
      await receive(
        persons.map(person => ({
          channel: 'simulator' as const,
          account: lookOf(person),
          address: String(person),
          messageId: randomUUIDv7(),
          order: ++order,
          said: { kind: 'text' as const, text: text(person) },
        })),
      )
      for (let batch = await takeTurns(house, bots); batch.turns > 0; batch = await takeTurns(house, bots)) {
        await settleRows(
          db,
          batch.replies.map(({ id }) => accepted(id)),
        )
        for (const { address, reply } of batch.replies) told.push({ person: Number(address), why: 'jawaban', reply })
      }
    },
    /** A sweep of each account; resolves when all that may leave now has left. */
    sweep: async () => {
      for (const bot of bots) await sweep(house, bot, (what, at) => what === 'notices' && outbox.ring(at))
      while (await due()) await new Promise(resolve => setTimeout(resolve, 2))
    },
    /** When the next message that waits is due, after a moment. */
    nextDue: async (): Promise<Date | undefined> =>
      (
        await sql<{ at: Date | null }>`
          select min(due_at) as at from ledger where state = 'queued' and due_at > app_now()`.execute(db)
      ).rows[0]?.at ?? undefined,
    close: async () => {
      await outbox.stop()
      await deliverer.stop()
      await close()
    },
  }
}
