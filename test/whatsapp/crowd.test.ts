// Many people register over WhatsApp at once: nothing is lost, doubled or swapped. A dozen in the suite; `npm run test:crowd`
// lets a hundred in.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RegistrationRecord } from '../../src/flows/facts.ts'
import { loadSampleEvent } from '../../src/sample-event.ts'
import { planFor } from '../faults/registering.ts'
import { card } from '../files/samples.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type Desk, linkNumber, openDesk } from '../support/whatsapp-desk.ts'
import type { Person } from '../support/whatsapp-server/people.ts'
import { startWhatsAppServer, type WhatsAppServer } from '../support/whatsapp-server/server.ts'

const PEOPLE = process.env.MODE === 'crowd' ? 100 : 12
const PATIENCE_MS = 90_000
/** The summary's answer: the registration number, and the ticket as a picture. */
const AT_THE_END = 2

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

const photo = await card({ width: 900 })

/** Writes a person's lines, each when the last was answered; the first document is a photo. */
async function register(person: Person, n: number): Promise<void> {
  const { lines } = planFor(n)
  const photoAt = lines.indexOf('lewati')
  for (const [i, line] of lines.entries()) {
    const wanted = person.sees().length + (i === lines.length - 1 ? AT_THE_END : 1)
    await (i === photoAt ? person.sendsImage(photo) : person.says(line))
    await server.until(
      () => `the answer to "${line}" of ${person.pn}; last seen: ${person.last()?.text}`,
      () => person.sees().length >= wanted,
      PATIENCE_MS,
    )
  }
}

it(`${PEOPLE} people register at once`, { timeout: 10 * 60_000 }, async () => {
  const everybody = Array.from({ length: PEOPLE }, (_, n) => {
    const person = server.person(`62816${String(n).padStart(8, '0')}`)
    person.account.addressing = n % 2 === 0 ? 'lid' : 'pn'
    return { n, person, plan: planFor(n) }
  })
  const began = performance.now()
  await Promise.all(everybody.map(({ person, n }) => register(person, n)))
  const turns = everybody.reduce((sum, { plan }) => sum + plan.lines.length, 0)
  const seconds = (performance.now() - began) / 1000
  console.log(`${PEOPLE} people, ${turns} turns in ${seconds.toFixed(1)} s: ${(turns / seconds).toFixed(0)} a second`)

  const { db, seal } = data.house
  const rows = await db.selectFrom('registration').selectAll().execute()
  const records = new Map(
    rows.map(row => {
      const record = seal.openJson<RegistrationRecord>(`registration.record:${row.id}`, row.record)
      return [record.nik, { ...record, name: row.name, status: row.status, number: row.number }]
    }),
  )
  expect(rows).toHaveLength(PEOPLE)
  for (const { person, plan } of everybody) {
    const record = records.get(plan.record.nik)
    expect(record).toMatchObject({ ...plan.record, documents: { ktp: expect.any(String) } })
    const shown = person.sees()
    // One answer a line, each message once, and the numbers in them are this person's own.
    expect(shown).toHaveLength(plan.lines.length - 1 + AT_THE_END)
    expect([...person.account.arrivals.values()].filter(times => times !== 1)).toEqual([])
    const numbers = shown.flatMap(({ text }) => text.match(/PSR-\d{5}[A-Z]/g) ?? [])
    expect(new Set(numbers)).toEqual(new Set([record?.number]))
    expect(shown.filter(({ picture }) => picture)).toHaveLength(1)
    const said = shown.map(({ text }) => text).join('\n')
    expect(said).toContain(`${plan.record.nik.slice(0, 4)}••••••••${plan.record.nik.slice(-4)}`)
  }
  const inbox = await db.selectFrom('inbox').select(['handled_at', 'set_aside']).execute()
  expect(inbox).toHaveLength(turns)
  expect(inbox.filter(({ handled_at, set_aside }) => !handled_at || set_aside)).toEqual([])
  // What was taken is marked a little later, many at once.
  const left = () => db.selectFrom('whatsapp_journal').select('key').where('taken_at', 'is', null).execute()
  await expect.poll(left).toEqual([])
})
