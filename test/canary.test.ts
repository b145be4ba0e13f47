// A canary NIK, phone and document name go through the whole program. Afterwards they are looked for wherever something
// is kept or said: database files, a dump, the data folder, Redis, exports, logs, errors. Only sealed values may hold them.
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../src/db/connect.ts'
import { readServerNote } from '../src/db/folder.ts'
import type { PersonView } from '../src/web/simulator/view.ts'
import { type Program, startProgram, startServer, temporaryFolder } from './support/program.ts'
import { hasRedis, startRedis } from './support/redis.ts'

const NIK = '3575011708857319'
const PHONE = '83655512377'
const DOCUMENT = 'ktp-kanari-7319'
/** Names are columns by design: that this one is found proves that the search finds what is there. */
const NAME = 'Kanari Santoso'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let redis: Awaited<ReturnType<typeof startRedis>> | undefined
let server: Program
let address = ''
/** Everything that commands printed. */
const printed: string[] = []

beforeAll(async () => {
  folder = await temporaryFolder()
  redis = hasRedis ? await startRedis() : undefined
  server = startServer(folder.path, environment())
  address = await server.ready
  // Whenever this runs, it is nine in the morning there: what is told waits for no quiet hours.
  const db = connect((await readServerNote(folder.path))?.databaseUrl ?? '', () => {}, 1)
  await sql`update installation set clock_shift = (current_date + time '02:00') at time zone 'UTC' - clock_timestamp()`.execute(
    db,
  )
  await db.destroy()
}, 60_000)
afterAll(async () => {
  server.kill('SIGTERM')
  await server.ended
  await redis?.close()
  await folder.remove()
})

const environment = () => (redis ? { REDIS_URL: redis.url } : {})

async function call(path: string, body?: unknown, bytes?: Buffer): Promise<Response> {
  const type = bytes ? 'application/octet-stream' : 'application/json'
  const content = bytes ? new Uint8Array(bytes) : JSON.stringify(body ?? {})
  return fetch(`${address}/simulator/${path}`, { method: 'POST', body: content, headers: { 'content-type': type } })
}

const view = async (person: string) =>
  (await (await fetch(`${address}/simulator/people/${person}`)).json()) as PersonView

async function answered(person: string, id: string): Promise<void> {
  await expect
    .poll(async () => (await view(person)).chats.telegram.bubbles.find(bubble => bubble.id === id)?.ticks, {
      timeout: 30_000,
    })
    .toBe(2)
}

async function says(person: string, text: string): Promise<void> {
  const id = randomUUID()
  expect((await call(`people/${person}/telegram/messages`, { id, said: { kind: 'text', text } })).status).toBe(204)
  await answered(person, id)
}

/** A picture that tells its name in its metadata. */
async function sendsPicture(person: string): Promise<void> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const picture = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#888', noise } })
    .withExif({ IFD0: { ImageDescription: DOCUMENT, Artist: NIK } })
    .jpeg()
    .toBuffer()
  expect(picture.includes(DOCUMENT)).toBe(true)
  const id = randomUUID()
  await call(`people/${person}/telegram/files/${id}`, undefined, picture)
  await answered(person, id)
}

async function sapa(...args: string[]): Promise<number | null> {
  const { code, stdout, stderr } = await startProgram('src/cli.ts', args, { SAPA_DATA_DIR: folder.path }).ended
  printed.push(stdout, stderr)
  return code
}

