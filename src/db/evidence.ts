// What an inspector asks for, read page by page or whole: attendance, results, decisions, the ledger in sums, the log.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

export type AttendanceRow = {
  readonly number: string
  readonly name: string
  readonly status: string
  readonly association: string | null
  readonly answer: string | null
  readonly session: string | null
  readonly at: Date | null
  readonly by: string | null
}

/** Everybody of an event with each session at which he was checked in; who never was has one row without. */
export async function readAttendance(db: Db, eventId: string): Promise<AttendanceRow[]> {
  const { rows } = await sql<AttendanceRow>`
    select number, name, status, association, answer, session, at, by
    from registration
    left join attendance on attendance.registration_id = registration.id
    left join check_in on check_in.registration_id = registration.id
    where event_id = ${eventId} order by number, at, session`.execute(db)
  return rows
}

export type LedgerSum = {
  readonly rule: string
  readonly state: string
  readonly channel: string | null
  readonly count: number
}

/** How many messages about an event, by rule, state and channel. Replies belong to no event. */
export async function sumLedger(db: Db, eventId: string): Promise<LedgerSum[]> {
  const { rows } = await sql<LedgerSum>`
    select purpose as rule, state, channel, count(*)::int as count from ledger
    where event_id = ${eventId} group by purpose, state, channel order by purpose, state, channel`.execute(db)
  return rows
}

export type AppealRow = {
  readonly number: string
  readonly name: string
  readonly created_at: Date
  readonly closed_at: Date | null
  readonly closed_by: string | null
}

/** Appeals against an event's results. */
export async function readAppeals(db: Db, eventId: string): Promise<AppealRow[]> {
  const { rows } = await sql<AppealRow>`
    select appeal.number, name, appeal.created_at, closed_at, closed_by
    from appeal join registration on registration.id = appeal.registration_id join task on task.id = task_id
    where registration.event_id = ${eventId} order by appeal.created_at`.execute(db)
  return rows
}

export type AuditRow = {
  readonly seq: number | null
  readonly id: string
  readonly at: Date
  readonly by: string
  readonly action: string
  readonly subject: string
  readonly detail_hash: string | null
  readonly hash: string | null
}

const AUDIT = sql`seq, id, at, by, action, subject, encode(detail_hash, 'hex') as detail_hash, encode(hash, 'hex') as hash`

/** The audit log, in the order of its chain; details are sealed and stay where they are. */
export async function readAudit(db: Db): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`select ${AUDIT} from audit order by seq nulls last`.execute(db)
  return rows
}

/** What was decided about an event and its registrations. */
export async function readDecisions(db: Db, eventId: string): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select ${AUDIT} from audit
    where subject = ${eventId} or subject in (select number from registration where event_id = ${eventId})
    order by seq nulls last`.execute(db)
  return rows
}
