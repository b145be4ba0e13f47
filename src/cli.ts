// The operator's commands: `npm run -s sapa -- COMMAND`. Exit 0 done, 1 refused (one line on stderr), 2 wrong usage.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Half of a command's time would go into compiling it anew; what is imported from here on is compiled once.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/sapa', import.meta.url)))
const { run } = await import('./cli/program.ts')

process.exitCode = await run(process.argv)
