// A worker registers over WhatsApp from end to end: our house, real Baileys, a server that speaks its protocol, PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSampleEvent } from '../../src/sample-event.ts'
import { card } from '../files/samples.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type Desk, linkNumber, openDesk } from '../support/whatsapp-desk.ts'
import { startWhatsAppServer, type WhatsAppServer } from '../support/whatsapp-server/server.ts'

let data: TestDatabase
let server: WhatsAppServer
let desk: Desk

beforeAll(async () => {
  data = await freshDatabase()
  await loadSampleEvent(data.house)
  server = await startWhatsAppServer()
  desk = openDesk(data.house, data.url, server.url)
  await linkNumber(data.house, server)
})
afterAll(async () => {
  await desk?.stop()
  await server?.close()
  await data?.close()
})

it('answers a first message', async () => {
  const person = server.person('6281200000001', 'Budi')
  await person.says('P')
  await person.hears(/setuju/i)
})
