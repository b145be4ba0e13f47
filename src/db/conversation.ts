// Conversations: where each person stands. What a batch of turns changes is written by one statement.
import { type Kysely, sql } from 'kysely'
import { clock } from './clock.ts'
import { insertReplies, type NewReply } from './reply.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

/** What one turn leaves behind. */
export type TakenTurn = {
  readonly conversation_id: string
  readonly inbox_id: string
  /** Sealed. */
  readonly state: Buffer
  readonly question: string | null
  readonly language: string
  readonly event_id: string | null
  /** Whether the person wants reminders; null where this turn did not say. */
  readonly reminders: boolean | null
  /** Nothing came of it yet: it is kept for the draft days only. */
  readonly draft: boolean
}

/** Writes where people stand now, that their messages are handled, and the replies, which are about to leave. */
export async function writeTurns(
  trx: Kysely<Database>,
  turns: readonly TakenTurn[],
  replies: readonly NewReply[],
): Promise<void> {
  await sql`
    with ${clock}, taken as materialized (
      select taken.*, at from clock, ${rowset('taken', turns, {
        conversation_id: 'uuid',
        inbox_id: 'uuid',
        state: 'bytea',
        question: 'text',
        language: 'text',
        event_id: 'text',
        reminders: 'boolean',
        draft: 'boolean',
      })}
    ), stands as (
      update conversation set state = taken.state, question = taken.question, language = taken.language,
        waiting_since = case when taken.question is not null then at end,
        event_id = coalesce(taken.event_id, conversation.event_id),
        stopped_at = case taken.reminders when true then null when false then coalesce(stopped_at, at) else stopped_at end,
        draft = taken.draft, turns = turns + 1, changed_at = at
      from taken where conversation.id = taken.conversation_id
    ), handled as (
      update inbox set handled_at = at, conversation_id = taken.conversation_id
      from taken where inbox.id = taken.inbox_id
    )
    ${insertReplies(replies)}`.execute(trx)
}
