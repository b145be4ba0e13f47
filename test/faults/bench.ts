// A house for faults: a platform, a database, the sample event, and our server as a process to be hurt.
import { freePort } from '../../src/db/port.ts'
import { loadSampleEvent } from '../../src/sample-event.ts'
import { CLOUD_WEBHOOK } from '../../src/web/cloud-webhook.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import {
  APP_SECRET,
  type GraphServer,
  PHONE_ID,
  startGraphServer,
  TOKEN,
  VERIFY_TOKEN,
} from '../support/graph-server.ts'
import { TEST_KEY } from '../support/key.ts'
import { type Program, startServer } from '../support/program.ts'
import { startTelegramServer, type TelegramServer } from '../support/telegram-server.ts'

type Settings = Readonly<Record<string, string>>

/** Somebody on a platform: what he writes, and what the bot has shown him. */
export type Registrant = { readonly says: (text: string) => unknown; readonly shown: () => readonly string[] }

export type Bench = {
  readonly data: TestDatabase
  readonly registrant: (n: number) => Registrant
  /** Starts our server on the platform. It does not wait until it is ready. */
  readonly start: (settings?: Settings) => Program
  readonly close: () => Promise<void>
}

/** Ready for a server to be started on Telegram; `data` may be a database of the test's own. */
export async function openBench(given?: TestDatabase): Promise<Bench & { readonly telegram: TelegramServer }> {
  const telegram = await startTelegramServer()
  const settings = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root }
  const registrant = (n: number): Registrant => {
    const { says, sees } = telegram.person(n)
    const shown = () => sees().flatMap(({ byBot, text, photo }) => (byBot ? [look(text, photo)] : []))
    return { says, shown }
  }
  return { ...(await openOn(telegram, settings, registrant, given)), telegram }
}

/** The same on the Cloud API, which posts again until it is heard. */
export async function openCloudBench(): Promise<Bench & { readonly graph: GraphServer }> {
  const [graph, port] = await Promise.all([startGraphServer(), freePort()])
  const address = `http://127.0.0.1:${port}`
  graph.subscribe(`${address}${CLOUD_WEBHOOK}`)
  const settings = { ...cloudSettings(graph), PORT: String(port), PUBLIC_URL: address }
  const registrant = (n: number): Registrant => {
    const { says, sees } = graph.person(`ID.${n}`)
    return { says, shown: () => sees().map(({ text, picture }) => look(text, picture)) }
  }
  return { ...(await openOn(graph, settings, registrant)), graph }
}

const look = (text: string, picture: Buffer | undefined): string => `${text}${picture ? ' (foto)' : ''}`

/** What a server needs to serve the number of a test's Graph server, but for its own address. */
export const cloudSettings = ({ root }: GraphServer): Settings => ({
  WHATSAPP: 'cloud',
  WHATSAPP_TOKEN: TOKEN,
  WHATSAPP_PHONE_ID: PHONE_ID,
  WHATSAPP_APP_SECRET: APP_SECRET,
  WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
  WHATSAPP_API_ROOT: root,
})

async function openOn(
  platform: { readonly close: () => Promise<unknown> },
  platformSettings: Settings,
  registrant: Bench['registrant'],
  given?: TestDatabase,
): Promise<Bench> {
  const data = given ?? (await freshDatabase())
  await loadSampleEvent(data.house)
  const started: Program[] = []
  return {
    data,
    registrant,
    start: (settings = {}) => {
      const program = startServer(data.house.dataDir, {
        DATABASE_URL: data.url,
        SAPA_KEY: TEST_KEY.toString('base64'),
        ...platformSettings,
        ...settings,
      })
      started.push(program)
      return program
    },
    close: async () => {
      for (const program of started) program.kill('SIGTERM')
      await Promise.all(started.map(({ ended }) => ended))
      await platform.close()
      await data.close()
    },
  }
}
