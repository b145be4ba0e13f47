// Floods: what a chat sends beyond 50 messages in 10 s gets no turn, and a warning once a minute.
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Channel } from '../bots/port.ts'
import { addReplies, warnedLately } from '../db/reply.ts'
import type { Database } from '../db/schema.ts'
import { dropFloods, type Waiting } from '../db/waiting.ts'
import { say } from '../flows/speak.ts'
import type { Lang } from '../flows/types.ts'
import type { Seal } from '../seal.ts'
import type { Batch } from './batch.ts'
import { type LeavingReply, sealReply } from './person.ts'

/** Drops the surplus of the flooding chats among those who wait, and warns each. Counts dropped messages as turns. */
export async function stemFloods(
  trx: Kysely<Database>,
  seal: Seal,
  waiting: readonly Waiting[],
): Promise<Omit<Batch, 'more'>> {
  const floods = waiting.filter(one => one.flood)
  if (floods.length === 0) return { turns: 0, replies: [] }
  const dropped = await dropFloods(
    trx,
    floods.map(one => one.chat_id),
  )
  const warned = await warnedLately(
    trx,
    floods.map(one => one.chat_id),
  )
  const unwarned = floods.filter(one => !warned.has(one.chat_id))
  const replies = unwarned.map(one => warning(seal, one))
  const rows = unwarned.map(({ conversation_id, inbox_id }, i) =>
    sealReply(seal, replies[i] as LeavingReply, conversation_id, `flood ${inbox_id}`, null),
  )
  await addReplies(trx, rows)
  return { turns: dropped.reduce((sum, chat) => sum + chat.dropped, 0), replies }
}

const warning = (seal: Seal, one: Waiting): LeavingReply => ({
  id: randomUUIDv7(),
  channel: one.channel as Channel,
  account: one.account,
  chatId: one.chat_id,
  address: seal.open(`chat.address:${one.chat_id}`, one.address).toString(),
  reply: { text: say(one.language as Lang, 'flooded') },
  place: 0,
})
