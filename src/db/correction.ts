// Corrections: who was told of a former version of an event, and has to hear what changed since. Set-based, in steps.
import { type Kysely, sql } from 'kysely'
import type { EventFile } from '../domain/event-file.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

const STEP = 20_000
const FIRST = '00000000-0000-0000-0000-000000000000'

/** True of a row of the ledger, `told`, that said when and where to come and may have arrived. */
export const wasTold = sql`told.event_version is not null
  and told.state in ('attempted', 'accepted', 'delivered', 'read', 'uncertain')`

/** A version that changed what people were told, with the one before. */
export type Untold = {
  readonly event_id: string
  readonly version: number
  readonly former: EventFile
  readonly file: EventFile
  readonly ends_at: Date
  readonly now: Date
}

/** The newest version of each event of which somebody is still to be told. */
export async function readUntold(db: Db): Promise<Untold[]> {
  const { rows } = await sql<Untold>`
    select distinct on (newest.event_id) newest.event_id, newest.version, former.file as former, newest.file, ends_at,
      app_now() as now
    from event_version as newest
    join event on event.id = newest.event_id
    join event_version as former on former.event_id = newest.event_id and former.version = newest.version - 1
    where newest.to_tell
    order by newest.event_id, newest.version desc`.execute(db)
  return rows
}

export type Correction = {
  readonly event_id: string
  readonly version: number
  readonly purpose: string
  /** Purposes that say when and where: a message on its way may do so too. */
  readonly telling: readonly string[]
  readonly due_at: Date
  readonly expires_at: Date
}

/** Whether an accepted person, `registration`, knows a version before this one, or will in a moment. */
const knowsFormer = (version: number, telling: readonly string[]) => sql`(
  exists (
    select from ledger as told
    where told.conversation_id = registration.conversation_id and told.registration_id = registration.id
      and ${wasTold} and told.event_version < ${version}
  ) or registration.id in (
    select registration_id from ledger
    where state = 'claimed' and purpose = any(${telling}) and registration_id is not null
  ))`

/** Puts a correction to everybody who knows a former version into the ledger; `each` hears how many were looked at. */
export async function planCorrection(
  db: Db,
  { event_id, version, purpose, telling, due_at, expires_at }: Correction,
  each: (looked: number) => void = () => {},
): Promise<number> {
  const occurrence = String(version)
  // One that still waits tells less than this one, or the contrary.
  await sql`
    update ledger set state = 'superseded'
    where state = 'queued' and event_id = ${event_id} and purpose = ${purpose} and occurrence <> ${occurrence}`.execute(
    db,
  )
  let [added, after] = [0, FIRST]
  for (;;) {
    const { rows } = await sql<{ added: number; looked: number; last: string | null }>`
      with step as materialized (
        select id, conversation_id, status from registration
        where event_id = ${event_id} and id > ${after} order by id limit ${STEP}
      ), added as (
        insert into ledger (id, purpose, recipient, occurrence, registration_id, conversation_id, event_id, state, priority,
          due_at, expires_at)
        select new_id(), ${purpose}, id, ${occurrence}, id, conversation_id, ${event_id}, 'queued', 10, ${due_at},
          ${expires_at}
        from step as registration where status = 'DITERIMA' and ${knowsFormer(version, telling)}
        on conflict (purpose, recipient, occurrence, revision, road) do nothing
        returning id
      )
      select (select count(*)::int from added) as added, (select count(*)::int from step) as looked,
        (select id from step order by id desc limit 1) as last`.execute(db)
    const step = rows[0] as { added: number; looked: number; last: string | null }
    added += step.added
    each(step.looked)
    if (step.looked < STEP || step.last === null) break
    after = step.last
  }
  await sql`
    update event_version set to_tell = false
    where event_id = ${event_id} and version <= ${version} and to_tell`.execute(db)
  return added
}

/** Some former versions of events, by "id version". */
export async function readVersions(
  db: Db,
  wanted: readonly (readonly [id: string, version: number])[],
): Promise<ReadonlyMap<string, EventFile>> {
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ name: string; file: EventFile }>`
    select event_id || ' ' || version as name, file from event_version
    where (event_id, version) in (
      select * from unnest(${wanted.map(([id]) => id)}::text[], ${wanted.map(([, version]) => version)}::int[])
    )`.execute(db)
  return new Map(rows.map(({ name, file }) => [name, file]))
}

export type ToTell = {
  readonly number: string
  readonly name: string
  /** Whether the person was told when or where to come; who was not hears the new truth at once. */
  readonly knows: boolean
  /** Null where the person can be reached nowhere. */
  readonly channel: string | null
}

/** Every accepted person of an event, and whether a next version has to be told to him. */
export async function listToTell(db: Db, eventId: string, next: number, telling: readonly string[]): Promise<ToTell[]> {
  const { rows } = await sql<ToTell>`
    select number, name, ${knowsFormer(next, telling)} as knows, (
      select channel from chat_conversation join chat on chat.id = chat_id
      where chat_conversation.conversation_id = registration.conversation_id and blocked_at is null
      order by (
        select received_at from inbox where inbox.chat_id = chat.id order by received_at desc limit 1
      ) desc nulls last, chat.id limit 1
    ) as channel
    from registration where event_id = ${eventId} and status = 'DITERIMA' order by number`.execute(db)
  return rows
}

export type LastChange = {
  readonly version: number
  readonly at: Date
  readonly people: readonly {
    readonly number: string
    readonly name: string
    readonly channel: string | null
    readonly state: string
    readonly confirmed: boolean
  }[]
}

/** The last correction of an event: to whom it went, and who has confirmed it. */
export async function readLastCorrection(db: Db, eventId: string, purpose: string): Promise<LastChange | undefined> {
  const { rows } = await sql<LastChange>`
    with last as (
      select version, at from event_version
      where event_id = ${eventId} and exists (
        select from ledger where ledger.event_id = ${eventId} and purpose = ${purpose}
          and occurrence = version::text and state not in ('cancelled', 'superseded')
      )
      order by version desc limit 1
    )
    select version, at, (
      select json_agg(json_build_object('number', number, 'name', name, 'channel', channel, 'state', state, 'confirmed', ok)
        order by number)
      from (
        select distinct on (registration.id) number, name, channel, state, bool_or(confirmed.at is not null)
          over (partition by registration.id) as ok
        from ledger join registration on registration.id = recipient
        left join confirmed on ledger_id = ledger.id
        where purpose = ${purpose} and occurrence = version::text and registration.event_id = ${eventId}
          and registration.status = 'DITERIMA' and state not in ('cancelled', 'superseded')
        order by registration.id, road desc
      ) as person
    ) as people
    from last`.execute(db)
  return rows[0]
}
