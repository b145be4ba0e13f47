// A fleet: the real program in several processes on one database and one Redis, between a Telegram, a WhatsApp and a Cloud
// API on loopback, with an event whose three reminders fall due within minutes.
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { CLOUD_WEBHOOK } from '../../src/web/cloud-webhook.ts'
import { cloudSettings } from '../faults/bench.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type GraphServer, startGraphServer } from '../support/graph-server.ts'
import { TEST_KEY } from '../support/key.ts'
import { type Program, startServer } from '../support/program.ts'
import { startRedis } from '../support/redis.ts'
import { startTelegramServer, type TelegramServer } from '../support/telegram-server.ts'
import { linkNumber } from '../support/whatsapp-desk.ts'
import { startWhatsAppServer, type WhatsAppServer } from '../support/whatsapp-server/server.ts'
import { openEvent } from '../support/world.ts'

const TRUST = fileURLToPath(new URL('../support/whatsapp-server/trust.ts', import.meta.url))

/** The day before the event, after the midday prayer: the house's clock at the beginning. */
const BEGIN = '2025-10-07T13:00:00+07:00'
/** Each on a session of its own, so that none overtakes another. */
const SESSIONS = ['d1-reg', 'd1-m1', 'd1-m3'] as const

/** Roles, and with them the platform: each process of the fleet serves one. */
export const ON_TELEGRAM = 'telegram,worker'
export const ON_WHATSAPP = 'whatsapp'
export const ON_CLOUD = 'web,worker'

export type Member = { readonly roles: string; readonly program: Program }

export type Fleet = {
  readonly data: TestDatabase
  readonly telegram: TelegramServer
  readonly whatsapp: WhatsAppServer
  readonly graph: GraphServer
  readonly redis: { readonly url: string }
  readonly members: readonly Member[]
  /** Starts one more process. It does not wait until it is ready. */
  readonly add: (roles: string) => Member
  /** Ends one, and starts another with its roles. */
  readonly replace: (member: Member, signal: NodeJS.Signals) => Promise<void>
  readonly close: () => Promise<void>
}

/** `minutes`: when the three reminders are due, counted from the beginning. */
export async function openFleet(minutes: readonly number[], given?: TestDatabase): Promise<Fleet> {
  const data = given ?? (await freshDatabase())
  const { db } = data.house
  await sql`update installation set clock_shift = ${BEGIN}::timestamptz - clock_timestamp()`.execute(db)
  await openEvent(data.house, file => withReminders(file, minutes))
  const [telegram, whatsapp, graph, redis] = await Promise.all([
    startTelegramServer(),
    startWhatsAppServer(),
    startGraphServer(),
    startRedis(),
  ])
  const members: Member[] = []

  function platformOf(roles: string): Readonly<Record<string, string>> {
    if (roles === ON_CLOUD) return { ...cloudSettings(graph), PUBLIC_URL: 'http://127.0.0.1' }
    if (roles === ON_WHATSAPP)
      return { WHATSAPP: 'baileys', WHATSAPP_WS_URL: whatsapp.url, SAPA_PACE: 'off', NODE_OPTIONS: `--import=${TRUST}` }
    return { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root }
  }

  const add = (roles: string): Member => {
    const program = startServer(data.house.dataDir, {
      DATABASE_URL: data.url,
      REDIS_URL: redis.url,
      SAPA_KEY: TEST_KEY.toString('base64'),
      SAPA_ROLES: roles,
      ...platformOf(roles),
    })
    // Whichever can be posted to and began last is posted to.
    if (roles === ON_CLOUD) program.ready.then(address => graph.subscribe(`${address}${CLOUD_WEBHOOK}`)).catch(() => {})
    const member = { roles, program }
    members.push(member)
    return member
  }

  return {
    data,
    telegram,
    whatsapp,
    graph,
    redis,
    members,
    add,
    replace: async (member, signal) => {
      members.splice(members.indexOf(member), 1)
      member.program.kill(signal)
      await member.program.ended
      add(member.roles)
    },
    close: async () => {
      // One that was stopped by SIGSTOP hears of nothing before it goes on.
      for (const { program } of members) for (const signal of ['SIGTERM', 'SIGCONT'] as const) program.kill(signal)
      await Promise.all(members.map(({ program }) => program.ended))
      await Promise.all([telegram.close(), whatsapp.close(), graph.close(), redis.close()])
      await data.close()
    },
  }
}

function withReminders(file: Record<string, unknown>, minutes: readonly number[]): Record<string, unknown> {
  const begin = Temporal.Instant.from(BEGIN).toZonedDateTimeISO('Asia/Jakarta').toPlainTime()
  const plan = SESSIONS.map((session, n) => ({
    id: `kabar-${n + 1}`,
    to: 'accepted',
    session,
    before: 'P1D',
    at: begin.add({ minutes: minutes[n] ?? 0 }).toString({ smallestUnit: 'minute' }),
    ...(n === 0 ? { asks: 'attendance' } : {}),
  }))
  return { ...file, reminders: { ...(file.reminders as object), plan } }
}

/** Links the number, and lets people write to it: a bot never writes first there. */
export async function openWhatsApp({ data, whatsapp, add }: Fleet, people: number) {
  add(ON_WHATSAPP)
  await linkNumber(data.house, whatsapp)
  const phones = Array.from({ length: people }, (_, n) => whatsapp.person(`62813${String(n + 1).padStart(8, '0')}`))
  await Promise.all(phones.map(phone => phone.says('P')))
  await Promise.all(phones.map(phone => phone.hears(/Halo/, 60_000)))
  return phones
}

/** Lets people write to the number of the Cloud API: what is sent within a day of it needs no template. */
export async function openCloud({ graph, add }: Fleet, people: number) {
  add(ON_CLOUD)
  const phones = Array.from({ length: people }, (_, n) => graph.person(`ID.${n + 1}`))
  await Promise.all(phones.map(phone => phone.says('P')))
  await Promise.all(phones.map(phone => phone.hears(/Halo/, 60_000)))
  return phones
}
