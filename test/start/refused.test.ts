// A start that can't be: one clear line on stderr, nothing on stdout, an exit code that says so.

import { once } from 'node:events'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { TEST_KEY } from '../support/key.ts'
import { startServer, temporaryFolder } from '../support/program.ts'

let database: TestDatabase
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let real: Record<string, string>
beforeAll(async () => {
  database = await freshDatabase()
  folder = await temporaryFolder()
  real = { DATABASE_URL: database.url, SAPA_KEY: TEST_KEY.toString('base64') }
})
afterAll(async () => {
  await database.close()
  await folder.remove()
})

/** Starts the server, which must refuse, and gives its one line. */
async function refusal(dataDir: string, environment: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await startServer(dataDir, environment).ended
  expect({ code, stdout, lines: stderr.split('\n').length }, stderr).toEqual({ code: 1, stdout: '', lines: 2 })
  return stderr
}

test('wrong and missing settings are all named', async () => {
  const line = await refusal(folder.path, { PORT: 'http', DATABASE_URL: database.url, WHATSAPP: 'cloud' })
  expect(line).toMatch(/^sapa: PORT must be .*SAPA_KEY is missing.*WHATSAPP_TOKEN is missing.*PUBLIC_URL is missing/)
})

test('a taken port', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  expect(await refusal(folder.path, { ...real, PORT: String(port) })).toContain(`PORT ${port} is taken`)
  other.close()
})

test('a database that does not answer', async () => {
  const away = { ...real, DATABASE_URL: 'postgres://127.0.0.1:1/sapa' }
  expect(await refusal(folder.path, away)).toMatch(
    /the database does not answer \(.*ECONNREFUSED.*\): see DATABASE_URL/,
  )
})

test('a key that does not fit', async () => {
  const wrong = { ...real, SAPA_KEY: Buffer.alloc(32, 9).toString('base64') }
  expect(await refusal(folder.path, wrong)).toContain("doesn't open this database")
})

test('a database newer than the program', async () => {
  const { db } = database.house
  await sql`insert into kysely_migration (name, timestamp) values ('9999_future', 'later')`.execute(db)
  expect(await refusal(folder.path, real)).toContain('the database is newer than this program')
  await sql`delete from kysely_migration where name = '9999_future'`.execute(db)
})

test('a data folder that is no folder', async () => {
  const path = join(folder.path, 'file')
  await writeFile(path, '')
  expect(await refusal(path, {})).toContain(`SAPA_DATA_DIR: the folder ${path} can't be used`)
})

test.runIf(process.getuid?.() === 0)('as root, a folder that only root may enter', async () => {
  const closed = join(folder.path, 'closed')
  await mkdir(closed)
  await chmod(closed, 0o700)
  const line = await refusal(join(closed, 'data'), {})
  expect(line).toContain(`user postgres, who may not enter ${closed}`)
  expect(line).toContain('SAPA_DATA_DIR')
})

test('data without its key', async () => {
  const path = join(folder.path, 'keyless')
  await mkdir(join(path, 'postgres'), { recursive: true })
  expect(await refusal(path, {})).toContain(`the key ${path}/key is missing`)
})
