// A canary NIK, phone and document name go through the whole program. Afterwards they are looked for wherever something
// is kept or said: database files, a dump, the data folder, Redis, exports, logs, errors. Only sealed values may hold them.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../src/db/connect.ts'
import { readServerNote } from '../src/db/folder.ts'
import { DOCUMENT, find, findInFolder, NAME, NIK, PHONE, rowsOf } from './support/canary.ts'
import { phonesOf } from './support/phones.ts'
import { type Program, startProgram, startServer, temporaryFolder } from './support/program.ts'
import { hasRedis, startRedis } from './support/redis.ts'

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

const phones = phonesOf(() => address)
const says = (person: string, text: string) => phones.says(person, 'telegram', text)

/** A picture that tells its name in its metadata. */
async function sendsPicture(person: string): Promise<void> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const picture = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#888', noise } })
    .withExif({ IFD0: { ImageDescription: DOCUMENT, Artist: NIK } })
    .jpeg()
    .toBuffer()
  expect(picture.includes(DOCUMENT)).toBe(true)
  await phones.sendsPicture(person, 'telegram', picture)
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

/** Everything in the database as text, written down to its files. */
const dump = () =>
  withDatabase(async db => {
    const rows = await rowsOf(db)
    await sql`checkpoint`.execute(db)
    return [...rows.values()].join('\n')
  })

test('nothing of a person is found outside sealed values', { timeout: 400_000 }, async () => {
  const [worker, unlucky] = await Promise.all([phones.person(), phones.person()])

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
  await phones.send(unlucky, 'telegram', `NIK saya ${NIK}, HP 0${PHONE}, berkas ${DOCUMENT}`)
  const aside = () =>
    withDatabase(db => db.selectFrom('inbox').select('set_aside').where('set_aside', 'is not', null).execute())
  await expect.poll(aside, { timeout: 30_000 }).toHaveLength(1)
  expect((await phones.send(worker, 'telegram', PHONE, NIK)).ok).toBe(false)

  const { chats } = await phones.view(worker)
  const number = chats.telegram.stored?.number ?? ''
  expect(await sapa('registrations', 'return', number, '--why', `NIK ${NIK} dan HP 0${PHONE} tidak cocok`)).toBe(0)
  for (const text of ['lewati', 'ya', 'lewati', 'YA']) await says(worker, text)
  expect(await sapa('registrations', 'accept', '--all')).toBe(0)
  expect(await sapa('registrations', 'accept', NIK)).toBe(1)
  const xlsx = join(folder.path, 'list.xlsx')
  for (const args of [['--json'], ['--csv'], [], ['--xlsx', xlsx]]) expect(await sapa('registrations', ...args)).toBe(0)
  for (const args of [['ledger'], ['ledger', '--json'], ['tasks'], ['tasks', '--json']])
    expect(await sapa(...args)).toBe(0)
  await expect.poll(async () => JSON.stringify((await phones.view(worker)).chats.telegram.sent)).toContain('diterima')
  // An answer in words, a code for another chat, another chat, the own data, why we wrote; the office at work.
  for (const text of [`saya sakit ${NIK}`, 'ya', 'hadir', 'sambungkan', 'kenapa', 'data saya', `0${PHONE}`])
    await says(worker, text)
  await phones.says(worker, 'whatsapp', `daftar ${NIK} 0${PHONE}`)
  for (const args of [
    ['checkin', number, '--session', 'd1-reg'],
    ['attendance', 'sheet', '--session', 'd1-reg'],
    ['reminders', 'preview', '--at', '2030-01-01T00:00:00Z'],
    ['ledger', '--person', number],
    ['ledger', '--json'],
    ['event', 'show'],
    ['whatsapp', 'status'],
  ])
    await sapa(...args)

  const dumped = await dump()
  expect(dumped).toContain(NAME)
  expect(find(dumped)).toEqual([])
  expect(await findInFolder(folder.path, '.xlsx')).toEqual([])
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
  expect(await findInFolder(folder.path, '.xlsx')).toEqual([])
})
