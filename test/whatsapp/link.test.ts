// Linking a number as an operator does: the command beside a running server, the phone in the emulator.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import QRCode from 'qrcode'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ACCOUNT } from '../../src/bots/whatsapp/account.ts'
import { pauseAccount } from '../../src/db/pause.ts'
import { placeOfNews } from '../../src/jobs/whatsapp-store.ts'
import { createWeb } from '../../src/web/server.ts'
import { sayWhatsApp } from '../../src/whatsapp.ts'
import { sapa } from '../cli/support.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { TEST_KEY } from '../support/key.ts'
import { type Desk, openDesk } from '../support/whatsapp-desk.ts'
import { startWhatsAppServer, type WhatsAppServer } from '../support/whatsapp-server/server.ts'

let data: TestDatabase
/** A database without a server; the command takes its time there. */
let idle: TestDatabase
let serverless: ReturnType<typeof sapa>
let server: WhatsAppServer
let desk: Desk
let web: ReturnType<typeof createWeb>
let address: string
let numbers = 0

beforeAll(async () => {
  ;[data, idle] = await Promise.all([freshDatabase(), freshDatabase()])
  serverless = sapa(idle, ['whatsapp', 'link'])
  server = await startWhatsAppServer()
  desk = openDesk(data.house, data.url, server.url)
  const health = async () => ({ database: 'ok' as const, queue: 'ok' as const, channels: {} })
  web = createWeb({ host: '127.0.0.1', port: 0, log: data.house.log, health, telegram: undefined, links: data.house })
  address = await web.listen()
})
beforeEach(() => {
  server.changeNumber(`62811000000${String(++numbers).padStart(2, '0')}`)
})
afterEach(async () => {
  Object.assign(server.world.options, { refreshLate: false, wantsPasskey: false })
  await data.house.db.updateTable('whatsapp_link').set({ ended_at: new Date() }).where('ended_at', 'is', null).execute()
  if (!(await isLinked())) return
  await online()
  server.logOut()
  await expect.poll(() => sayWhatsApp(data.house), { timeout: 20_000 }).toBe('logged out')
})
afterAll(async () => {
  await web?.close()
  await desk?.stop()
  await server?.close()
  await Promise.all([data?.close(), idle?.close()])
})

const isLinked = async () => ['ok', 'connecting'].includes(await sayWhatsApp(data.house))
const online = () => expect.poll(() => sayWhatsApp(data.house), { timeout: 20_000 }).toBe('ok')

/** The QR that is shown now. */
async function newestQr(): Promise<string> {
  const { id, news } = await data.house.db
    .selectFrom('whatsapp_link')
    .select(['id', 'news'])
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return data.house.seal.openJson<{ qr: string }>(placeOfNews(id), news as Buffer).qr
}

/** What a camera sees of half blocks on white: dark where something is printed. */
const seen = (lines: readonly string[]): boolean[][] =>
  lines.flatMap(line => [[...line].map(c => '▀█'.includes(c)), [...line].map(c => '▄█'.includes(c))])
/** The squares of a text's QR code. */
function squares(text: string): boolean[][] {
  const { size, data } = QRCode.create(text).modules
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => data[y * size + x] === 1))
}

/** `sapa whatsapp link ARGS`, read line by line while it runs. */
function link(...args: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, ['src/cli.ts', 'whatsapp', 'link', ...args], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: data.url,
      SAPA_KEY: TEST_KEY.toString('base64'),
      PORT: new URL(address).port,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stderr = text(child.stderr as NonNullable<typeof child.stderr>)
  const closed = once(child, 'close')
  const lines = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })[Symbol.asyncIterator]()
  const line = async () => (await lines.next()).value ?? ''
  return {
    line,
    news: async () => JSON.parse(await line()),
    ended: async () => ({ code: (await closed)[0] as number, stderr: await stderr }),
    kill: () => child.kill('SIGKILL'),
  }
}

describe('by QR', () => {
  it('--json prints a line for each QR and one for the link, and nothing else', async () => {
    const command = link('--json')
    const { qr } = await command.news()
    expect(qr).toMatch(/^https:\/\/wa\.me\/settings\/linked_devices#/)
    expect(server.scan(qr)).toBe(true)
    expect(await command.news()).toEqual({ linked: true })
    expect(await command.ended()).toEqual({ code: 0, stderr: '' })
    await online()
    const status = JSON.parse((await sapa(data, ['whatsapp', 'status', '--json'])).stdout)
    expect(status).toMatchObject({ number: `+${server.owner().pn}`, standing: 'ok', running: true, restricted: null })
    const again = await sapa(data, ['whatsapp', 'link'])
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining(`+${server.owner().pn} is linked`) })
  })

  it('draws what a camera reads as the same text', async () => {
    const command = link()
    const drawn: string[] = []
    for (let line = await command.line(); !line.includes('Scan with the phone'); line = await command.line())
      drawn.push(line)
    const shown = await newestQr()
    const wanted = squares(shown)
    // Around it is light, one square wide.
    const inner = seen(drawn.map(line => stripVTControlCharacters(line)))
      .slice(1, wanted.length + 1)
      .map(row => row.slice(1, wanted.length + 1))
    expect(inner).toEqual(wanted)
    server.scan(shown)
    expect(await command.line()).toBe(`linked: +${server.owner().pn}`)
    expect((await command.ended()).code).toBe(0)
  })

  it('a secret that WhatsApp declares worn out is replaced at once, with the same ref in a new QR', async () => {
    const command = link('--json')
    const { qr: old } = await command.news()
    server.refreshRegistration()
    const asked = performance.now()
    const { qr } = await command.news()
    expect(performance.now() - asked).toBeLessThan(2_000)
    const [before, after] = [old.split(','), qr.split(',')]
    expect(after[3]).not.toBe(before[3])
    expect(after.toSpliced(3, 1)).toEqual(before.toSpliced(3, 1))
    await server.until(
      () => 'the acknowledgement',
      () => server.scan(qr),
    )
    expect(await command.news()).toEqual({ linked: true })
  })

  it('whoever scans the QR from before has to scan a new one, which follows by itself', async () => {
    const command = link('--json')
    const { qr: old } = await command.news()
    server.refreshRegistration()
    await command.news()
    await server.until(
      () => 'the acknowledgement',
      () => server.scan(old),
    )
    const { qr } = await command.news()
    expect(server.scan(qr)).toBe(true)
    expect(await command.news()).toEqual({ linked: true })
  })

  it('where WhatsApp wants a passkey the command says so and ends', async () => {
    server.world.options.wantsPasskey = true
    const command = link('--json')
    server.scan((await command.news()).qr)
    expect(await command.ended()).toMatchObject({ code: 1, stderr: expect.stringMatching(/^[^\n]*passkey[^\n]*\n$/) })
  })

  it('a line that is cut brings a new QR', async () => {
    const command = link('--json')
    const { qr: old } = await command.news()
    server.drop()
    const { qr } = await command.news()
    expect(qr).not.toBe(old)
    server.scan(qr)
    expect(await command.news()).toEqual({ linked: true })
  })
})

