// The server behind a webhook: started as an operator does, posted to by a Bot API server over HTTP on loopback.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../src/db/port.ts'
import { loadSampleEvent } from '../src/sample-event.ts'
import { freshDatabase, type TestDatabase } from './support/database.ts'
import { TEST_KEY } from './support/key.ts'
import { type Program, startServer } from './support/program.ts'
import { startTelegramServer, type TelegramServer } from './support/telegram-server.ts'

const SECRET = 'rahasia-antara-kita_42'

let data: TestDatabase
let telegram: TelegramServer
let program: Program
let address: string

beforeAll(async () => {
  data = await freshDatabase()
  await loadSampleEvent(data.house)
})
afterAll(() => data.close())

async function stop(): Promise<void> {
  program.kill('SIGTERM')
  await program.ended
  await telegram.close()
}

async function start(settings: Readonly<Record<string, string>> = {}, databaseUrl = data.url): Promise<void> {
  const port = String(await freePort())
  address = `http://127.0.0.1:${port}`
  program = startServer(data.house.dataDir, {
    PORT: port,
    PUBLIC_URL: address,
    DATABASE_URL: databaseUrl,
    SAPA_KEY: TEST_KEY.toString('base64'),
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    ...settings,
  })
  await program.ready
}

const post = (update: unknown, secret: string | undefined = SECRET) =>
  fetch(`${address}/webhooks/telegram`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(secret ? { 'x-telegram-bot-api-secret-token': secret } : {}) },
    body: typeof update === 'string' ? update : JSON.stringify(update),
  })

const text = (id: number, words: string, update = id) => ({
  update_id: update,
  message: {
    message_id: update,
    from: { id, is_bot: false, first_name: 'Budi' },
    chat: { id, type: 'private', first_name: 'Budi' },
    date: 1761998460,
    text: words,
  },
})
const stored = async () => {
  const { count } = await data.house.db
    .selectFrom('inbox')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

describe('a webhook', () => {
  beforeAll(async () => {
    telegram = await startTelegramServer()
    telegram.person(501).says('P')
    await start()
  })
  afterAll(stop)

  it('is set at the start with the secret and what we want to hear, and nothing that waited is dropped', async () => {
    const person = telegram.person(501)
    await person.hears(/setuju/i)
    expect(telegram.calls('setWebhook')).toEqual([
      {
        url: `${address}/webhooks/telegram`,
        secret_token: SECRET,
        allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
      },
    ])
    expect(telegram.calls('getUpdates')).toEqual([])
    person.presses('Setuju')
    await person.hears(/nama lengkap/i)
    const health = await (await fetch(`${address}/healthz`)).json()
    expect(health).toMatchObject({ channels: { telegram: 'ok' } })
  })

  it('refuses who does not know the secret, and stores nothing of it', async () => {
    const before = await stored()
    for (const secret of ['', 'rahasia', `${SECRET}x`, SECRET.toUpperCase()])
      expect((await post(text(502, 'halo'), secret)).status).toBe(401)
    const bare = await fetch(`${address}/webhooks/telegram`, { method: 'POST', body: 'x'.repeat(1_000_000) })
    expect(bare.status).toBe(401)
    expect((await fetch(`${address}/webhooks/telegram`)).status).toBe(404)
    expect(await stored()).toBe(before)
  })

  it('refuses a body that is too large or no update', async () => {
    const before = await stored()
    expect((await post({ update_id: 1, text: 'x'.repeat(300_000) })).status).toBe(413)
    for (const body of ['{"update_id":', '[]', '{}', '{"update_id":"1"}', '7'])
      expect((await post(body)).status).toBe(400)
    expect(await stored()).toBe(before)
  })

  it('stores an update once, however often and in whatever order it comes', async () => {
    const before = await stored()
    const posts = [3, 1, 2, 1, 3, 2, 1].map(n => post(text(503, `halo ${n}`, 9_000 + n)))
    expect((await Promise.all(posts)).map(answer => answer.status)).toEqual(Array(7).fill(200))
    expect(await stored()).toBe(before + 3)
  })

  it('turns a group away, and stores nothing of it', async () => {
    const before = await stored()
    const group = telegram.group(-100777)
    group.says('halo bot')
    await telegram.until(
      () => 'an answer',
      () => group.chat.messages.some(message => message.byBot),
    )
    expect(await stored()).toBe(before)
  })
})

describe('a webhook of its own server', () => {
  beforeEach(async () => {
    telegram = await startTelegramServer()
  })
  afterEach(stop)

  it('answers 503 while the database is away; Telegram posts again', async () => {
    const other = await freshDatabase()
    await loadSampleEvent(other.house)
    await start({}, other.url)
    await other.close()
    const answer = await post(text(504, 'halo'))
    expect(answer.status).toBe(503)
    telegram.person(505).says('halo')
    await telegram.until(
      () => 'a second try',
      () => telegram.world.posted.filter(status => status === 503).length > 1,
    )
    expect(telegram.world.updates).toHaveLength(1)
  })

  it('is taken away when the bot is polled again, and nothing that waited is dropped', async () => {
    await start()
    await telegram.until(
      () => 'a webhook',
      () => telegram.world.webhook !== undefined,
    )
    program.kill('SIGKILL')
    await program.ended
    const person = telegram.person(506)
    person.says('P')
    await start({ TELEGRAM_WEBHOOK_SECRET: '' })
    await person.hears(/setuju/i)
    expect(telegram.calls('deleteWebhook')).toEqual([{}])
  })

  it('that Telegram does not like is told by /healthz', async () => {
    const description = 'Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443'
    telegram.fails('setWebhook', { status: 400, description }, { times: 1_000 })
    await start()
    await expect
      .poll(async () => (await fetch(`${address}/healthz`)).json())
      .toMatchObject({ channels: { telegram: `webhook refused: ${description}` } })
  })
})
