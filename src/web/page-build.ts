// Builds the simulator's page into the folder named on the command line; page.ts runs it in a process of its own.
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const folder = process.argv[2] as string
const draft = `${folder}.${process.pid}`

await build({
  root: join(import.meta.dirname, 'page'),
  configFile: false,
  logLevel: 'error',
  plugins: [react()],
  build: { outDir: draft, emptyOutDir: true, target: 'es2022' },
})
// Whole or not at all; where another process was quicker, its build is as good.
await rename(draft, folder).catch(() => rm(draft, { recursive: true }))
