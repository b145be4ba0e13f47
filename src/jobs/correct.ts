// Plans corrections: whoever knows a former hour or place of an event is told once what it is now.
import { planCorrection, readUntold, type Untold } from '../db/correction.ts'
import { sendableFrom } from '../domain/calendar.ts'
import type { EventFile } from '../domain/event-file.ts'
import { timesOf, toldChanges } from '../domain/told-changes.ts'
import { eventFact } from '../flows/event-fact.ts'
import { CHANGE, tellsWhen } from '../flows/notices.ts'
import type { House } from '../house.ts'

/** Plans for every event that has changed; gives how many messages were added. `each` hears how many people were looked at. */
export async function planCorrections({ db }: House, each?: (looked: number) => void): Promise<number> {
  let added = 0
  for (const untold of await readUntold(db)) {
    const { event_id, version, former, file, ends_at, now } = untold
    const due = correctionDue(former, file, now.toTemporalInstant())
    const times = { due_at: new Date(due.epochMilliseconds), expires_at: ends_at }
    added += await planCorrection(
      db,
      { event_id, version, purpose: CHANGE, telling: tellingPurposes(untold), ...times },
      each,
    )
  }
  return added
}

/** Purposes of messages that say when and where to come, by either version. */
export function tellingPurposes({ former, file }: Pick<Untold, 'former' | 'file'>): readonly string[] {
  const telling = (of: EventFile) => of.reminders.plan.map(({ id }) => id).filter(id => tellsWhen(id, eventFact(of)))
  return [...new Set(['diterima', CHANGE, ...telling(former), ...telling(file)])]
}

/** When it leaves: not in the quiet hours, unless what has changed begins before they end. */
export function correctionDue(former: EventFile, file: EventFile, now: Temporal.Instant): Temporal.Instant {
  const polite = sendableFrom(now, file.reminders, file.event.timezone)
  const soonest = Math.min(
    ...toldChanges(former, file, now)
      .flatMap(timesOf)
      .filter(at => at > now.epochMilliseconds),
  )
  return polite.epochMilliseconds < soonest ? polite : now
}
