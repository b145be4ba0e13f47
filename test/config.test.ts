import { describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'

const KEY = Buffer.alloc(32, 1).toString('base64')
const REAL = { DATABASE_URL: 'postgres://127.0.0.1/sapa', SAPA_KEY: KEY }
const TOKEN = '123456:ABC-def'

describe('what is set is read', () => {
  test('nothing set: everything in one process on this machine, with the simulator', () => {
    expect(readConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: undefined,
      roles: ['web', 'telegram', 'whatsapp', 'worker'],
      simulator: true,
      pace: true,
      telegram: undefined,
    })
  })

  test('an empty setting is none', () => {
    expect(readConfig({ PORT: '', TELEGRAM_BOT_TOKEN: ' ', DATABASE_URL: '' })).toEqual(readConfig({}))
  })

  test('a real database turns the simulator off and may carry a part of the roles', () => {
    const config = readConfig({ ...REAL, SAPA_ROLES: 'telegram, worker' })
    expect(config).toMatchObject({ simulator: false, roles: ['telegram', 'worker'], key: Buffer.alloc(32, 1) })
    expect(Object.isFrozen(config)).toBe(true)
  })

  test('a token turns Telegram on; its own server is named without a last slash', () => {
    const { telegram } = readConfig({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: 'http://127.0.0.1:81/' })
    expect(telegram).toEqual({ token: TOKEN, apiRoot: 'http://127.0.0.1:81', webhook: undefined })
  })

  test('a secret makes Telegram post to the public address', () => {
    const settings = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_SECRET: 'abc' }
    for (const PUBLIC_URL of ['https://sapa.example/', 'http://127.0.0.1:8080/'])
      expect(readConfig({ ...settings, PUBLIC_URL }).telegram?.webhook).toEqual({
        url: `${PUBLIC_URL}webhooks/telegram`,
        secret: 'abc',
      })
  })
})

describe('what is wrong is named', () => {
  const wrong: [string, Record<string, string>, string][] = [
    ['a port that is none', { PORT: '80a' }, 'PORT must be'],
    ['a port too high', { PORT: '70000' }, 'PORT must be'],
    ['another kind of database', { ...REAL, DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be'],
    ['another kind of queue', { REDIS_URL: 'http://x' }, 'REDIS_URL must be'],
    ['a real database without a key', { DATABASE_URL: 'postgres://x/y' }, 'SAPA_KEY is missing'],
    ['a key of 31 bytes', { SAPA_KEY: Buffer.alloc(31).toString('base64') }, 'SAPA_KEY must be 32 bytes'],
    ['an unknown role', { ...REAL, SAPA_ROLES: 'web,cook' }, 'SAPA_ROLES must be some of'],
    ['a part of the roles without a real database', { SAPA_ROLES: 'web' }, 'SAPA_ROLES with only a part'],
    ['http to phones', { PUBLIC_URL: 'http://sapa.example' }, 'PUBLIC_URL must begin with https://'],
    ['a webhook nobody can reach', { TELEGRAM_WEBHOOK_SECRET: 'abc' }, 'PUBLIC_URL is missing'],
    ['a simulator for everybody', { HOST: '0.0.0.0' }, 'SAPA_SIMULATOR must be off'],
    ['a simulator neither on nor off', { SAPA_SIMULATOR: 'yes' }, 'SAPA_SIMULATOR must be on or off'],
    ['no pace at Telegram itself', { SAPA_PACE: 'off', TELEGRAM_BOT_TOKEN: TOKEN }, 'SAPA_PACE may be off only'],
    ['a place to die that is none', { SAPA_FAILPOINT: 'lunch:1' }, 'SAPA_FAILPOINT must be'],
    [
      'a place to die, with Telegram itself',
      { SAPA_FAILPOINT: 'sent:1', TELEGRAM_BOT_TOKEN: TOKEN },
      'SAPA_FAILPOINT is for',
    ],
    ['a token of another kind', { TELEGRAM_BOT_TOKEN: 'secret' }, 'TELEGRAM_BOT_TOKEN must be'],
    [
      'Baileys away from this machine',
      { WHATSAPP_WS_URL: 'wss://web.whatsapp.com' },
      'WHATSAPP_WS_URL must be a loopback',
    ],
    ['the Cloud API without its settings', { WHATSAPP: 'cloud' }, 'WHATSAPP_APP_SECRET is missing'],
    ['notices without a number', { WHATSAPP_NOTICES_PER_DAY: 'many' }, 'WHATSAPP_NOTICES_PER_DAY must be'],
  ]
  test.each(wrong)('%s', (_name, environment, message) => {
    expect(() => readConfig(environment)).toThrow(message)
  })

  test('several at once, all in one line, and no secret in it', () => {
    const environment = {
      PORT: 'x',
      DATABASE_URL: 'postgres://u:hush@x/y',
      TELEGRAM_BOT_TOKEN: 'hush',
      WHATSAPP: 'cloud',
    }
    const read = () => readConfig(environment)
    expect(read).toThrow(
      /^PORT must be .*TELEGRAM_BOT_TOKEN must be .*SAPA_KEY is missing.*WHATSAPP_TOKEN is missing.*PUBLIC_URL is missing/,
    )
    expect(read).not.toThrow(/hush|\n/)
  })
})
