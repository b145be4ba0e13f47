// The simulator's page is built by the start that first needs it and served from then on.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, openDesk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

async function page(): Promise<Response> {
  const answer = await fetch(desk.address)
  expect(answer.status).toBe(200)
  return answer
}

test('until it is built a page waits and reloads; then the page itself is there', async () => {
  const first = await (await page()).text()
  if (!first.includes('id="root"')) expect(first).toMatch(/http-equiv="refresh".*sedang disiapkan/s)
  await expect.poll(async () => (await page()).text(), { timeout: 60_000 }).toContain('<div id="root">')
}, 60_000)

test('its parts come from this server alone and may be kept for ever', async () => {
  await expect.poll(async () => (await page()).text(), { timeout: 60_000 }).toContain('<div id="root">')
  const html = await (await page()).text()
  expect(html).not.toMatch(/https?:\/\//)
  const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string)
  expect(parts.some(path => path.endsWith('.js'))).toBe(true)
  for (const path of parts) {
    const answer = await fetch(desk.address + path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toContain('immutable')
  }
})

test('nothing else of the machine can be had', async () => {
  for (const path of ['/assets/..%2f..%2f..%2fpackage.json', '/assets/%2e%2e/index.html', '/assets/', '/package.json'])
    expect((await fetch(desk.address + path)).status).toBeGreaterThanOrEqual(400)
})
