// Check-in: who was at which session. The first time counts; who is scanned twice learns when he was scanned first.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

export type CheckIn = {
  readonly number: string
  readonly name: string
  readonly status: string
  readonly event_id: string
  /** When and by whom; of the first time. */
  readonly at: Date
  readonly by: string
  readonly fresh: boolean
}

/** Whose numbers these are. */
export const findPeople = (db: Db, numbers: readonly string[]) =>
  db
    .selectFrom('registration')
    .select(['number', 'status', 'event_id', 'name'])
    .where('number', '=', sql<string>`any(${numbers})`)
    .execute()

/** Checks accepted people in at a session; a registration counts as changed, so that reminders look at it again. */
export async function checkIn(
  trx: Db,
  numbers: readonly string[],
  session: string,
  by: string,
): Promise<readonly CheckIn[]> {
  await sql`select from registration where number = any(${numbers}) order by id for update`.execute(trx)
  const added = await sql<{ registration_id: string }>`
    insert into check_in (registration_id, session, at, by)
    select id, ${session}, (select app_now()), ${by} from registration where number = any(${numbers}) and status = 'DITERIMA'
    on conflict do nothing
    returning registration_id`.execute(trx)
  const fresh = added.rows.map(({ registration_id }) => registration_id)
  await sql`
    update registration set changed_at = (select app_now()) where id = any(${fresh}::uuid[])`.execute(trx)
  const { rows } = await sql<CheckIn>`
    select number, name, status, event_id, at, by, registration.id = any(${fresh}::uuid[]) as fresh
    from registration join check_in on check_in.registration_id = registration.id and session = ${session}
    where number = any(${numbers})`.execute(trx)
  return rows
}

export type SheetLine = {
  readonly number: string
  readonly name: string
  readonly trade: string
  readonly association: string | null
  readonly answer: string | null
  readonly late: boolean | null
  readonly at: Date | null
}

/** Everybody who is accepted, by name: what he said, and whether he is there. */
export async function readSheet(db: Db, eventId: string, session: string): Promise<readonly SheetLine[]> {
  const { rows } = await sql<SheetLine>`
    select number, name, trade, association, answer, late, check_in.at
    from registration
    left join attendance on attendance.registration_id = registration.id
    left join check_in on check_in.registration_id = registration.id and session = ${session}
    where event_id = ${eventId} and status = 'DITERIMA'
    order by name, number`.execute(db)
  return rows
}