describe('by a code', () => {
  it.each([false, true])(
    'the phone’s owner types what the command prints (secret declared worn out: %s)',
    async late => {
      server.world.options.refreshLate = late
      const command = link('--code', `+${server.owner().pn}`)
      const [, code = ''] = /([A-Z1-9]{4}-[A-Z1-9]{4})$/.exec(await command.line()) ?? []
      await server.type(code.replace('-', ''))
      expect(await command.line()).toBe(`linked: +${server.owner().pn}`)
      expect((await command.ended()).code).toBe(0)
    },
  )

  it('is refused for what is no phone number', async () => {
    const command = link('--code', '123')
    expect(await command.ended()).toMatchObject({ code: 1, stderr: expect.stringContaining('"123"') })
  })
})

describe('on a page', () => {
  const get = async (url: string) => {
    const response = await fetch(url)
    return { status: response.status, html: await response.text() }
  }

  it('shows the QR for one linking, and says when it is done', async () => {
    const command = link('--url')
    const url = await command.line()
    expect(url).toMatch(new RegExp(`^${address}/whatsapp/link/[\\w-]{32}$`))
    expect((await command.ended()).code).toBe(0)
    await expect.poll(async () => (await get(url)).html).toContain('<svg')
    const qr = await newestQr()
    const svg = await QRCode.toString(qr, { type: 'svg', margin: 2 })
    expect((await get(url)).html).toContain(svg)
    server.scan(qr)
    await expect.poll(async () => (await get(url)).html).toContain(`+${server.owner().pn}`)
    expect((await get(`${address}/whatsapp/link/${'x'.repeat(32)}`)).status).toBe(404)
  })

  it('is worth nothing after ten minutes, or when somebody asks anew', async () => {
    const first = link('--url')
    const url = await first.line()
    const { id, asked_at, until } = await data.house.db
      .selectFrom('whatsapp_link')
      .select(['id', 'asked_at', 'until'])
      .orderBy('asked_at', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(Math.round((until.getTime() - asked_at.getTime()) / 1000)).toBe(600)
    await data.house.db.updateTable('whatsapp_link').set({ until: asked_at }).where('id', '=', id).execute()
    expect((await get(url)).html).toContain('tidak berlaku')
    await data.house.db.updateTable('whatsapp_link').set({ until }).where('id', '=', id).execute()
    expect((await get(url)).html).not.toContain('tidak berlaku')
    const second = link('--url')
    await second.line()
    expect((await get(url)).html).toContain('tidak berlaku')
  })
})

it('a number that is logged out is not called restricted, though it was', async () => {
  const command = link('--json')
  server.scan((await command.news()).qr)
  await online()
  await pauseAccount(data.house.db, { channel: 'whatsapp', account: ACCOUNT }, 60, 'restricted: 463', 'notices')
  expect(await sayWhatsApp(data.house)).toBe('restricted: 463')
  server.logOut()
  await expect.poll(() => sayWhatsApp(data.house)).toBe('logged out')
  const { stdout } = await sapa(data, ['whatsapp', 'status'])
  expect(stdout).toMatch(/standing: +logged out\n/)
  await data.house.db.deleteFrom('pause').execute()
})

it('whatsapp cold switches on and off, says so in the status, and stands in the audit log', async () => {
  const command = link('--json')
  server.scan((await command.news()).qr)
  await online()
  const status = async () => JSON.parse((await sapa(data, ['whatsapp', 'status', '--json'])).stdout).cold
  expect(await status()).toEqual({ on: false, started_today: 0, per_day: 10 })
  expect((await sapa(data, ['--by', 'Rina', 'whatsapp', 'cold', 'on'])).code).toBe(0)
  expect(await status()).toMatchObject({ on: true })
  expect((await sapa(data, ['whatsapp', 'cold', 'off'])).code).toBe(0)
  expect(await status()).toMatchObject({ on: false })
  expect((await sapa(data, ['whatsapp', 'cold', 'perhaps'])).code).toBe(2)
  const entries = data.house.db.selectFrom('audit').select('by').where('action', '=', 'whatsapp.cold').orderBy('id')
  expect((await entries.execute()).map(({ by }) => by)[0]).toBe('Rina')
})

it('nobody waits long for a server that does not run', async () => {
  const { code, stderr } = await serverless
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('WHATSAPP=baileys npm start') })
})