async function withDatabase<T>(work: (db: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const db = connect((await readServerNote(folder.path))?.databaseUrl ?? '', () => {}, 1)
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}

/** Every row of every table, whoever made it. */
const dump = () =>
  withDatabase(async db => {
    const tables = await sql<{ name: string }>`
      select oid::regclass::text as name from pg_class
      where relkind = 'r' and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')`.execute(db)
    const texts = await Promise.all(
      tables.rows.map(({ name }) =>
        sql<{
          text: string
        }>`select coalesce(string_agg(t::text, E'\n'), '') as text from ${sql.raw(name)} as t`.execute(db),
      ),
    )
    await sql`checkpoint`.execute(db)
    return texts.map(({ rows }) => rows[0]?.text ?? '').join('\n')
  })

/** The canaries as they might be written: plain, with dashes, in hexadecimal or base64. */
const TRACES = [NIK, PHONE, DOCUMENT, '3655-5123-77', '0836-5551-2377'].flatMap(text => [
  text,
  Buffer.from(text).toString('hex'),
  // The end of a base64 text depends on what follows.
  Buffer.from(text).toString('base64').slice(0, -4),
])

const find = (bytes: Uint8Array | string): string[] => {
  const whole = Buffer.from(bytes as string)
  return TRACES.filter(trace => whole.includes(trace))
}

async function findInFolder(): Promise<string[]> {
  const entries = await readdir(folder.path, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter(one => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const bytes = path.endsWith('.xlsx') ? undefined : await readFile(path).catch(() => undefined)
    if (bytes) found.push(...find(bytes).map(trace => `${trace} in ${path}`))
  }
  return found
}

test('nothing of a person is found outside sealed values', { timeout: 240_000 }, async () => {
  const people = await Promise.all(
    [call('people'), call('people')].map(async one => (await one).json() as Promise<{ id: string }>),
  )
  const [worker, unlucky] = people.map(person => person.id) as [string, string]

  for (const text of [
    'daftar',
    'setuju',
    NIK,
    `${NAME} ${NIK}`,
    NAME,
    `${NIK}99`,
    NIK,
    'ya',
    'Pasuruan',
    'x',
    `0${PHONE}`,
  ])
    await says(worker, text)
  const address = 'Jl. Erlangga No. 156 RT 05 RW 01, Sekargadung, Purworejo, Kota Pasuruan'
  for (const text of [address, 'gapensi', 'tukang batu', '5 tahun', 'SMP', `${DOCUMENT}.jpg`]) await says(worker, text)
  await sendsPicture(worker)
  for (const text of ['lewati', 'lewati', 'panitia', 'YA', 'data saya', 'sambungkan']) await says(worker, text)

  // A turn that always fails, with everything in the message that must not be quoted.
  await says(unlucky, 'daftar')
  await withDatabase(db => sql`update conversation set state = '\\x01020304' where question = 'consent'`.execute(db))
  const said = { kind: 'text', text: `NIK saya ${NIK}, HP 0${PHONE}, berkas ${DOCUMENT}` }
  await call(`people/${unlucky}/telegram/messages`, { id: randomUUID(), said })
  const aside = () =>
    withDatabase(db => db.selectFrom('inbox').select('set_aside').where('set_aside', 'is not', null).execute())
  await expect.poll(aside, { timeout: 30_000 }).toHaveLength(1)
  expect((await call(`people/${worker}/telegram/messages`, { id: NIK, said: { kind: 'text', text: PHONE } })).ok).toBe(
    false,
  )

  const { chats } = await view(worker)
  const number = chats.telegram.stored?.number ?? ''
  expect(await sapa('registrations', 'return', number, '--why', `NIK ${NIK} dan HP 0${PHONE} tidak cocok`)).toBe(0)
  for (const text of ['lewati', 'ya', 'lewati', 'YA']) await says(worker, text)
  expect(await sapa('registrations', 'accept', '--all')).toBe(0)
  expect(await sapa('registrations', 'accept', NIK)).toBe(1)
  const xlsx = join(folder.path, 'list.xlsx')
  for (const args of [['--json'], ['--csv'], [], ['--xlsx', xlsx]]) expect(await sapa('registrations', ...args)).toBe(0)
  for (const args of [['ledger'], ['ledger', '--json'], ['tasks'], ['tasks', '--json']])
    expect(await sapa(...args)).toBe(0)
  await expect.poll(async () => JSON.stringify((await view(worker)).chats.telegram.sent)).toContain('diterima')

  const dumped = await dump()
  expect(dumped).toContain(NAME)
  expect(find(dumped)).toEqual([])
  expect(await findInFolder()).toEqual([])
  // What the operator typed is said by the command that refuses it, and nowhere else.
  expect(find(printed.filter(text => !text.includes('no registration number')).join('\n'))).toEqual([])
  const sheet = Object.values(unzipSync(await readFile(xlsx)))
  expect(sheet.flatMap(bytes => find(bytes))).toEqual([])
  if (redis) {
    const client = new Redis(redis.url)
    const keys = await client.keys('*')
    const values = await Promise.all(keys.map(key => client.dumpBuffer(key)))
    expect(keys.length).toBeGreaterThan(0)
    expect(find(Buffer.concat([Buffer.from(keys.join('\n')), ...values.flatMap(value => value ?? [])]))).toEqual([])
    client.disconnect()
  }
  server.kill('SIGTERM')
  const { stdout, stderr } = await server.ended
  expect(stderr).toContain('a turn failed')
  expect(find(stdout + stderr)).toEqual([])
  expect(await findInFolder()).toEqual([])
})
