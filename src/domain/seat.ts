// Seats: who can still be accepted within an event's capacity and the quota of each association.

/** Seats of an event, as they stand. */
export type Seats = {
  readonly capacity: number
  readonly accepted: number
  readonly associations: ReadonlyMap<string, { readonly quota: number; readonly accepted: number }>
}

/** Why each of these people has no seat, in their order; undefined for those who have one. Those before count. */
export function withoutSeat(
  seats: Seats,
  people: readonly { readonly association: string | null }[],
): readonly (string | undefined)[] {
  let taken = seats.accepted
  const takenOf = new Map([...seats.associations].map(([id, { accepted }]) => [id, accepted]))
  return people.map(({ association }) => {
    if (taken >= seats.capacity) return `the capacity of ${seats.capacity} is full`
    if (association !== null) {
      const quota = seats.associations.get(association)?.quota
      if (quota === undefined) return `${association} has no seats in this event`
      const used = takenOf.get(association) ?? 0
      if (used >= quota) return `the quota of ${association}, ${quota}, is full`
      takenOf.set(association, used + 1)
    }
    taken++
    return undefined
  })
}
