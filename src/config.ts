// The environment as one frozen, typed value. Every wrong setting is named at once, in one line.
import { resolve } from 'node:path'
import { z } from 'zod'
import { StartRefused } from './db/refused.ts'
import { FAILPOINTS, type Failpoint } from './failpoint.ts'

const ROLES = ['web', 'telegram', 'whatsapp', 'worker'] as const
export type Role = (typeof ROLES)[number]

export type Config = {
  readonly port: number
  readonly host: string
  readonly publicUrl: string | undefined
  /** Undefined: PostgreSQL is started in the data folder. */
  readonly databaseUrl: string | undefined
  readonly redisUrl: string | undefined
  readonly dataDir: string
  readonly roles: readonly Role[]
  /** The master key; undefined: the data folder's own. */
  readonly key: Buffer | undefined
  readonly simulator: boolean
  /** False: no pace, typing or daily cap. */
  readonly pace: boolean
  /** Where a test wants this process to die, and at which passing. */
  readonly failpoint: { readonly name: Failpoint; readonly nth: number } | undefined
  readonly telegram:
    | {
        readonly token: string
        readonly apiRoot: string
        /** Undefined: Telegram is polled. */
        readonly webhook: { readonly url: string; readonly secret: string } | undefined
      }
    | undefined
  /** `url`: the server's, where it isn't WhatsApp's own. */
  readonly whatsapp: { readonly url: string | undefined; readonly noticesPerDay: number } | undefined
  /** WhatsApp through Meta's Cloud API. */
  readonly cloud: CloudSettings | undefined
}

