// The server: npm start. Reads the settings, serves until it is told to stop, and says in one line why it can't start.
// The script begins with `exec`, so that npm's signals reach this process and not a shell that dies of them; Windows has
// no `exec` and takes the script's second half.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

const stopAsked = new Promise<void>(resolve => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => resolve())
})

// A third of a start would go into compiling what didn't change; what is imported from here on is compiled once.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/sapa', import.meta.url)))
const { readConfig } = await import('./config.ts')
const { StartRefused } = await import('./db/refused.ts')

try {
  const config = readConfig(process.env)
  const { serve } = await import('./serve.ts')
  await serve(config, stopAsked)
} catch (error) {
  if (!(error instanceof StartRefused)) throw error
  console.error(`sapa: ${error.message.replaceAll(/\s+/g, ' ')}`)
  process.exit(1)
}
process.exit(0)
