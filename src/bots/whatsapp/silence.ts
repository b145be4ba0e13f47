// libsignal prints whole sessions, private keys included, on the console, and can't be told not to.

const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const

let silenced = false

/** From now on nothing that libsignal prints reaches the console. */
export function silenceLibsignal(): void {
  if (silenced) return
  silenced = true
  for (const method of METHODS) {
    const print = console[method].bind(console)
    console[method] = (...words: unknown[]) => {
      // The caller tells, not the words: those may change with a version.
      if (!/[\\/]libsignal[\\/]/.test(new Error().stack ?? '')) print(...words)
    }
  }
}
