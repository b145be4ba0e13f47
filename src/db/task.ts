// Tasks: whatever waits for a person's decision.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

export type NewTask = Pick<
  Database['task'],
  'id' | 'kind' | 'event_id' | 'conversation_id' | 'registration_id' | 'detail' | 'matter'
>

/** Opens tasks; a matter that has an open task already gets no second one. */
export async function addTasks(trx: Kysely<Database>, tasks: readonly NewTask[]): Promise<void> {
  if (tasks.length === 0) return
  await sql`
    insert into task (id, kind, event_id, conversation_id, registration_id, detail, matter)
    select * from ${rowset('new', tasks, {
      id: 'uuid',
      kind: 'text',
      event_id: 'text',
      conversation_id: 'uuid',
      registration_id: 'uuid',
      detail: 'bytea',
      matter: 'text',
    })}
    on conflict (matter) where closed_at is null do nothing`.execute(trx)
}
