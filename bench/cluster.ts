// A PostgreSQL for a benchmark that is run by itself.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../src/db/port.ts'
import { createCluster, startServer, stopServer, urlOf } from '../src/db/postgres.ts'

const PASSWORD = 'bench'

/** Starts a server with fsync, runs `measure` with its URL, and stops it. */
export async function withCluster<T>(measure: (url: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sapa-bench-'))
  await chmod(folder, 0o755)
  const cluster = join(folder, 'postgres')
  await createCluster(cluster, PASSWORD)
  const port = await freePort()
  await startServer(cluster, port, ['max_connections=100'])
  try {
    return await measure(urlOf(port, PASSWORD))
  } finally {
    await stopServer(cluster)
    await rm(folder, { recursive: true, force: true })
  }
}
