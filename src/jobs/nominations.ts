// What the sweep does about nominations: offers that ran out, seats that may cross over, the digest.
import type { Kysely } from 'kysely'
import type { EventsNow } from '../db/event-read.ts'
import { addDigests, eventsToServe } from '../db/nomination-notice.ts'
import type { Database } from '../db/schema.ts'
import { eventStart, eventsWithLateOffers, expireOffers, lockSeats } from '../db/seats.ts'
import { sendableFrom } from '../domain/calendar.ts'
import type { EventFile } from '../domain/event-file.ts'
import { DIGEST } from '../flows/office-notices.ts'

type Db = Kysely<Database>

const DIGEST_AT = '16:00'
/** A digest that is late is of use for so long. */
const DIGEST_HOURS = 3

/** Serves whoever waits for a seat, and tells officers what is missing. */
export async function sweepNominations(db: Db, { events, now }: EventsNow): Promise<void> {
  const waiting = new Set([...(await eventsWithLateOffers(db)), ...(await eventsToServe(db))])
  for (const id of [...waiting].sort())
    await db.transaction().execute(async trx => expireOffers(trx, await lockSeats(trx, id)))
  for (const file of events) await addDigest(db, file, now.toTemporalInstant())
}

/** At four in the afternoon of the event's clock, while nominations may still be mended. */
async function addDigest(db: Db, file: EventFile, now: Temporal.Instant): Promise<void> {
  const { deadlines, registration, event, reminders } = file
  const open = Temporal.Instant.from(deadlines.nomination_open ?? registration.open)
  const close = Temporal.Instant.from(deadlines.data_complete ?? registration.close)
  const here = now.toZonedDateTimeISO(event.timezone)
  const at = here.toPlainDate().toZonedDateTime({ timeZone: event.timezone, plainTime: DIGEST_AT }).toInstant()
  const until = at.add({ hours: DIGEST_HOURS })
  const later = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) > 0
  if (later(at, now) || later(now, until) || later(open, now) || later(now, close) || later(now, eventStart(file)))
    return
  if (later(sendableFrom(now, reminders, event.timezone), now)) return
  await addDigests(db, DIGEST, event.id, here.toPlainDate().toString(), new Date(until.epochMilliseconds))
}
