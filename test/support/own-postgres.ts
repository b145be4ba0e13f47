// A PostgreSQL that one test stops and starts again.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../src/db/connect.ts'
import { checkInstallation } from '../../src/db/installation.ts'
import { migrate } from '../../src/db/migrate.ts'
import { freePort } from '../../src/db/port.ts'
import {
  createCluster,
  startServer as startPostgres,
  stopServer as stopPostgres,
  urlOf,
} from '../../src/db/postgres.ts'
import { createLog } from '../../src/log.ts'
import { createSeal } from '../../src/seal.ts'
import type { TestDatabase } from './database.ts'
import { TEST_KEY } from './key.ts'

/** A server of a test's own, with a migrated database. */
export async function ownPostgres(): Promise<{
  data: TestDatabase
  stop: () => Promise<void>
  start: () => Promise<unknown>
}> {
  const home = await mkdtemp(join(tmpdir(), 'sapa-away-'))
  await chmod(home, 0o755)
  const folder = join(home, 'postgres')
  await createCluster(folder, 'test')
  const port = await freePort()
  const start = () => startPostgres(folder, port)
  await start()
  const url = urlOf(port, 'test')
  const db = connect(url, () => {})
  const seal = createSeal(TEST_KEY)
  await migrate(db)
  await checkInstallation(db, seal, true)
  const close = async () => {
    await db.destroy()
    await stopPostgres(folder)
    await rm(home, { recursive: true, force: true })
  }
  const data = { url, house: { db, seal, log: createLog('silent'), dataDir: join(home, 'data') }, close }
  return { data, start, stop: () => stopPostgres(folder) }
}
