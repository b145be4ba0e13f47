// What the tests of the Cloud API's number share: a running house, its Graph server, people who register.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { sweep } from '../../src/jobs/sweep.ts'
import { type Desk, openDesk } from '../support/cloud-desk.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { emptyHouse } from '../support/empty.ts'
import type { Person } from '../support/graph-people.ts'
import { type GraphServer, PHONE_ID, startGraphServer } from '../support/graph-server.ts'
import { ORDINARY } from '../support/ordinary.ts'
import { openEvent } from '../support/world.ts'

export const EVENT = 'pasuruan-2025-10'
export const AT = { channel: 'cloud', account: PHONE_ID }

export let data: TestDatabase
export let graph: GraphServer
export let desk: Desk
let people = 0
let niks = 0

/** A house for all tests of a file, empty but for the sample event before each. */
export function openOffice(): void {
  beforeAll(async () => {
    data = await freshDatabase()
    graph = await startGraphServer()
    desk = await openDesk(data.house, data.url, graph)
  })
  beforeEach(async () => {
    const { db } = data.house
    graph.fate('sent')
    await emptyHouse(data.house)
    await sql`update installation set clock_shift = '2025-09-20T09:00:00+07:00'::timestamptz - clock_timestamp()`.execute(
      db,
    )
    await openEvent(data.house)
  })
  afterAll(async () => {
    await desk.stop()
    await graph.close()
    await data.close()
  })
}

export const stranger = () => graph.person(`ID.${String(++people).padStart(16, '0')}`)

/** A whole registration; gives its number. */
export async function register(person: Person): Promise<string> {
  await person.says('daftar')
  await person.hears(/setuju/i)
  const nik = `35750117088590${String(++niks % 100).padStart(2, '0')}`
  for (const text of Object.values({ ...ORDINARY, nik })) {
    const before = person.sees().length
    await person.says(text)
    await graph.until(
      () => `an answer to ${text}`,
      () => person.sees().length > before,
    )
  }
  const { text } = await person.hears(/Nomor pendaftaran: /)
  await person.hears(/^Nomor PSR/)
  return /Nomor pendaftaran: (\S+)/.exec(text)?.[1] as string
}

/** What was sent or is to be sent unasked. */
export const notices = async () =>
  (
    await sql<{ state: string; why: string | null; purpose: string }>`
    select purpose, state, why from ledger where purpose <> 'reply' order by created_at`.execute(data.house.db)
  ).rows

export async function sendDue(): Promise<void> {
  await sweep(data.house, AT, (what, at) => desk.jobs.ring(what, at))
}
