// Seats: who is served first, and why somebody has none.

type From = { readonly association: string | null }

/**
 * Who gets which of the free seats: for each seat the first in line from its own association; what is left goes to who
 * has no association and, once seats may cross over, to whoever is next in line.
 */
export function serve<Seat extends From, Person extends From>(
  free: readonly Seat[],
  line: readonly Person[],
  across: boolean,
): readonly (readonly [Seat, Person])[] {
  const waiting = new Set(line)
  const left: Seat[] = []
  const served: (readonly [Seat, Person])[] = []
  const give = (seat: Seat, to: Person | undefined) => {
    if (!to) return left.push(seat)
    waiting.delete(to)
    return served.push([seat, to])
  }
  for (const seat of free)
    give(
      seat,
      first(waiting, person => person.association === seat.association),
    )
  for (const seat of left.splice(0))
    give(
      seat,
      first(waiting, person => across || person.association === null),
    )
  return served
}

function first<T>(items: Iterable<T>, wanted: (item: T) => boolean): T | undefined {
  for (const item of items) if (wanted(item)) return item
  return undefined
}

/** Why somebody gets no seat though he should. */
export function whyNoSeat(
  {
    event,
    quotas,
  }: { readonly event: { readonly capacity: number }; readonly quotas: Readonly<Record<string, number>> },
  association: string | null,
): string {
  if (association === null) return `the capacity of ${event.capacity} is full`
  const quota = quotas[association]
  return quota === undefined
    ? `${association} has no seats in this event`
    : `the quota of ${association}, ${quota}, is full`
}
