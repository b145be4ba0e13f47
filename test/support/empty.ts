// Empties a house whose program goes on running.
import { sql } from 'kysely'
import type { House } from '../../src/house.ts'

/** No events, no conversations, no chats, and what hangs on them. */
export async function emptyHouse({ db }: House): Promise<void> {
  for (;;) {
    try {
      await sql`truncate event, conversation, chat, task, pause cascade`.execute(db)
      return
    } catch (error) {
      // The program was at work on the same tables.
      if (!(error instanceof Error && 'code' in error && error.code === '40P01')) throw error
    }
  }
}
