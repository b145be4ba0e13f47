// Which events' reminders must not leave just now, though they are due: what was held up comes into the night, too.
import { loadEventsNow } from '../db/event-read.ts'
import type { Quiet } from '../db/ledger-claim.ts'
import { sendableFrom } from '../domain/calendar.ts'
import { hardOf } from '../domain/moments.ts'
import type { House } from '../house.ts'

export async function quietEvents({ db }: House): Promise<Quiet[]> {
  const { events, now } = await loadEventsNow(db)
  const at = now.toTemporalInstant()
  return events.flatMap(({ event, reminders }) => {
    const until = sendableFrom(at, reminders, event.timezone)
    if (until.equals(at)) return []
    const yields = sendableFrom(at, hardOf(reminders), event.timezone).equals(at)
    return [{ event_id: event.id, until: new Date(until.epochMilliseconds), yields }]
  })
}
