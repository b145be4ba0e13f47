// Tasks as an operator sees and closes them.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

export type OpenTask = {
  readonly id: string
  readonly kind: string
  readonly event_id: string | null
  readonly number: string | null
  /** Null where the person had it erased. */
  readonly detail: Buffer | null
  readonly created_at: Date
  readonly waited_seconds: number
}

/** Everything that waits for a person, the oldest first. */
export function listTasks(db: Kysely<Database>): Promise<OpenTask[]> {
  return db
    .selectFrom('task')
    .leftJoin('registration', 'registration.id', 'task.registration_id')
    .select(['task.id', 'task.kind', 'task.event_id', 'registration.number', 'task.detail', 'task.created_at'])
    .select(sql<number>`extract(epoch from app_now() - task.created_at)::int`.as('waited_seconds'))
    .where('task.closed_at', 'is', null)
    .orderBy('task.created_at')
    .orderBy('task.id')
    .execute()
}

/** Open tasks whose id is this or ends in it. */
export async function findTasks(db: Kysely<Database>, idEnd: string): Promise<string[]> {
  const rows = await db
    .selectFrom('task')
    .select('id')
    .where('closed_at', 'is', null)
    .where(sql<boolean>`right(id::text, ${idEnd.length}) = ${idEnd}`)
    .execute()
  return rows.map(({ id }) => id)
}

/** Closes an open task; false where it is closed already. */
export async function closeTask(db: Kysely<Database>, id: string, by: string, why: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('task')
    .set({ closed_at: sql<Date>`app_now()`, closed_by: by, why })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
