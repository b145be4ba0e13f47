// A secret is never sent twice: where its process died in sending it, the person is told to ask for it again.
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import { followUp, type Recovered } from '../db/ledger-recover.ts'
import type { Database } from '../db/schema.ts'
import type { Reply } from '../flows/types.ts'
import type { Seal } from '../seal.ts'

const WORDS = {
  id: 'Maaf, pesan kami yang terakhir mungkin tidak sampai dan tidak bisa dikirim ulang. Silakan minta sekali lagi, ya.',
  en: "Sorry, our last message may not have reached you and can't be repeated. Please ask for it once more.",
}

/** Queues the words behind each lost secret among these rows. */
export async function askAgain(db: Kysely<Database>, seal: Seal, recovered: readonly Recovered[]): Promise<void> {
  const lost = recovered.filter(({ state, secret }) => state === 'uncertain' && secret)
  if (lost.length === 0) return
  const replies = lost.map(row => {
    const id = randomUUIDv7()
    const reply: Reply = { text: row.language === 'en' ? WORDS.en : WORDS.id }
    return { id, after: row.id, content: seal.sealJson(`ledger.content:${id}`, reply) }
  })
  await followUp(db, replies)
}
