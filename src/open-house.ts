// Opens the house: a real database by its URL, or the one in the data folder, which only one process runs at a time.
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { connect } from './db/connect.ts'
import { clusterFolder, startEmbedded } from './db/embedded.ts'
import { lockFolder, readOrMakeKey, readServerNote, removeServerNote, writeServerNote } from './db/folder.ts'
import { checkInstallation } from './db/installation.ts'
import { migrate } from './db/migrate.ts'
import { StartRefused } from './db/refused.ts'
import type { House } from './house.ts'
import { createSeal } from './seal.ts'

export type OpenHouse = {
  readonly house: House
  readonly databaseUrl: string
  readonly close: () => Promise<void>
}

const PATIENCE_MS = 30_000
const CLOSE_MS = 1_000
const OLDEST_POSTGRES = 150_000

/** For a command: beside a running server where there is one, else alone; waits while another command is at work. */
export async function openHouse(config: Config, log: Logger): Promise<OpenHouse> {
  if (config.databaseUrl) return openReal(config, log)
  return waitForFolder(config, async release => {
    if (release) return holdFolder(config, log, release)
    const note = await readServerNote(config.dataDir)
    if (!note || (await whyAway(note.databaseUrl))) return undefined
    return furnish(
      config,
      log,
      note.databaseUrl,
      config.key ?? (await readOrMakeKey(config.dataDir, true)),
      async () => {},
    )
  })
}

/** For the server: refused where one runs on the same folder. Commands beside it find it by its note. */
export async function openServerHouse(config: Config, log: Logger): Promise<OpenHouse> {
  if (config.databaseUrl) return openReal(config, log)
  const { dataDir } = config
  const opened = await waitForFolder(config, async release => {
    if (release) return holdFolder(config, log, release)
    const note = await readServerNote(dataDir)
    if (!note) return undefined
    throw new StartRefused(
      `a server (process ${note.pid}) runs on the folder ${dataDir}: stop it, or set SAPA_DATA_DIR`,
    )
  })
  await writeServerNote(dataDir, {
    databaseUrl: opened.databaseUrl,
    pid: process.pid,
    startedAt: new Date().toISOString(),
  })
  return {
    ...opened,
    close: async () => {
      await removeServerNote(dataDir)
      await opened.close()
    },
  }
}

function openReal(config: Config, log: Logger): Promise<OpenHouse> {
  const { databaseUrl, key } = config
  if (!databaseUrl || !key) throw new StartRefused('DATABASE_URL and SAPA_KEY belong together')
  return furnish(config, log, databaseUrl, key, async () => {})
}

type Release = () => void

async function waitForFolder(
  { dataDir }: Config,
  open: (release: Release | undefined) => Promise<OpenHouse | undefined>,
): Promise<OpenHouse> {
  const end = Date.now() + PATIENCE_MS
  while (true) {
    const opened = await open(await lockFolder(dataDir))
    if (opened) return opened
    if (Date.now() > end) throw new StartRefused(`another command works on the folder ${dataDir}: try again later`)
    await sleep(100)
  }
}

async function holdFolder(config: Config, log: Logger, release: Release): Promise<OpenHouse> {
  const { dataDir } = config
  try {
    // Of a server that was killed.
    await removeServerNote(dataDir)
    const key = config.key ?? (await readOrMakeKey(dataDir, existsSync(clusterFolder(dataDir))))
    const embedded = await startEmbedded(dataDir, key, why => log.warn({ why }, 'PostgreSQL ended; starting it again'))
    return await furnish(config, log, embedded.url, key, async () => {
      await embedded.stop()
      release()
    })
  } catch (error) {
    release()
    throw error
  }
}

/** Connects, brings the tables up to date, proves the key. `end` runs after the last connection is closed. */
async function furnish(
  config: Config,
  log: Logger,
  databaseUrl: string,
  key: Buffer,
  end: () => Promise<void>,
): Promise<OpenHouse> {
  const db = connect(databaseUrl, err => log.warn({ err }, 'a database connection was lost'))
  const close = async () => {
    // A query that hangs must not keep the house open.
    await Promise.race([db.destroy(), sleep(CLOSE_MS)])
    await end()
  }
  try {
    const why = await whyAway(databaseUrl)
    if (why) throw new StartRefused(`the database does not answer (${why}): see DATABASE_URL`)
    const seal = createSeal(key)
    await migrate(db)
    await checkInstallation(db, seal, !config.databaseUrl)
    return { house: { db, seal, log, dataDir: config.dataDir }, databaseUrl, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Why a database can't serve us; undefined where it can. */
async function whyAway(databaseUrl: string): Promise<string | undefined> {
  const db = connect(databaseUrl, () => {}, 1)
  try {
    const { rows } = await sql<{
      version: number
    }>`select current_setting('server_version_num')::int as version`.execute(db)
    return (rows[0]?.version ?? 0) < OLDEST_POSTGRES ? 'it is older than PostgreSQL 15' : undefined
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return error.message || ('code' in error ? String(error.code) : error.name)
  } finally {
    await db.destroy()
  }
}
