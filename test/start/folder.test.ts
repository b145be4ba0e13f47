// A data folder through its life: first start, second server, kills, restarts, stops. One folder for the whole file.
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { readServerNote } from '../../src/db/folder.ts'
import { npmStart, type Program, startServer, temporaryFolder } from '../support/program.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let server: Program
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(async () => {
  server.kill('SIGTERM')
  await server.ended
  await folder.remove()
})

const path = (name: string) => join(folder.path, name)
const health = async (address: string) => (await fetch(`${address}/healthz`)).json()
const postmaster = async () => Number((await readFile(path('postgres/postmaster.pid'), 'utf8')).split('\n')[0])

/** Starts the folder's server again and gives its address. */
async function start(): Promise<string> {
  server = startServer(folder.path)
  return server.ready
}

/** What a command beside the server sees. */
async function withDatabase<T>(work: (db: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const note = await readServerNote(folder.path)
  const db = connect(note?.databaseUrl ?? '', () => {}, 1)
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}

/** Commits something that must be there after whatever comes. */
const leaveMark = (name: string) =>
  withDatabase(db => db.insertInto('sweep').values({ name, ran_at: new Date() }).execute())
const marks = () =>
  withDatabase(
    async db => (await db.selectFrom('sweep').select('name').where('name', 'like', 'mark %').execute()).length,
  )

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('the first start makes what it needs, and is ready', { timeout: 60_000 }, async () => {
  expect(await health(await start())).toMatchObject({ status: 'ok', database: 'ok' })
  for (const secret of ['key', 'server.json']) expect((await stat(path(secret))).mode & 0o777).toBe(0o600)
  expect(await readServerNote(folder.path)).toMatchObject({ pid: server.pid })
})

test('the sample event is there, its registration open', async () => {
  const event = await withDatabase(db => db.selectFrom('event').selectAll().executeTakeFirstOrThrow())
  expect(event.open_at < new Date() && new Date() < event.close_at).toBe(true)
})

test('a second server on the folder is refused, the first goes on', async () => {
  const second = await startServer(folder.path).ended
  expect(second.code).toBe(1)
  expect(second.stderr).toMatch(/^sapa: a server \(process \d+\) runs on the folder .*\n$/)
  expect(await health(await server.ready)).toMatchObject({ status: 'ok' })
})

test('PostgreSQL that dies under the server is started again', async () => {
  await leaveMark('mark 1')
  const former = await postmaster()
  process.kill(former, 'SIGKILL')
  const address = await server.ready
  await expect.poll(postmaster).not.toBe(former)
  await expect.poll(() => health(address)).toMatchObject({ status: 'ok' })
  expect(await marks()).toBe(1)
})

test('kill -9 leaves PostgreSQL behind; the next start stops it and loses nothing', async () => {
  await leaveMark('mark 2')
  server.kill('SIGKILL')
  await server.ended
  const orphan = await postmaster()
  expect(isAlive(orphan)).toBe(true)
  await start()
  expect(await postmaster()).not.toBe(orphan)
  expect(await marks()).toBe(2)
})

test('kill -9 of everything at once loses nothing', async () => {
  await leaveMark('mark 3')
  server.kill('SIGKILL')
  process.kill(await postmaster(), 'SIGKILL')
  await server.ended
  await start()
  expect(await marks()).toBe(3)
})

test('SIGTERM ends the server and its PostgreSQL with 0, and without a word', async () => {
  const pid = await postmaster()
  const address = await server.ready
  server.kill('SIGTERM')
  expect(await server.ended).toEqual({ code: 0, stdout: `sapa ready at ${address}\n`, stderr: '' })
  expect(isAlive(pid)).toBe(false)
  expect(await readServerNote(folder.path)).toBeUndefined()
})

test('npm start says nothing but that it is ready, and hands a SIGTERM on', async () => {
  server = npmStart(folder.path)
  await server.ready
  server.kill('SIGTERM')
  const { code, stdout, stderr } = await server.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(
    stdout
      .trim()
      .split('\n')
      .filter(line => !line.startsWith('> ')),
  ).toEqual(['', expect.stringMatching(/^sapa ready at /)])
})

test('another key is refused by the folder', async () => {
  const { code, stderr } = await startServer(folder.path, { SAPA_KEY: Buffer.alloc(32, 9).toString('base64') }).ended
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^sapa: the key doesn't fit this data folder.*\n$/),
  })
})

test('a left-over postmaster.pid whose pid is somebody else by now does not keep it from starting', async () => {
  await writeFile(path('postgres/postmaster.pid'), `${process.pid}\n${path('postgres')}\n1700000000\n1\n\n127.0.0.1\n`)
  await start()
  expect(await marks()).toBe(3)
})

test('SIGINT ends it with 0, also while it starts', async () => {
  server.kill('SIGINT')
  expect((await server.ended).code).toBe(0)
  server = startServer(folder.path)
  // Its first sign of life.
  await expect.poll(() => postmaster().catch(() => 0)).toBeGreaterThan(0)
  server.kill('SIGINT')
  expect((await server.ended).code).toBe(0)
})
