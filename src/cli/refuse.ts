// How a command says no: one line on stderr, exit 1.

/** The command understood what was asked and doesn't do it. Nothing was changed. */
export class CommandRefused extends Error {}

/** The same reason for many is said once: "PSR-00001B, PSR-00002C and 3 more: the quota of aksi, 8, is full". */
export function groupReasons(reasons: readonly (readonly [number: string, why: string])[]): string {
  return [...Map.groupBy(reasons, ([, why]) => why)]
    .map(([why, group]) => {
      const numbers = group.map(([number]) => number)
      const more = numbers.length > 5 ? ` and ${numbers.length - 5} more` : ''
      return `${numbers.slice(0, 5).join(', ')}${more}: ${why}`
    })
    .join('; ')
}
