// What a new version of an event changes for those who come: hours, sessions that are no more or new, the place.
import type { EventFile } from './event-file.ts'

export type ToldChange =
  /** Without `from` it is new, without `to` it is cancelled; instants. */
  | { readonly kind: 'session'; readonly title: string; readonly from: string | null; readonly to: string | null }
  | { readonly kind: 'place'; readonly from: string; readonly to: string }

/** Where an event is, as far as the organiser has said: an address that is not known is left out. */
export const placeOf = ({ venue, city }: EventFile['event']): string => [venue.name, venue.address ?? city].join(', ')

/** The same with the hall: where to come. */
export const whereOf = (event: EventFile['event']): string =>
  [event.venue.hall, placeOf(event)].filter(Boolean).join(', ')

/** What somebody who knows the former version has to hear, in the order of time; what is over by `now` is left out. */
export function toldChanges(former: EventFile, next: EventFile, now: Temporal.Instant): readonly ToldChange[] {
  const before = new Map(former.sessions.map(session => [session.id, session]))
  const after = new Map(next.sessions.map(session => [session.id, session]))
  const sessions = [...new Set([...before.keys(), ...after.keys()])].map(id => {
    const [was, is] = [before.get(id), after.get(id)]
    return {
      kind: 'session',
      title: (is ?? was)?.title ?? id,
      from: was?.start ?? null,
      to: is?.start ?? null,
    } as const
  })
  const told = sessions
    .filter(({ from, to }) => from === null || to === null || epoch(from) !== epoch(to))
    .filter(change => timesOf(change).some(at => at > now.epochMilliseconds))
    .sort((a, b) => Math.min(...timesOf(a)) - Math.min(...timesOf(b)))
  const [from, to] = [whereOf(former.event), whereOf(next.event)]
  return [...told, ...(from === to ? [] : [{ kind: 'place', from, to } as const])]
}

/** The instants a change is about. */
export const timesOf = (change: ToldChange): readonly number[] =>
  change.kind === 'place' ? [] : [change.from, change.to].filter(at => at !== null).map(epoch)

const epoch = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds
