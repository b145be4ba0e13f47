// The composition root: opens the house, starts what this process' roles need, says when it is ready, ends in order.
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { createCloud } from './bots/cloud/cloud.ts'
import type { Bot, Inbox } from './bots/port.ts'
import { createSimulator } from './bots/simulator.ts'
import { createTelegram } from './bots/telegram/telegram.ts'
import type { Config, Role } from './config.ts'
import { StartRefused } from './db/refused.ts'
import { arm } from './failpoint.ts'
import { ticketFor } from './files/ticket.ts'
import type { Flow } from './flows/flow.ts'
import type { House } from './house.ts'
import { learnName } from './jobs/bot-name.ts'
import { createCloudHouse, sayCloud } from './jobs/cloud-house.ts'
import { withLease } from './jobs/lease.ts'
import { startWorker } from './jobs/worker.ts'
import { createLog } from './log.ts'
import { type OpenHouse, openServerHouse } from './open-house.ts'
import { loadSampleEvent } from './sample-event.ts'
import { noteChats } from './turn.ts'
import { createWeb } from './web/server.ts'

/** A stop takes at most 10 s: so much for what is in flight, the rest for PostgreSQL. */
const GRACE_MS = 8_000
const STOP_MS = 9_800
const HEALTH_MS = 2_000
/** A dead poller's lease lapses after this; whoever waits for it asks every fifth of it: 12 s in all. */
const POLL_LEASE_SECONDS = 10

/**
 * Serves until `stopAsked`; then stops taking and lets what is in flight end, at most 10 s. `flow`: another
 * conversation than the registration, for the benchmark.
 */
export async function serve(config: Config, stopAsked: Promise<void>, flow?: Flow): Promise<void> {
  const opened = await openServerHouse(config, createLog())
  try {
    if (!config.databaseUrl) await loadSampleEvent(opened.house)
    if (config.failpoint) arm(config.failpoint)
    // Its client takes 50 MB: loaded only where a number is served.
    const numbers = config.whatsapp && (await import('./whatsapp.ts'))
    await numbers?.checkNumber(opened.house)
    const { address, stop } = await startRoles(config, opened, numbers, flow)
    console.log(address ? `sapa ready at ${address}` : 'sapa ready')
    await stopAsked
    setTimeout(() => process.exit(0), STOP_MS).unref()
    await Promise.race([stop(), sleep(GRACE_MS)])
  } finally {
    await opened.close()
  }
}

type Posted = { readonly update_id: number }
type Running = { readonly address: string | undefined; readonly stop: () => Promise<void> }

type Numbers = typeof import('./whatsapp.ts')

async function startRoles(
  config: Config,
  { house, databaseUrl }: OpenHouse,
  numbers: Numbers | undefined,
  flow?: Flow,
): Promise<Running> {
  const { log, seal } = house
  const does = (role: Role) => config.roles.includes(role)
  const telegram = config.telegram && createTelegram(config.telegram, ticket => ticketFor(seal, ticket), log)
  const number =
    config.whatsapp && does('whatsapp') ? numbers?.openNumber(house, config, config.whatsapp, awake) : undefined
  const cloud =
    config.cloud &&
    createCloud(config.cloud, createCloudHouse(house, config.cloud.phoneId), ticket => ticketFor(seal, ticket), log)
  // The simulated phones live in the memory of the process that shows them.
  const simulator = config.simulator && does('web') ? createSimulator() : undefined

  // What goes out on WhatsApp goes through the socket: the process that may hold it does the number's work.
  const bots = [
    ...(telegram && does('worker') ? [telegram] : []),
    ...(cloud && does('worker') ? [cloud] : []),
    ...(number ? [number.bot] : []),
    ...(simulator?.bots ?? []),
  ]
  const jobs = startWorker(house, bots, {
    databaseUrl,
    redisUrl: config.redisUrl,
    pace: config.pace,
    perDay: config.pace
      ? {
          ...(config.whatsapp ? { whatsapp: config.whatsapp.noticesPerDay } : {}),
          ...(cloud ? { cloud: cloud.perDay } : {}),
        }
      : {},
    flow,
  })
  function awake(bot: Bot): void {
    for (const what of ['turns', 'files', 'notices'] as const) jobs.ring(what, bot)
  }
  const { receive } = jobs

  const stopping = new AbortController()
  const webhook = config.telegram?.webhook
  const inbox: Inbox = { receive, news: news => noteChats(house, news) }
  const polling =
    telegram && !webhook && does('telegram')
      ? withLease(
          house,
          `poll ${telegram.channel} ${telegram.account}`,
          POLL_LEASE_SECONDS,
          signal => telegram.poll(inbox, signal),
          stopping.signal,
        )
      : undefined

  const naming = telegram && does('telegram') ? learnName(house, telegram, stopping.signal) : undefined
  const watching = cloud?.watch(stopping.signal)
  const holding = number?.hold({ receive, news: news => noteChats(house, news) }, stopping.signal)

  const health = async () => {
    const [database, { queue }, whatsapp] = await Promise.all([
      askDatabase(house),
      jobs.health(),
      numbers ? numbers.sayWhatsApp(house) : cloud ? sayCloud(house, cloud) : 'off',
    ])
    return { database, queue, channels: { telegram: telegram?.health() ?? 'off', whatsapp } }
  }
  const ring = () => {
    for (const bot of simulator?.bots ?? []) for (const what of ['turns', 'notices'] as const) jobs.ring(what, bot)
  }
  const { host, port } = config
  const phones = simulator && { simulator: { house, simulator, receive, ring } }
  const posts =
    telegram && webhook ? { secret: webhook.secret, take: (u: Posted) => telegram.takePosted(inbox, u) } : undefined
  const web = does('web')
    ? createWeb({
        host,
        port,
        log,
        health,
        telegram: posts,
        cloud: cloud && config.cloud && { ...config.cloud, take: body => cloud.takePosted(inbox, body) },
        ...(config.whatsapp ? { links: house } : {}),
        ...phones,
      })
    : undefined
  let posting: Promise<void> | undefined
  const stop = async () => {
    stopping.abort()
    await Promise.all([polling, posting, naming, holding, watching, web?.close()])
    await jobs.stop()
  }
  try {
    const address = await web?.listen()
    if (telegram && webhook && web) posting = telegram.keepWebhook(webhook, stopping.signal)
    return { address: address?.replace(/\/\/(0\.0\.0\.0|\[::\]):/, '//127.0.0.1:'), stop }
  } catch (error) {
    await stop()
    throw new StartRefused(explainListen(config, error))
  }
}

async function askDatabase({ db }: House): Promise<'ok' | 'away'> {
  const asked = sql`select 1`.execute(db).then(
    () => 'ok' as const,
    () => 'away' as const,
  )
  return Promise.race([asked, sleep(HEALTH_MS, 'away' as const)])
}

function explainListen({ host, port }: Config, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : error
  if (code === 'EADDRINUSE') return `PORT ${port} is taken: stop the other program, or set another PORT (0 = any)`
  if (code === 'EACCES') return `PORT ${port} needs more rights than this user has: set a PORT above 1023`
  return `HOST ${host} can't be listened on (${code})`
}
