// A house for faults: a Bot API server, a database, the sample event, and our server as a process to be hurt.
import { loadSampleEvent } from '../../src/sample-event.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { TEST_KEY } from '../support/key.ts'
import { type Program, startServer } from '../support/program.ts'
import { startTelegramServer, type TelegramServer } from '../support/telegram-server.ts'

type Settings = Readonly<Record<string, string>>

export type Bench = {
  readonly data: TestDatabase
  readonly telegram: TelegramServer
  /** Starts our server on Telegram. It does not wait until it is ready. */
  readonly start: (settings?: Settings) => Program
  readonly close: () => Promise<void>
}

/** Ready for a server to be started; `data` may be a database of the test's own. */
export async function openBench(given?: TestDatabase): Promise<Bench> {
  const data = given ?? (await freshDatabase())
  await loadSampleEvent(data.house)
  const telegram = await startTelegramServer()
  const started: Program[] = []

  return {
    data,
    telegram,
    start: (settings = {}) => {
      const program = startServer(data.house.dataDir, {
        DATABASE_URL: data.url,
        SAPA_KEY: TEST_KEY.toString('base64'),
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.root,
        ...settings,
      })
      started.push(program)
      return program
    },
    close: async () => {
      for (const program of started) program.kill('SIGTERM')
      await Promise.all(started.map(({ ended }) => ended))
      await telegram.close()
      await data.close()
    },
  }
}
