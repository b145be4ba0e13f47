// A conversation's state outside of its turns: when an organiser's decision opens a question again.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** Locks a conversation and gives its sealed state; null before the first turn. */
export async function lockState(trx: Kysely<Database>, id: string): Promise<Buffer | null> {
  const { state } = await trx
    .selectFrom('conversation')
    .select('state')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  return state
}

/** Puts another question: the person has waited for nothing so far. */
export async function writeState(
  trx: Kysely<Database>,
  id: string,
  { state, question }: { readonly state: Buffer; readonly question: string | null },
): Promise<void> {
  const now = sql<Date>`app_now()`
  await trx
    .updateTable('conversation')
    .set({ state, question, waiting_since: question === null ? null : now, changed_at: now })
    .where('id', '=', id)
    .execute()
}
