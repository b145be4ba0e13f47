import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTelegram } from '../../src/bots/telegram/telegram.ts'
import { readPlaces } from '../../src/db/officer.ts'
import { learnName } from '../../src/jobs/bot-name.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { startTelegramServer, type TelegramServer } from '../support/telegram-server.ts'

let data: TestDatabase
let server: TelegramServer
beforeAll(async () => {
  ;[data, server] = await Promise.all([freshDatabase(), startTelegramServer()])
})
afterAll(() => Promise.all([data.close(), server.close()]))

test('links name the bot as Telegram does, once it has said so', async () => {
  const config = { token: server.token, apiRoot: server.root }
  const bot = createTelegram(config, async () => Buffer.of(0), pino({ level: 'silent' }))
  expect(await readPlaces(data.house.db)).toEqual({})
  await learnName(data.house, bot, new AbortController().signal)
  expect(await readPlaces(data.house.db)).toEqual({ telegram: 'sapa_test_bot' })
})

test('a stop ends the asking, though Telegram is away', async () => {
  const bot = { channel: 'telegram', account: '1', name: () => Promise.reject(new Error('away')) } as const
  const stop = new AbortController()
  const learning = learnName(data.house, bot, stop.signal)
  stop.abort()
  await learning
})
