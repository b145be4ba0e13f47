// Reads events: files stay in memory until their version changes.
import { type Kysely, sql } from 'kysely'
import type { EventFile } from '../domain/event-file.ts'
import type { Database } from './schema.ts'

/** Which version of an event the database holds: id, version, time of the change. */
export type EventStamp = readonly [id: string, version: number, changedAt: string]

const files = new Map<string, { readonly stamp: string; readonly file: EventFile }>()

/** Column for a select that needs the events as well: stamps of those that are not over, the soonest first. */
export const eventStamps = sql<readonly EventStamp[]>`(
  select coalesce(json_agg(json_build_array(id, version, changed_at) order by starts_at, id), '[]')
  from event where ends_at > (select app_now()))`

/** The events of these stamps, in their order; by default all that are not over. Read once a version. */
export async function loadEvents(db: Kysely<Database>, stamps?: readonly EventStamp[]): Promise<readonly EventFile[]> {
  const wanted = stamps ?? (await readStamps(db)).stamps
  const known = ([id, ...rest]: EventStamp) => files.get(id)?.stamp === rest.join()
  const missing = wanted.filter(stamp => !known(stamp))
  if (missing.length > 0) await read(db, missing)
  return wanted.flatMap(([id]) => files.get(id)?.file ?? [])
}

/** The events that are not over at a moment of the house's clock. */
export type EventsNow = { readonly events: readonly EventFile[]; readonly now: Date }

/** What is open now, read once for everything that must agree on it. */
export async function loadEventsNow(db: Kysely<Database>): Promise<EventsNow> {
  const { stamps, now } = await readStamps(db)
  return { events: await loadEvents(db, stamps), now }
}

async function readStamps(db: Kysely<Database>): Promise<{ stamps: readonly EventStamp[]; now: Date }> {
  const { rows } = await sql<{ stamps: readonly EventStamp[]; now: Date }>`
    select ${eventStamps} as stamps, app_now() as now`.execute(db)
  return rows[0] as { stamps: readonly EventStamp[]; now: Date }
}

async function read(db: Kysely<Database>, missing: readonly EventStamp[]): Promise<void> {
  const { rows } = await sql<{ file: EventFile; stamp: EventStamp }>`
    select file, json_build_array(id, version, changed_at) as stamp
    from event where id = any(${missing.map(([id]) => id)})`.execute(db)
  for (const { file, stamp } of rows) {
    const [id, ...rest] = stamp
    files.set(id, { stamp: rest.join(), file })
  }
}
