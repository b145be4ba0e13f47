// What differs between two versions of an event file, line by line.

export type Change = { readonly where: string; readonly from: unknown; readonly to: unknown }

/** Every value that is new, gone or another; a list's items are told apart by their ids. */
export function eventChanges(former: unknown, next: unknown): readonly Change[] {
  const [before, after] = [new Map(leaves('', former)), new Map(leaves('', next))]
  return [...new Set([...before.keys(), ...after.keys()])]
    .map(where => ({ where, from: before.get(where), to: after.get(where) }))
    .filter(({ from, to }) => from !== to)
}

/** A change as a clerk reads it: "event.capacity: 75 → 80". */
export function sayChange({ where, from, to }: Change): string {
  if (from === undefined) return `${where}: ${show(to)} (new)`
  if (to === undefined) return `${where}: ${show(from)} (gone)`
  return `${where}: ${show(from)} → ${show(to)}`
}

const show = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

function leaves(where: string, value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[where, value]]
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = Array.isArray(value) && hasId(inner) ? inner.id : key
    return leaves(where === '' ? name : `${where}.${name}`, inner)
  })
}

const hasId = (value: unknown): value is { readonly id: string } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
