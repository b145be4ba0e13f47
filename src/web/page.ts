// Serves the simulator's page. The start that first needs it has it built; until then a small page waits and reloads.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'

const SOURCES = join(import.meta.dirname, 'page')
const BUILDER = join(import.meta.dirname, 'page-build.ts')
const PROJECT = join(import.meta.dirname, '../..')

const WAITING = `<!doctype html><html lang="id"><meta charset="utf-8"><meta http-equiv="refresh" content="1">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Sapa sedang disiapkan</title>
<style>body{font:1.2rem/1.6 system-ui,sans-serif;display:grid;place-content:center;min-height:90vh;text-align:center;color:#155e52}</style>
<p><b>Sapa</b><br>Halaman sedang disiapkan, sebentar ya…</p>`
const FAILED = WAITING.replace(
  'Halaman sedang disiapkan, sebentar ya…',
  'Halaman gagal disiapkan. Sebabnya ada di catatan server.',
)

/** The page at `/` and its parts under `/assets/`. */
export function servePage(app: FastifyInstance, { dataDir, log }: House): void {
  const root = cacheFolder(dataDir)
  const folder = join(root, sourcesHash())
  let state: 'ready' | 'building' | 'failed' = existsSync(folder) ? 'ready' : 'building'
  app.register(fastifyStatic, { root, serve: false })
  app.get('/', (_request, reply) =>
    state === 'ready'
      ? reply.header('cache-control', 'no-cache').sendFile('index.html', folder, { cacheControl: false })
      : reply.type('text/html; charset=utf-8').send(state === 'building' ? WAITING : FAILED),
  )
  app.get<{ Params: { '*': string } }>('/assets/*', ({ params }, reply) =>
    reply.sendFile(`assets/${params['*']}`, folder, { immutable: true, maxAge: '1y' }),
  )
  if (state === 'ready') return

  // A process of its own: the bundler's memory and its seconds of work are not the server's.
  const build = spawn(process.execPath, [BUILDER, folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  build.stderr.on('data', (text: Buffer) => {
    complaint += text.toString()
  })
  build.on('error', error => {
    complaint += error.message
  })
  build.on('close', code => {
    state = code === 0 ? 'ready' : 'failed'
    if (code !== 0 && !build.killed) log.error({ complaint }, 'the simulator page could not be built')
  })
  app.addHook('onClose', async () => {
    build.kill()
  })
}

/** Beside the installed packages, where a new data folder doesn't mean a new build; else in the data folder. */
function cacheFolder(dataDir: string): string {
  const shared = join(PROJECT, 'node_modules/.cache/sapa-page')
  try {
    mkdirSync(shared, { recursive: true })
    return shared
  } catch {
    const own = join(dataDir, 'page')
    mkdirSync(own, { recursive: true })
    return own
  }
}

/** Changes whenever the built page would. */
function sourcesHash(): string {
  const files = readdirSync(SOURCES, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  const others = [BUILDER, join(PROJECT, 'package-lock.json')]
  for (const file of [...files, ...others]) hash.update(file).update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}