export type CloudSettings = {
  readonly token: string
  readonly phoneId: string
  readonly apiRoot: string
  readonly appSecret: string
  readonly verifyToken: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings. Throws StartRefused with one line that names each wrong one, and never a secret's value. */
export function readConfig(environment: Environment): Config {
  // An empty setting ("PORT=") is none.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const read = settings.safeParse(given)
  const wrong = (read.error?.issues ?? []).map(issue => `${String(issue.path[0])} ${issue.message}`)
  const problems = [...wrong, ...contradictions(given)]
  if (!read.success || problems.length > 0) throw new StartRefused(problems.join('; '))
  return freeze(read.data)
}

const url = (...protocols: string[]) =>
  z.string().refine(text => protocols.includes(parseUrl(text)?.protocol ?? ''), {
    error: `must be a URL that begins with ${protocols.map(protocol => `${protocol}//`).join(' or ')}`,
  })
const oneOf = <const T extends string>(...values: T[]) => z.enum(values, { error: `must be ${values.join(' or ')}` })
const whole = (least: number, most: number) =>
  z
    .string()
    .refine(text => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number)

const settings = z.object({
  PORT: whole(0, 65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: url('https:', 'http:').optional(),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  SAPA_DATA_DIR: z.string().default('./data'),
  SAPA_ROLES: z
    .string()
    .transform(text => text.split(',').map(role => role.trim()))
    .pipe(z.array(z.enum(ROLES, { error: `must be some of ${ROLES.join(',')}` })))
    .default([...ROLES]),
  SAPA_KEY: z
    .string()
    .refine(text => /^[A-Za-z0-9+/]{43}=$/.test(text), {
      error: 'must be 32 bytes in base64 (openssl rand -base64 32)',
    })
    .transform(text => Buffer.from(text, 'base64'))
    .optional(),
  SAPA_SIMULATOR: oneOf('on', 'off').optional(),
  SAPA_PACE: oneOf('on', 'off').default('on'),
  SAPA_FAILPOINT: z
    .templateLiteral([z.enum(FAILPOINTS), ':', z.int()], { error: 'must be a place and a number, like stored:7' })
    .transform(text => {
      const [name, nth] = text.split(':')
      return { name: name as Failpoint, nth: Number(nth) }
    })
    .optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, { error: 'must be the token that BotFather gave, like 123456:ABC-def' })
    .optional(),
  TELEGRAM_API_ROOT: url('https:', 'http:').default('https://api.telegram.org'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, { error: 'must be 1 to 256 of the characters A-Z a-z 0-9 _ -' })
    .optional(),
  WHATSAPP: oneOf('off', 'baileys', 'cloud').default('off'),
  WHATSAPP_WS_URL: url('ws:', 'wss:').optional(),
  WHATSAPP_NOTICES_PER_DAY: whole(0, 100_000).default(150),
  WHATSAPP_API_ROOT: url('https:', 'http:').default('https://graph.facebook.com'),
  WHATSAPP_TOKEN: z.string().optional(),
  WHATSAPP_PHONE_ID: z
    .string()
    .regex(/^\d+$/, { error: 'must be the digits of the phone number id that Meta shows, not the number' })
    .optional(),
  WHATSAPP_APP_SECRET: z.string().optional(),
  WHATSAPP_VERIFY_TOKEN: z.string().optional(),
})

/** What is wrong only together with another setting. */
function contradictions(given: Environment): string[] {
  const problems: string[] = []
  const refuse = (wrong: boolean, problem: string) => wrong && problems.push(problem)
  const hostOpen = given.HOST !== undefined && !isLoopback(given.HOST)
  const simulator = given.SAPA_SIMULATOR ?? (given.DATABASE_URL ? 'off' : 'on')
  const roots = [
    ...(given.TELEGRAM_BOT_TOKEN ? [given.TELEGRAM_API_ROOT] : []),
    ...(given.WHATSAPP === 'baileys' ? [given.WHATSAPP_WS_URL] : []),
    ...(given.WHATSAPP === 'cloud' ? [given.WHATSAPP_API_ROOT] : []),
  ]
  const allRoles = ROLES.every(role => !given.SAPA_ROLES || given.SAPA_ROLES.split(',').some(r => r.trim() === role))
  const { PUBLIC_URL, WHATSAPP_WS_URL } = given

  refuse(
    !!given.DATABASE_URL && !given.SAPA_KEY,
    'SAPA_KEY is missing: DATABASE_URL needs it (openssl rand -base64 32)',
  )
  refuse(!allRoles && !given.DATABASE_URL, 'SAPA_ROLES with only a part of the roles needs DATABASE_URL')
  refuse(!!PUBLIC_URL?.startsWith('http:') && !isLoopbackUrl(PUBLIC_URL), 'PUBLIC_URL must begin with https://')
  refuse(!!given.TELEGRAM_WEBHOOK_SECRET && !PUBLIC_URL, 'PUBLIC_URL is missing: TELEGRAM_WEBHOOK_SECRET needs it')
  refuse(simulator === 'on' && hostOpen, 'SAPA_SIMULATOR must be off where HOST is not a loopback address')
  refuse(
    given.SAPA_PACE === 'off' && !roots.every(root => isLoopbackUrl(root)),
    'SAPA_PACE may be off only where every platform root is a loopback address',
  )
  refuse(
    !!given.SAPA_FAILPOINT && !roots.every(root => isLoopbackUrl(root)),
    'SAPA_FAILPOINT is for tests: every platform root must be a loopback address',
  )
  refuse(!!WHATSAPP_WS_URL && !isLoopbackUrl(WHATSAPP_WS_URL), 'WHATSAPP_WS_URL must be a loopback address')
  if (given.WHATSAPP === 'cloud') {
    const needed = ['WHATSAPP_TOKEN', 'WHATSAPP_PHONE_ID', 'WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN']
    for (const name of needed) refuse(!given[name], `${name} is missing: WHATSAPP=cloud needs it`)
    refuse(!PUBLIC_URL, 'PUBLIC_URL is missing: WHATSAPP=cloud needs it')
  }
  return problems
}

function freeze(read: z.infer<typeof settings>): Config {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, TELEGRAM_WEBHOOK_SECRET: secret } = read
  const publicUrl = read.PUBLIC_URL?.replace(/\/+$/, '')
  const webhook = secret && publicUrl ? Object.freeze({ url: `${publicUrl}/webhooks/telegram`, secret }) : undefined
  return Object.freeze({
    port: read.PORT,
    host: read.HOST,
    publicUrl,
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    dataDir: resolve(read.SAPA_DATA_DIR),
    roles: Object.freeze(read.SAPA_ROLES),
    key: read.SAPA_KEY,
    simulator: (read.SAPA_SIMULATOR ?? (read.DATABASE_URL ? 'off' : 'on')) === 'on',
    pace: read.SAPA_PACE === 'on',
    failpoint: read.SAPA_FAILPOINT,
    telegram: token ? Object.freeze({ token, apiRoot: apiRoot.replace(/\/+$/, ''), webhook }) : undefined,
    whatsapp:
      read.WHATSAPP === 'baileys'
        ? Object.freeze({ url: read.WHATSAPP_WS_URL, noticesPerDay: read.WHATSAPP_NOTICES_PER_DAY })
        : undefined,
    cloud: read.WHATSAPP === 'cloud' ? cloudSettings(read) : undefined,
  })
}

function cloudSettings(read: z.infer<typeof settings>): CloudSettings | undefined {
  const { WHATSAPP_TOKEN: token, WHATSAPP_PHONE_ID: phoneId, WHATSAPP_API_ROOT: apiRoot } = read
  const { WHATSAPP_APP_SECRET: appSecret, WHATSAPP_VERIFY_TOKEN: verifyToken } = read
  if (!token || !phoneId || !appSecret || !verifyToken) return undefined
  return Object.freeze({ token, phoneId, apiRoot: apiRoot.replace(/\/+$/, ''), appSecret, verifyToken })
}

function parseUrl(text: string): URL | undefined {
  return URL.parse(text) ?? undefined
}

function isLoopbackUrl(text: string | undefined): boolean {
  return text !== undefined && isLoopback(parseUrl(text)?.hostname ?? '')
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}
