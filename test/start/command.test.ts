// What a command works with: the running server's database, or the folder's own, one command after the other.
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { openHouse } from '../../src/open-house.ts'
import { startProgram, startServer, temporaryFolder } from '../support/program.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

const open = () => openHouse(readConfig({ SAPA_DATA_DIR: folder.path }), createLog('silent'))
const isRunning = () =>
  access(join(folder.path, 'postgres/postmaster.pid')).then(
    () => true,
    () => false,
  )

test('without a server it starts PostgreSQL, and stops it after', async () => {
  const { house, close } = await open()
  expect(await house.db.selectFrom('event').selectAll().execute()).toEqual([])
  expect(await isRunning()).toBe(true)
  await close()
  expect(await isRunning()).toBe(false)
})

test('a second command waits until the first is done', async () => {
  const first = await open()
  const order: string[] = []
  const second = open().then(opened => {
    order.push('second opened')
    return opened
  })
  await first.house.db.insertInto('sweep').values({ name: 'first', ran_at: new Date() }).execute()
  order.push('first done')
  await first.close()
  const { house, close } = await second
  expect(order).toEqual(['first done', 'second opened'])
  expect(await house.db.selectFrom('sweep').select('name').execute()).toEqual([{ name: 'first' }])
  await close()
})

/** The operator's command as a program of its own. */
const listRegistrations = async () => {
  const { code, stdout, stderr } = await startProgram('src/cli.ts', ['registrations', '--json'], {
    SAPA_DATA_DIR: folder.path,
  }).ended
  return { code, registrations: JSON.parse(stdout || 'null'), stderr }
}
const nobodyYet = { code: 0, registrations: [], stderr: '' }

test('beside a running server it uses that one, and leaves it running', async () => {
  const server = startServer(folder.path)
  const address = await server.ready
  expect(await listRegistrations()).toEqual(nobodyYet)
  expect((await fetch(`${address}/healthz`)).status).toBe(200)
  server.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)
})

test('two commands at once, and no server: both are done', async () => {
  expect(await Promise.all([listRegistrations(), listRegistrations()])).toEqual([nobodyYet, nobodyYet])
  expect(await isRunning()).toBe(false)
})

test('after a server was killed a command works all the same', async () => {
  const server = startServer(folder.path)
  await server.ready
  server.kill('SIGKILL')
  await server.ended
  expect(await listRegistrations()).toEqual(nobodyYet)
})
