// Files that people sent: fetched through the API root, never more than wanted.
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileRefused } from '../../src/bots/port.ts'
import { createTelegram, type Telegram } from '../../src/bots/telegram/telegram.ts'
import { startTelegramServer, type TelegramServer } from '../support/telegram-server.ts'

const MB = 1024 * 1024
const LIMIT = 10 * MB

let server: TelegramServer
let bot: Telegram

beforeEach(async () => {
  server = await startTelegramServer()
  bot = createTelegram(
    { token: server.token, apiRoot: server.root },
    async () => Buffer.of(),
    pino({ level: 'silent' }),
  )
})
afterEach(() => server.close())

const problem = (fetched: Promise<Uint8Array>) =>
  fetched.then(
    bytes => `${bytes.length} bytes`,
    error => (error instanceof FileRefused ? error.problem : Promise.reject(error)),
  )

describe('a file', () => {
  it('comes through the API root', async () => {
    const ref = server.world.storeFile(Buffer.from('a photo'), 7)
    expect(Buffer.from(await bot.fetch({ ref }, LIMIT)).toString()).toBe('a photo')
    expect(server.calls('file')).toEqual([{ path: `photos/${ref}.jpg` }])
  })

  it('that is announced too big is not even asked for', async () => {
    expect(await problem(bot.fetch({ ref: 'any', bytes: LIMIT + 1 }, LIMIT))).toBe('too_big')
    const ref = server.world.storeFile(Buffer.alloc(10), 25 * MB)
    expect(await problem(bot.fetch({ ref }, LIMIT))).toBe('too_big')
    expect(server.calls('file')).toEqual([])
  })

  it('that turns out too big while it comes is cut off', async () => {
    for (const announced of [1_000, undefined]) {
      const ref = server.world.storeFile(Buffer.alloc(20 * MB), announced)
      expect(await problem(bot.fetch({ ref }, LIMIT))).toBe('too_big')
    }
  })

  it('of exactly the limit is taken', async () => {
    const ref = server.world.storeFile(Buffer.alloc(LIMIT), LIMIT)
    expect(await problem(bot.fetch({ ref, bytes: LIMIT }, LIMIT))).toBe(`${LIMIT} bytes`)
  })

  it('that is not there, or not now, is unreachable', async () => {
    expect(await problem(bot.fetch({ ref: 'unknown' }, LIMIT))).toBe('unreachable')
    const ref = server.world.storeFile(Buffer.from('x'), 1)
    server.fails('getFile', { status: 500 })
    expect(await problem(bot.fetch({ ref }, LIMIT))).toBe('unreachable')
    server.fails('file', { status: 404 })
    expect(await problem(bot.fetch({ ref }, LIMIT))).toBe('unreachable')
  })

  it('with a path that leaves the folder is not followed', async () => {
    server.world.files.set('evil', { path: '../../bot/secret', bytes: Buffer.from('x'), announced: 1 })
    expect(await problem(bot.fetch({ ref: 'evil' }, LIMIT))).toBe('unreachable')
    expect(server.calls('file')).toEqual([])
  })
})
