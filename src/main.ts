// The server: opens the house, composes what this process' roles need, says when it is ready, and ends in order.
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Config, readConfig } from './config.ts'
import { StartRefused } from './db/refused.ts'
import type { House } from './house.ts'
import { createLog } from './log.ts'
import { openServerHouse } from './open-house.ts'
import { loadSampleEvent } from './sample-event.ts'
import { createWeb, type Health } from './web/server.ts'

/** How long what is in flight may take after a stop; PostgreSQL's own stop comes on top. */
const GRACE_MS = 8_000
const HEALTH_MS = 2_000

const stopAsked = new Promise<void>(resolve => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.once(signal, () => resolve())
})

try {
  await serve(readConfig(process.env))
} catch (error) {
  if (!(error instanceof StartRefused)) throw error
  console.error(`sapa: ${error.message.replaceAll(/\s+/g, ' ')}`)
  process.exit(1)
}
process.exit(0)

async function serve(config: Config): Promise<void> {
  const { house, close } = await openServerHouse(config, createLog())
  try {
    if (!config.databaseUrl) await loadSampleEvent(house)
    const { address, stop } = await startRoles(config, house)
    console.log(address ? `sapa ready at ${address}` : 'sapa ready')
    await stopAsked
    await Promise.race([stop(), sleep(GRACE_MS)])
  } finally {
    await close()
  }
}

type Running = { readonly address: string | undefined; readonly stop: () => Promise<void> }

async function startRoles(config: Config, house: House): Promise<Running> {
  const { log } = house
  const web = config.roles.includes('web')
    ? createWeb({ host: config.host, port: config.port, log, health: () => readHealth(house) })
    : undefined
  const address = await web?.listen().catch(error => {
    throw new StartRefused(explainListen(config, error))
  })
  return {
    address: address?.replace(/\/\/(0\.0\.0\.0|\[::\]):/, '//127.0.0.1:'),
    stop: async () => {
      await web?.close()
    },
  }
}

async function readHealth({ db }: House): Promise<Health> {
  const asked = sql`select 1`.execute(db).then(
    () => 'ok' as const,
    () => 'away' as const,
  )
  const database = await Promise.race([asked, sleep(HEALTH_MS, 'away' as const)])
  return { database, queue: 'ok', channels: {} }
}

function explainListen({ host, port }: Config, error: { code?: string; message: string }): string {
  if (error.code === 'EADDRINUSE') return `PORT ${port} is taken: stop the other program, or set another PORT (0 = any)`
  if (error.code === 'EACCES') return `PORT ${port} needs more rights than this user has: set a PORT above 1023`
  return `HOST ${host} can't be listened on (${error.code ?? error.message})`
}
