// Events as an operator sees them: the file and how its seats stand.
import { type Kysely, sql } from 'kysely'
import type { EventFile } from '../domain/event-file.ts'
import type { Database } from './schema.ts'

export type ListedEvent = { readonly id: string; readonly version: number; readonly file: EventFile }

/** Every event, the soonest first. */
export async function listEvents(db: Kysely<Database>): Promise<readonly ListedEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select(['id', 'version', 'file'])
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
  return rows.map(row => ({ ...row, file: row.file as EventFile }))
}

export type StatusCount = { readonly association: string | null; readonly status: string; readonly count: number }

/** How many registrations of an event have which status, by association. */
export async function countRegistrations(db: Kysely<Database>, eventId: string): Promise<readonly StatusCount[]> {
  return db
    .selectFrom('registration')
    .select(['association', 'status', sql<number>`count(*)::int`.as('count')])
    .where('event_id', '=', eventId)
    .groupBy(['association', 'status'])
    .execute()
}
