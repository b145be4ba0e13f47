// Nudges who left a registration unfinished: after two hours, after a day, and then no more.
import type { EventsNow } from '../db/event-read.ts'
import { planNudge } from '../db/nudge.ts'
import { sendableFrom } from '../domain/calendar.ts'
import type { EventFile } from '../domain/event-file.ts'
import { NUDGE } from '../flows/notices.ts'
import type { House } from '../house.ts'

const NUDGES = [
  { nth: 1, after: 2, until: 24 },
  { nth: 2, after: 24, until: 48 },
]

/** Plans nudges for every event whose registration is open and that allows messages now; gives how many were added. */
export async function planNudges({ db }: House, { events, now }: EventsNow): Promise<number> {
  let added = 0
  for (const file of events) {
    if (!mayNudge(file, now.toTemporalInstant())) continue
    for (const nudge of NUDGES) added += await planNudge(db, file.event.id, NUDGE, nudge)
  }
  return added
}

function mayNudge({ registration, reminders, event }: EventFile, now: Temporal.Instant): boolean {
  const [open, close] = [registration.open, registration.close].map(Temporal.Instant.from) as [
    Temporal.Instant,
    Temporal.Instant,
  ]
  const isOpen = Temporal.Instant.compare(open, now) <= 0 && Temporal.Instant.compare(now, close) < 0
  return isOpen && sendableFrom(now, reminders, event.timezone).equals(now)
}
