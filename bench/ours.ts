// Our side: the server's own composition on a fresh database, with the benchmark's questions for a flow.
// Arguments: database URL, Bot API root, token, number of questions.

import { readConfig } from '../src/config.ts'
import { createLog } from '../src/log.ts'
import { openHouse } from '../src/open-house.ts'
import { loadSampleEvent } from '../src/sample-event.ts'
import { serve } from '../src/serve.ts'
import { flowOf } from './questions.ts'

const [url, apiRoot, token, count] = process.argv.slice(2) as [string, string, string, string]
const config = readConfig({
  DATABASE_URL: url,
  SAPA_KEY: Buffer.alloc(32, 7).toString('base64'),
  SAPA_ROLES: 'telegram,worker',
  TELEGRAM_BOT_TOKEN: token,
  TELEGRAM_API_ROOT: apiRoot,
})

const { house, close } = await openHouse(config, createLog())
await loadSampleEvent(house)
await close()

const stopAsked = new Promise<void>(resolve => process.once('SIGTERM', () => resolve()))
await serve(config, stopAsked, flowOf(Number(count)))
process.exit(0)
