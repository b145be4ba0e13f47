// A database of its own for a test: migrated, empty, gone at the end.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import type { House } from '../../src/house.ts'
import { createLog } from '../../src/log.ts'
import { createSeal } from '../../src/seal.ts'
import { onServer, withDatabase } from './admin.ts'
import { TEST_KEY } from './key.ts'

export type TestDatabase = { readonly url: string; readonly house: House; readonly close: () => Promise<void> }

/** Copies the run's template on the server that DATABASE_URL names, else on the run's own. Its clock may be shifted. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { url: serverUrl, template } = inject('server')
  const name = `sapa_test_${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`
  await onServer(serverUrl, `create database ${name} template ${template}`)
  const url = withDatabase(serverUrl, name)
  const db = connect(url, () => {})
  const dataDir = await mkdtemp(join(tmpdir(), 'sapa-data-'))
  return {
    url,
    house: { db, seal: createSeal(TEST_KEY), log: createLog('silent'), dataDir },
    close: async () => {
      await db.destroy()
      // `force`: a server under test may still be connected.
      await onServer(serverUrl, `drop database ${name} with (force)`)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
