// Our side of the WhatsApp benchmark: the server's own composition on a fresh database, with the benchmark's questions.
// Arguments: the server's URL, database URL, number of questions. It prints what the other side prints.
import '../test/support/whatsapp-server/trust.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../src/config.ts'
import { createLog } from '../src/log.ts'
import { openHouse } from '../src/open-house.ts'
import { loadSampleEvent } from '../src/sample-event.ts'
import { serve } from '../src/serve.ts'
import { sayWhatsApp } from '../src/whatsapp.ts'
import { askLink } from '../test/support/whatsapp-desk.ts'
import { KEY } from './key.ts'
import { flowOf } from './questions.ts'

const [wsUrl, databaseUrl, count] = process.argv.slice(2) as [string, string, string]
const config = readConfig({
  DATABASE_URL: databaseUrl,
  SAPA_KEY: KEY,
  SAPA_ROLES: 'whatsapp,worker',
  SAPA_PACE: 'off',
  WHATSAPP: 'baileys',
  WHATSAPP_WS_URL: wsUrl,
})

const { house, close } = await openHouse(config, createLog())
await loadSampleEvent(house)
const stopAsked = new Promise<void>(resolve => process.once('SIGTERM', () => resolve()))
const serving = serve(config, stopAsked, flowOf(Number(count)))
const news = await askLink(house)
let shown = ''
while ((await sayWhatsApp(house)) !== 'ok') {
  const { qr = shown } = await news()
  if (qr !== shown) console.log(JSON.stringify({ qr }))
  shown = qr
  await sleep(100)
}
await close()
console.log(JSON.stringify({ online: true }))
await serving
process.exit(0)
