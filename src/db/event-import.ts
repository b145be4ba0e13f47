// Brings an event file into the database: a new event, or the next version of one that is there.
import { type Kysely, sql } from 'kysely'
import type { EventFile } from '../domain/event-file.ts'
import { momentsOf } from '../domain/moments.ts'
import { SUMMARY } from '../domain/result.ts'
import { toldChanges } from '../domain/told-changes.ts'
import type { Seal } from '../seal.ts'
import { audit } from './audit.ts'
import { readNow } from './clock.ts'
import { countAccepted } from './registration-decide.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'
import { clearSeats, fillSeats } from './seat-layout.ts'
import { lockSeats, offerFree } from './seats.ts'

export type Imported = { readonly ok: true; readonly version: number } | { readonly ok: false; readonly why: string }

/** Imports an event; one of the same id is replaced, unless people were accepted for seats it no longer has. */
export async function importEvent(db: Kysely<Database>, seal: Seal, file: EventFile, by: string): Promise<Imported> {
  const change = async (trx: Kysely<Database>): Promise<Imported> => {
    const { id } = file.event
    const former = await trx
      .selectFrom('event')
      .select(['file', 'version'])
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    const why = (await prefixTaken(trx, file)) ?? (await seatsTaken(trx, file)) ?? (await clearSeats(trx, file))
    if (why) return { ok: false, why }
    const version = (former?.version ?? 0) + 1
    const row = { ...columns(file), version, changed_at: sql<Date>`app_now()` }
    await trx
      .insertInto('event')
      .values({ id, ...row })
      .onConflict(conflict => conflict.column('id').doUpdateSet(row))
      .execute()
    await keepVersion(trx, file, version, former?.file as EventFile | undefined)
    await followTruth(trx, file, former?.file as EventFile | undefined)
    await writeQuotas(trx, file)
    await fillSeats(trx, file)
    await offerFree(trx, await lockSeats(trx, id))
    await audit(trx, seal, [
      { by, action: 'event.import', subject: id, detail: { version, former: former?.file ?? null } },
    ])
    return { ok: true, version }
  }
  return db.isTransaction ? change(db) : db.transaction().execute(change)
}

/** Keeps the file, and whether it changes what people were told. */
async function keepVersion(
  trx: Kysely<Database>,
  file: EventFile,
  version: number,
  former: EventFile | undefined,
): Promise<void> {
  const now = (await readNow(trx)).toTemporalInstant()
  const to_tell = former !== undefined && toldChanges(former, file, now).length > 0
  const row = { event_id: file.event.id, version, file: JSON.stringify(file), to_tell, at: sql<Date>`app_now()` }
  await trx.insertInto('event_version').values(row).execute()
}

/** What still waits follows the new file: another time, or none where its rule fires no more. */
async function followTruth(trx: Kysely<Database>, file: EventFile, former: EventFile | undefined): Promise<void> {
  const timed = [...(former?.reminders.plan ?? []), ...file.reminders.plan].filter(
    rule => !('on' in rule || 'expiry' in rule),
  )
  const moments = momentsOf(file).map(({ rule, occurrence, due, expires }) => ({
    name: `${rule} ${occurrence}`,
    due_at: due.toString(),
    expires_at: expires.toString(),
  }))
  const waiting = sql`ledger.state = 'queued' and ledger.event_id = ${file.event.id} and purpose <> 'reply'`
  await sql`
    with moment as (
      select name, due_at::timestamptz, expires_at::timestamptz
      from ${rowset('moment', moments, { name: 'text', due_at: 'text', expires_at: 'text' })}
    ), moved as (
      update ledger set due_at = greatest(ledger.due_at, moment.due_at), expires_at = moment.expires_at
      from moment where ${waiting} and purpose || ' ' || occurrence = moment.name
    ), decisions as (
      update ledger set expires_at = ends_at from event
      where ${waiting} and priority < 20 and purpose not in ('hasil', 'sertifikat', ${SUMMARY}) and event.id = ledger.event_id
    )
    update ledger set state = 'superseded'
    where ${waiting} and purpose = any(${timed.map(({ id }) => id)})
      and purpose || ' ' || occurrence not in (select name from moment)`.execute(trx)
}

/** What the event's columns say, taken from its file. */
function columns(file: EventFile) {
  const { event, registration } = file
  const midnight = (date: Temporal.PlainDate) =>
    new Date(date.toZonedDateTime(event.timezone).toInstant().epochMilliseconds)
  return {
    file: JSON.stringify(file),
    starts_at: midnight(Temporal.PlainDate.from(event.date_start)),
    ends_at: midnight(Temporal.PlainDate.from(event.date_end).add({ days: 1 })),
    open_at: new Date(registration.open),
    close_at: new Date(registration.close),
    capacity: event.capacity,
  }
}

/** Registration numbers are unique in the house, so two events can't share a prefix. */
async function prefixTaken(db: Kysely<Database>, file: EventFile): Promise<string | undefined> {
  const prefix = file.registration.number_prefix
  const other = await db
    .selectFrom('event')
    .select('id')
    .where('id', '!=', file.event.id)
    .where(sql<boolean>`file -> 'registration' ->> 'number_prefix' = ${prefix}`)
    .executeTakeFirst()
  return other && `registration.number_prefix: "${prefix}" belongs to the event ${other.id}; choose another`
}

/** Nobody who was accepted may lose the seat by an import. Locks the seats, so that nobody is accepted meanwhile. */
async function seatsTaken(db: Kysely<Database>, file: EventFile): Promise<string | undefined> {
  const { id, capacity } = file.event
  await db
    .selectFrom('event_association')
    .select('association')
    .where('event_id', '=', id)
    .orderBy('association')
    .forNoKeyUpdate()
    .execute()
  const accepted = await countAccepted(db, id)
  const all = [...accepted.values()].reduce((sum, seats) => sum + seats, 0)
  if (all > capacity) return `event.capacity: already accepted: ${all}, more than ${capacity}`
  for (const [association, seats] of accepted) {
    const quota = association === null ? seats : (file.quotas[association] ?? 0)
    if (seats > quota) return `quotas.${association}: already accepted from there: ${seats}, more than ${quota}`
  }
  return undefined
}

async function writeQuotas(db: Kysely<Database>, file: EventFile): Promise<void> {
  const { id } = file.event
  const rows = Object.entries(file.quotas).map(([association, quota]) => ({ event_id: id, association, quota }))
  let gone = db.deleteFrom('event_association').where('event_id', '=', id)
  if (rows.length) gone = gone.where('association', 'not in', Object.keys(file.quotas))
  await gone.execute()
  if (rows.length === 0) return
  await db
    .insertInto('event_association')
    .values(rows)
    .onConflict(conflict =>
      conflict.columns(['event_id', 'association']).doUpdateSet({ quota: eb => eb.ref('excluded.quota') }),
    )
    .execute()
}
