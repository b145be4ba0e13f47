// Our side: the server's own composition on a fresh database, with the benchmark's questions for a flow.
// Arguments: database URL, Bot API root, token, number of questions or 'registration'. SAPA_ROLES and REDIS_URL are heard.

import { readConfig } from '../src/config.ts'
import { createLog } from '../src/log.ts'
import { openHouse } from '../src/open-house.ts'
import { loadSampleEvent } from '../src/sample-event.ts'
import { serve } from '../src/serve.ts'
import { KEY } from './key.ts'
import { flowOf, parseQuestions } from './questions.ts'

const [url, apiRoot, token, count] = process.argv.slice(2) as [string, string, string, string]
const config = readConfig({
  DATABASE_URL: url,
  SAPA_KEY: KEY,
  SAPA_ROLES: process.env.SAPA_ROLES ?? 'telegram,worker',
  REDIS_URL: process.env.REDIS_URL,
  TELEGRAM_BOT_TOKEN: token,
  TELEGRAM_API_ROOT: apiRoot,
})

const { house, close } = await openHouse(config, createLog())
await loadSampleEvent(house)
await close()

const stopAsked = new Promise<void>(resolve => process.once('SIGTERM', () => resolve()))
await serve(config, stopAsked, flowOf(parseQuestions(count)))
process.exit(0)
