// Lays out the seats of an event as its file says: so many for each association, the rest nobody's own.
import { type Kysely, sql } from 'kysely'
import type { EventFile } from '../domain/event-file.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

/** Takes away what is free, so that capacity and quotas may change; gives why they may not. Held seats stay held. */
export async function clearSeats(trx: Db, { event, quotas }: EventFile): Promise<string | undefined> {
  const { rows: held } = await sql<{ place: number; association: string | null }>`
    select place, association from seat where event_id = ${event.id} and holder is not null order by place`.execute(trx)
  if (held.length > event.capacity)
    return `event.capacity: seats already given: ${held.length}, more than ${event.capacity}`
  for (const [association, seats] of Map.groupBy(held, one => one.association)) {
    const quota = association === null ? event.capacity : (quotas[association] ?? 0)
    if (seats.length > quota) return `quotas.${association}: seats already given: ${seats.length}, more than ${quota}`
  }
  await sql`delete from seat where event_id = ${event.id} and holder is null`.execute(trx)
  const taken = new Set(held.map(({ place }) => place))
  const lower = Array.from({ length: event.capacity }, (_, n) => n + 1).filter(place => !taken.has(place))
  for (const { place } of held.filter(({ place }) => place > event.capacity))
    await sql`
      update seat set place = ${lower.shift()} where event_id = ${event.id} and place = ${place}`.execute(trx)
  return undefined
}

/** Adds the free seats, once the event has its new capacity. */
export async function fillSeats(trx: Db, { event, quotas, waitlist }: EventFile): Promise<void> {
  const across = waitlist ? new Date(waitlist.across_from) : null
  // A seat that crossed over keeps the time from which it might.
  await sql`
    update seat set across_from = ${across}
    where event_id = ${event.id} and (holder_from is null or holder_from = association)`.execute(trx)
  const { rows: held } = await sql<{ place: number; association: string | null }>`
    select place, association from seat where event_id = ${event.id}`.execute(trx)
  const taken = new Set(held.map(({ place }) => place))
  const missing = Object.entries(quotas).flatMap(([association, quota]) => {
    const own = held.filter(seat => seat.association === association).length
    return Array.from({ length: quota - own }, (): string | null => association)
  })
  const open = Array.from({ length: event.capacity - held.length - missing.length }, () => null)
  const places = Array.from({ length: event.capacity }, (_, n) => n + 1).filter(place => !taken.has(place))
  const rows = [...missing, ...open].map((association, n) => ({ place: places[n] as number, association }))
  await sql`
    insert into seat (event_id, place, capacity, association, across_from)
    select ${event.id}, place, ${event.capacity}, association, ${across}
    from ${rowset('free', rows, { place: 'int', association: 'text' })}`.execute(trx)
}
