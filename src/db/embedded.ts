// PostgreSQL in the data folder: made at the first start, taken over after a kill, started again when it dies.
import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { freePort } from './port.ts'
import { createCluster, type Server, startServer, stopServer, urlOf } from './postgres.ts'
import { StartRefused } from './refused.ts'

export type Embedded = { readonly url: string; readonly stop: () => Promise<void> }

/** How long the children of a killed server may take to end, and a server to become ready. */
const PATIENCE_MS = 10_000

export function clusterFolder(dataDir: string): string {
  return join(dataDir, 'postgres')
}

/** Starts the folder's PostgreSQL. Only for whoever holds the folder's lock. `onDeath` hears why it died, each time. */
export async function startEmbedded(dataDir: string, key: Buffer, onDeath: (why: string) => void): Promise<Embedded> {
  const folder = clusterFolder(dataDir)
  const password = createHmac('sha256', key).update('sapa postgres').digest('hex')
  if (existsSync(folder)) await stopOrphan(folder, password)
  else await createCluster(folder, password)
  const port = await freePort()
  const url = urlOf(port, password)
  const patient = Date.now() + PATIENCE_MS
  let server = await tryToStart(folder, port, () => Date.now() > patient)
  let stopping = false
  const ended = keepAlive()

  async function keepAlive(): Promise<true> {
    while (!stopping) {
      const why = await server.ended
      if (stopping) break
      onDeath(why)
      // The same port, so that everybody who was connected finds it again.
      server = await tryToStart(folder, port, () => stopping)
    }
    return true
  }
  async function stop(): Promise<void> {
    stopping = true
    // Repeated, since a server that is just being started again can't be stopped yet.
    do await stopServer(folder).catch(() => {})
    while (!(await Promise.race([ended.catch(() => true), sleep(100, false)])))
  }

  try {
    await askFolder(url)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

/** Starts the server; where that fails, because what is left of the last one still ends, again until `enough`. */
async function tryToStart(folder: string, port: number, enough: () => boolean): Promise<Server> {
  while (true) {
    try {
      return await startServer(folder, port)
    } catch (error) {
      const passing = error instanceof StartRefused && /shared memory|lock file/.test(error.message)
      if (!passing || enough()) throw error
      await sleep(100)
    }
  }
}

/**
 * Stops a server that outlived its program. postmaster.pid names a pid and a port, and pids are reused: it is ours only
 * if it takes our password and says that it serves our folder. Anything else is a left-over note, which would keep
 * PostgreSQL from starting; should a server serve the folder all the same, PostgreSQL's shared memory lock refuses ours.
 */
async function stopOrphan(folder: string, password: string): Promise<void> {
  const note = join(folder, 'postmaster.pid')
  const port = Number((await readFile(note, 'utf8').catch(() => '')).split('\n')[3])
  if (!port) return
  const served = await askFolder(urlOf(port, password)).catch(() => undefined)
  if (served === (await realpath(folder))) await stopServer(folder)
  else await rm(note, { force: true })
}

/** Which folder a server serves. Waits while it is starting. */
async function askFolder(url: string): Promise<string | undefined> {
  const patient = Date.now() + PATIENCE_MS
  while (true) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      return (await client.query<{ folder: string }>("select current_setting('data_directory') as folder")).rows[0]
        ?.folder
    } catch (error) {
      const code = error instanceof DatabaseError ? error.code : undefined
      if (code === '28P01') throw new StartRefused("the key doesn't fit this data folder: use the one it was made with")
      const starting = code === '57P03'
      if (!starting || Date.now() > patient) throw error
      await sleep(100)
    } finally {
      await client.end().catch(() => {})
    }
  }
}
