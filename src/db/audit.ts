// The audit log: who changed what, and when.
import { randomUUIDv7 } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Seal } from '../seal.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

export type AuditEntry = {
  readonly by: string
  /** What was done: 'event.import', 'registration.accept' … */
  readonly action: string
  /** What it was done to: an event's id, a registration number … Never a person's data. */
  readonly subject: string
  /** Old and new values, sealed. */
  readonly detail?: unknown
}

/** Writes entries into the audit log; belongs into the transaction of the change itself. */
export async function audit(db: Kysely<Database>, seal: Seal, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ by, action, subject, detail }) => {
    const id = randomUUIDv7()
    return {
      id,
      by,
      action,
      subject,
      detail: detail === undefined ? null : seal.sealJson(`audit.detail:${id}`, detail),
    }
  })
  await sql`
    insert into audit (id, by, action, subject, detail)
    select * from ${rowset('entry', rows, {
      id: 'uuid',
      by: 'text',
      action: 'text',
      subject: 'text',
      detail: 'bytea',
    })}`.execute(db)
}
