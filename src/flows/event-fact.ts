// An event as a conversation needs it, taken from the organiser's file.
import type { EventFile } from '../domain/event-file.ts'
import { placeOf, whereOf } from '../domain/told-changes.ts'
import type { EventFact } from './facts.ts'

/** The body that records the certificates of construction workers. */
const VERIFY_URL = 'https://lpjk.pu.go.id'

const made = new WeakMap<EventFile, EventFact>()

/** What a turn may know of an event. The same file gives the same fact, made once. */
export function eventFact(file: EventFile): EventFact {
  const known = made.get(file)
  if (known) return known
  const fact = makeFact(file)
  made.set(file, fact)
  return fact
}

function makeFact({
  event,
  quotas,
  sessions,
  registration,
  privacy,
  reminders,
  deadlines,
  results,
}: EventFile): EventFact {
  return {
    id: event.id,
    title: event.title,
    shortTitle: event.short_title,
    organiser: event.organiser.name,
    city: event.city,
    regionCode: event.region_code,
    timezone: event.timezone,
    venue: event.venue.name,
    place: placeOf(event),
    where: whereOf(event),
    mapUrl: event.venue.map_url ?? null,
    dateStart: event.date_start,
    dateEnd: event.date_end,
    open: inUtc(registration.open),
    close: inUtc(registration.close),
    feeIdr: event.fee_idr,
    bring: event.bring,
    dress: event.dress ?? null,
    // One that was moved stands in the file where it stood.
    sessions: sessions
      .map(({ id, start, end, title }) => ({ id, start: inUtc(start), end: inUtc(end), title }))
      .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)),
    // An association without a seat is not part of the event.
    associations: Object.keys(quotas).filter(id => quotas[id]),
    draftDays: privacy.draft_days,
    nomination: {
      open: inUtc(deadlines.nomination_open ?? registration.open),
      close: inUtc(deadlines.nomination_close ?? registration.close),
      final: inUtc(deadlines.final_list ?? registration.close),
    },
    verifyUrl: results?.verify_url ?? VERIFY_URL,
    nextChance: results?.next_chance ?? null,
    rules: reminders.plan.map(rule => ({
      id: rule.id,
      to: rule.to,
      session: 'session' in rule ? rule.session : null,
      deadline: 'until' in rule && deadlines[rule.until] ? inUtc(deadlines[rule.until] as string) : null,
      asks: 'asks' in rule && rule.asks !== undefined,
    })),
  }
}

/** Always with milliseconds, so that instants compare as text. */
const inUtc = (instant: string): string => new Date(Temporal.Instant.from(instant).epochMilliseconds).toISOString()
