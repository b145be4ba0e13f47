// A bar for who waits at a terminal.

const BAR = 30

/** A bar on the terminal of who waits; nothing where nobody looks, or where it is over at once. */
export function startBar(
  what: string,
  total: number,
): { readonly add: (done: number) => void; readonly end: () => void } {
  const { stderr } = process
  const began = performance.now()
  let done = 0
  let shown = false
  return {
    add: more => {
      done = Math.min(done + more, total)
      if (!stderr.isTTY || total === 0 || performance.now() - began < 500) return
      shown = true
      const full = Math.round((BAR * done) / total)
      stderr.write(`\r${what} [${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${done} of ${total}`)
    },
    end: () => {
      if (shown) stderr.write(`\r${' '.repeat(what.length + BAR + 30)}\r`)
    },
  }
}
