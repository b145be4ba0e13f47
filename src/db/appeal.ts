// Appeals against results: kept beside the task by which each is settled.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

export type NewAppeal = {
  readonly id: string
  readonly registration_id: string
  readonly number: string
  /** Sealed. */
  readonly answers: Buffer
  readonly task_id: string
}

/** How many appeals a registration has had. */
export async function countAppeals(db: Db, registrationId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from appeal where registration_id = ${registrationId}`.execute(db)
  return (rows[0] as { count: number }).count
}

/** Keeps an appeal. */
export const addAppeal = async (trx: Db, appeal: NewAppeal): Promise<void> => {
  await trx.insertInto('appeal').values(appeal).execute()
}

export type KeptAppeal = Pick<NewAppeal, 'id' | 'answers' | 'task_id'> & {
  /** Nobody has settled it yet. */
  readonly open: boolean
  /** Its task's; sealed. */
  readonly detail: Buffer | null
}

const kept = (db: Db) =>
  db
    .selectFrom('appeal')
    .innerJoin('task', 'task.id', 'task_id')
    .select(['appeal.id', 'answers', 'task_id', 'detail'])
    .select(sql<boolean>`closed_at is null`.as('open'))

/** A registration's appeals; their tasks are locked. */
export const lockAppeals = (trx: Db, registrationId: string): Promise<KeptAppeal[]> =>
  kept(trx).where('appeal.registration_id', '=', registrationId).forUpdate('task').execute()

/** The appeal that a task is about. */
export const appealOfTask = (trx: Db, taskId: string): Promise<KeptAppeal | undefined> =>
  kept(trx)
    .where('task.id', '=', taskId)
    .whereRef('appeal.registration_id', '=', 'task.registration_id')
    .executeTakeFirst()

/** Writes appeals anew, with the details of their tasks. */
export async function writeAppeals(
  trx: Db,
  appeals: readonly Pick<KeptAppeal, 'id' | 'answers' | 'task_id' | 'detail'>[],
): Promise<void> {
  if (appeals.length === 0) return
  await sql`
    with new as materialized (
      select * from ${rowset('new', appeals, { id: 'uuid', answers: 'bytea', task_id: 'uuid', detail: 'bytea' })}
    ), tasks as (
      update task set detail = new.detail, why = case when new.detail is null then null else why end
      from new where task.id = new.task_id
    )
    update appeal set answers = new.answers from new where appeal.id = new.id`.execute(trx)
}
