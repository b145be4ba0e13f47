// Empties a house whose program goes on running.
import { sql } from 'kysely'
import { despiteDeadlocks } from '../../src/db/deadlock.ts'
import type { House } from '../../src/house.ts'

/** No events, no conversations, no chats, no numbers, and what hangs on them. */
export async function emptyHouse({ db }: House): Promise<void> {
  const empty = sql`truncate event, conversation, chat, inbox, task, ledger, pause, whatsapp_number cascade`
  // The program may be at work on the same tables.
  await despiteDeadlocks(() => empty.execute(db))
}
