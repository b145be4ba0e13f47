// Who says he will come, and who has confirmed a correction.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

export type NewAttendance = {
  readonly registration_id: string
  readonly answer: string
  readonly late: boolean
  /** Sealed. */
  readonly said: Buffer
}

/** Keeps people's answers; the newest counts. */
export async function addAttendance(trx: Db, answers: readonly NewAttendance[]): Promise<void> {
  const newest = [...new Map(answers.map(answer => [answer.registration_id, answer])).values()]
  if (newest.length === 0) return
  await sql`
    insert into attendance (registration_id, answer, late, said, answered_at)
    select new.*, (select app_now())
    from ${rowset('new', newest, { registration_id: 'uuid', answer: 'text', late: 'boolean', said: 'bytea' })}
    on conflict (registration_id) do update
      set answer = excluded.answer, late = excluded.late, said = excluded.said, answered_at = excluded.answered_at`.execute(
    trx,
  )
}

export type Confirmed = { readonly ledger: string; readonly conversation_id: string }

/** Notes that people confirmed corrections of their own. */
export async function addConfirmed(trx: Db, confirmed: readonly Confirmed[]): Promise<void> {
  if (confirmed.length === 0) return
  await sql`
    insert into confirmed (ledger_id, at)
    select distinct ledger.id, (select app_now())
    from ${rowset('seen', confirmed, { ledger: 'uuid', conversation_id: 'uuid' })}
    join ledger on ledger.id = seen.ledger and ledger.conversation_id = seen.conversation_id
    on conflict (ledger_id) do nothing`.execute(trx)
}
