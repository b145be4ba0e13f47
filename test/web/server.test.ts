// The server without the simulator: health, headers, the plain page.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { createWeb, type Health, type Web } from '../../src/web/server.ts'

const HEALTHY: Health = { database: 'ok', queue: 'ok', channels: { telegram: 'ok', whatsapp: 'off' } }

let web: Web | undefined
afterEach(() => web?.close())

function serve(health: () => Promise<Health> = async () => HEALTHY, port = 0): Promise<string> {
  web = createWeb({ host: '127.0.0.1', port, log: createLog('silent'), health })
  return web.listen()
}

test('health names the database, the queue and each channel', async () => {
  const answer = await fetch(`${await serve()}/healthz`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ status: 'ok', ...HEALTHY })
})

test('health is 503 while the database is away', async () => {
  const answer = await fetch(`${await serve(async () => ({ ...HEALTHY, database: 'away' }))}/healthz`)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ status: 'away', database: 'away' })
})

test('a health that cannot be read is 503 as well, without its reason', async () => {
  const answer = await fetch(`${await serve(() => Promise.reject(new Error('secret detail')))}/healthz`)
  expect(answer.status).toBe(503)
  expect(await answer.text()).not.toContain('secret')
})

test('every answer forbids foreign scripts, frames and guessing of types', async () => {
  const address = await serve()
  for (const path of ['/', '/healthz', '/nowhere']) {
    const { headers } = await fetch(address + path)
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('the front page says plainly what this is, and nothing of the simulator is there', async () => {
  const address = await serve()
  expect(await (await fetch(address)).text()).toContain('meja depan pendaftaran')
  for (const path of ['/simulator/people', '/simulator/people/eko-riyadi-0421', '/assets/index.js'])
    expect((await fetch(address + path)).status).toBe(404)
  expect((await fetch(`${address}/simulator/people`, { method: 'POST' })).status).toBe(404)
})

test("a taken port is the system's error", async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise(done => other.once('listening', done))
  await expect(serve(undefined, (other.address() as AddressInfo).port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  other.close()
})
