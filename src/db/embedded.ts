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
const RETRY_MS = 100
const LONGEST_PAUSE_MS = 2_000

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
  let server = await startPatiently(folder, port)
  let stopping = false
  const ended = keepAlive()

  async function keepAlive(): Promise<true> {
    let why = await server.ended
    let pause = RETRY_MS
    while (!stopping) {
      onDeath(why)
      try {
        // The same port, so that everybody who was connected finds it again.
        server = await startServer(folder, port)
        pause = RETRY_MS
        why = await server.ended
      } catch (error) {
        why = String(error)
        await sleep(pause)
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
      }
    }
    return true
  }
  async function stop(): Promise<void> {
    stopping = true
    // Repeated, since a server that is just being started again can't be stopped yet.
    do await stopServer(folder).catch(() => {})
    while (!(await Promise.race([ended, sleep(RETRY_MS, false)])))
  }

  try {
    await askFolder(url)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

/** Starts the server; where it can't yet, since what is left of the last one still ends, again. */
async function startPatiently(folder: string, port: number): Promise<Server> {
  const end = Date.now() + PATIENCE_MS
  while (true) {
    try {
      return await startServer(folder, port)
    } catch (error) {
      const passing = error instanceof StartRefused && /shared memory|lock file/.test(error.message)
      if (!passing || Date.now() > end) throw error
      await sleep(RETRY_MS)
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
  const end = Date.now() + PATIENCE_MS
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
      if (!starting || Date.now() > end) throw error
      await sleep(RETRY_MS)
    } finally {
      await client.end().catch(() => {})
    }
  }
}
