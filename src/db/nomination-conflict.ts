// One person whom two associations nominated: what waits for a decision, and what the decision does.
import { type Kysely, sql } from 'kysely'
import { endRegistrations } from './nomination.ts'
import type { Database } from './schema.ts'
import { type Ground, queueAgain, readQueue, release, takeSeats } from './seats.ts'

type Db = Kysely<Database>

export type Conflict = {
  readonly id: string
  readonly event_id: string
  readonly name: string
  readonly association: string
  /** The association that had nominated the person before; null where the person has registered by himself. */
  readonly other: string | null
  readonly conflict_with: string | null
}

export async function listConflicts(db: Db): Promise<Conflict[]> {
  const { rows } = await sql<Conflict>`
    select newer.id, newer.event_id, newer.name, newer.association, older.association as other, newer.conflict_with
    from nomination as newer left join nomination as older on older.id = newer.conflict_with
    where newer.event_id in (select id from event where ends_at > (select app_now())) and newer.state = 'DIPERIKSA'
    order by newer.created_at`.execute(db)
  return rows
}

/** Ends the nomination that was decided against, and closes its task. */
export async function dismiss(trx: Db, ground: Ground, id: string): Promise<void> {
  const row = await trx.selectFrom('nomination').select('registration_id').where('id', '=', id).executeTakeFirst()
  if (row?.registration_id) await endRegistrations(trx, [row.registration_id])
  await release(trx, ground, [id], 'BATAL')
  await closeTask(trx, id)
}

/** The nomination counts now: a free seat, else the end of the reserve. False where both are full. */
export async function uphold(trx: Db, ground: Ground, { id, association }: Conflict): Promise<boolean> {
  await closeTask(trx, id)
  const { waiting } = await readQueue(trx, ground, association)
  if (waiting === 0 && (await takeSeats(trx, ground, [{ id, association }])).has(id)) {
    await sql`
      update nomination set state = 'DIUSULKAN', conflict_with = null, changed_at = app_now() where id = ${id}`.execute(
      trx,
    )
    return true
  }
  return (await queueAgain(trx, ground, { id, association })) !== null
}

async function closeTask(trx: Db, nomination: string): Promise<void> {
  await sql`
    update task set closed_at = app_now(), closed_by = 'nominations resolve'
    where matter = ${`conflict ${nomination}`} and closed_at is null`.execute(trx)
}
