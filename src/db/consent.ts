// Consents: who agreed to which text, when and where.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

export type Consent = Omit<Database['consent'], 'at'>

/** Keeps what people agreed to or refused. */
export async function addConsents(trx: Kysely<Database>, consents: readonly Consent[]): Promise<void> {
  if (consents.length === 0) return
  await sql`
    insert into consent (id, conversation_id, purpose, given, text_version, language, channel, chat_id, message_id, at)
    select consent.*, app_now()
    from ${rowset('consent', consents, {
      id: 'uuid',
      conversation_id: 'uuid',
      purpose: 'text',
      given: 'boolean',
      text_version: 'text',
      language: 'text',
      channel: 'text',
      chat_id: 'uuid',
      message_id: 'text',
    })}`.execute(trx)
}
