// Plans reminders to renew a certificate: who agreed to be reminded, and whose certificate expires in so long.
import { type Kysely, sql } from 'kysely'
import type { EventFile } from '../domain/event-file.ts'
import { standing, wantsRenewal } from './result-read.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

const EVERY_MINUTES = 10

/** True once in ten minutes: what is said months ahead need not be looked for every few seconds. */
export async function mayPlanRenewals(db: Db): Promise<boolean> {
  const { rows } = await sql`
    insert into sweep as last (name, ran_at) values ('renewals', app_now())
    on conflict (name) do update set ran_at = excluded.ran_at
      where last.ran_at not between excluded.ran_at - ${EVERY_MINUTES} * interval '1 minute' and excluded.ran_at
    returning name`.execute(db)
  return rows.length > 0
}

/** Events with certificates that expire within the longest time ahead (a duration as ISO 8601 has it), and the time. */
export async function readExpiring(
  db: Db,
  ahead: string,
): Promise<readonly { readonly file: EventFile; readonly now: Date }[]> {
  const { rows } = await sql<{ file: EventFile; now: Date }>`
    select file, (select app_now()) as now from event where id in (
      select event_id from result join result_import on result_import.id = import_id
      where valid_until >= (select app_now())::date - 1
        and valid_until <= ((select app_now()) + ${ahead}::interval)::date + 1
    ) order by id`.execute(db)
  return rows
}

export type RenewalMoment = {
  readonly event_id: string
  readonly rule: string
  /** How long before the expiry, as ISO 8601 has it. */
  readonly before: string
  /** Shorter times of the same rule: after one of those this moment says nothing new. */
  readonly shorter: readonly string[]
  /** At which time of the day, in which zone. */
  readonly at: string
  readonly zone: string
  readonly due_at: Date
}

/**
 * Puts everybody whose moment has come into the ledger: once, and only who agreed before it came. A longer moment that
 * was missed is written down as expired, one that still waits is overtaken. Gives how many were added.
 */
export async function planRenewal(
  db: Db,
  { event_id, rule, before, shorter, at, zone, due_at }: RenewalMoment,
): Promise<number> {
  const { rows } = await sql<{ added: number }>`
    with due as materialized (
      select registration.id, conversation_id, current.valid_until::text as valid_until,
        current.valid_until::timestamp at time zone ${zone} as expires_at
      from registration cross join lateral (${standing}) as current
      where event_id = ${event_id} and registration.erased_at is null
        and registration.id in (
          select registration_id from result where valid_until > (select app_now())::date - 1
            and valid_until <= ((select app_now()) + ${before}::interval)::date + 1
        )
        and current.valid_until > ((select app_now()) at time zone ${zone})::date
        and (current.valid_until - ${before}::interval + ${at}::time) at time zone ${zone}
          between (
            select max(consent.at) from consent
            where consent.conversation_id = registration.conversation_id and purpose = 'renewal'
          ) and (select app_now())
        and ${wantsRenewal}
    ), overtaken as (
      update ledger set state = 'superseded' from due
      where ledger.recipient = due.id and purpose = ${rule} and state = 'queued'
        and occurrence <> ${before} || ' ' || due.valid_until
        and split_part(occurrence, ' ', 1) <> all(${shorter}::text[])
    ), added as (
      insert into ledger (id, purpose, recipient, occurrence, registration_id, conversation_id, event_id, state, priority,
        due_at, expires_at)
      select new_id(), ${rule}, id, ${before} || ' ' || valid_until, id, conversation_id, ${event_id},
        case when exists (
          select from ledger as later where later.purpose = ${rule} and later.recipient = due.id
            and later.occurrence = any(select one || ' ' || due.valid_until from unnest(${shorter}::text[]) as one)
        ) then 'expired' else 'queued' end, 20, ${due_at}, expires_at
      from due
      on conflict (purpose, recipient, occurrence, revision, road) do nothing
      returning state
    )
    select count(*)::int as added from added where state = 'queued'`.execute(db)
  return (rows[0] as { added: number }).added
}
