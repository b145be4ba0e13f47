// Before the suite: a PostgreSQL server and in it one migrated template, of which every test file gets a copy.
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { connect } from '../../src/db/connect.ts'
import { checkInstallation } from '../../src/db/installation.ts'
import { migrate } from '../../src/db/migrate.ts'
import { freePort } from '../../src/db/port.ts'
import { createCluster, startServer, stopServer, urlOf } from '../../src/db/postgres.ts'
import { createSeal } from '../../src/seal.ts'
import { onServer, withDatabase } from './admin.ts'
import { TEST_KEY } from './key.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's URL, and the name of the database that is copied. */
    server: { url: string; template: string }
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { DATABASE_URL } = process.env
  const server = DATABASE_URL ? { url: DATABASE_URL, stop: async () => {} } : await embed()
  const template = `sapa_test_${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`
  await onServer(server.url, `create database ${template}`)
  const db = connect(withDatabase(server.url, template), () => {}, 1)
  await migrate(db)
  await checkInstallation(db, createSeal(TEST_KEY), true)
  await db.destroy()
  project.provide('server', { url: server.url, template })
  return async () => {
    await onServer(server.url, `drop database ${template}`)
    await server.stop()
  }
}

/** A throw-away server; nothing of it must outlive a power cut. */
async function embed(): Promise<{ url: string; stop: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'sapa-test-'))
  await chmod(home, 0o755)
  const folder = join(home, 'postgres')
  await createCluster(folder, 'test')
  const port = await freePort()
  await startServer(folder, port, ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'])
  process.once('exit', () => stopNow(folder))
  return {
    url: urlOf(port, 'test'),
    stop: async () => {
      await stopServer(folder)
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** A suite that is ended by a signal stops nothing behind it. */
function stopNow(folder: string): void {
  const note = join(folder, 'postmaster.pid')
  if (existsSync(note)) process.kill(Number.parseInt(readFileSync(note, 'utf8'), 10), 'SIGQUIT')
}
