// Places between "a message arrived" and "its answer was accepted" at which a test may kill the process, as kill -9 does.

export const FAILPOINTS = [
  'received',
  'stored',
  'locked',
  'written',
  'committing',
  'committed',
  'sent',
  'accepted',
] as const
export type Failpoint = (typeof FAILPOINTS)[number]

let armed: { readonly name: Failpoint; left: number } | undefined

/** Lets the process die when it comes by this place for the `nth` time. The settings allow it only on loopback. */
export function arm({ name, nth }: { readonly name: Failpoint; readonly nth: number }): void {
  armed = { name, left: nth }
}

/** One of the places; does nothing unless a test armed it. */
export function failpoint(name: Failpoint): void {
  if (armed?.name !== name || --armed.left > 0) return
  process.kill(process.pid, 'SIGKILL')
}
