// A reply that is not sent again, since it holds a secret or its second process died in sending it too: the person is told
// how to see it, and is never left without a word.
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import { followUp, type Recovered } from '../db/ledger-recover.ts'
import type { Database } from '../db/schema.ts'
import { say } from '../flows/speak.ts'
import type { Lang, Reply } from '../flows/types.ts'
import type { Seal } from '../seal.ts'

/** Queues the words behind the lost replies among these rows, one a chat. */
export async function askAgain(db: Kysely<Database>, seal: Seal, recovered: readonly Recovered[]): Promise<void> {
  const lost = recovered.filter(({ state, purpose }) => state === 'uncertain' && purpose === 'reply')
  const chats = Map.groupBy(lost, row => row.chat_id)
  if (chats.size === 0) return
  const replies = [...chats.values()].map(rows => {
    const id = randomUUIDv7()
    const last = rows.find(({ secret }) => secret) ?? (rows.at(-1) as Recovered)
    const reply: Reply = { text: say(last.language as Lang, last.secret ? 'ask_again_secret' : 'ask_again') }
    return { id, after: last.id, content: seal.sealJson(`ledger.content:${id}`, reply) }
  })
  await followUp(db, replies)
}
