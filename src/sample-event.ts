// The event that a new user finds: the sample, moved in time so that its registration is open.
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { importEvent } from './db/event-import.ts'
import { readEventFile } from './domain/event-file.ts'
import { shiftToOpen } from './domain/event-shift.ts'
import type { House } from './house.ts'

const SAMPLE = new URL('../examples/pasuruan-2025.json', import.meta.url)

/** Imports the sample where there is no event at all. */
export async function loadSampleEvent({ db, seal }: House): Promise<void> {
  if (await db.selectFrom('event').select('id').limit(1).executeTakeFirst()) return
  const read = readEventFile(JSON.parse(await readFile(SAMPLE, 'utf8')))
  if (!read.ok) throw new Error(`the sample event is wrong: ${read.mistakes.join('; ')}`)
  const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(db)
  const now = (rows[0] as { now: Date }).now.toTemporalInstant()
  const today = now.toZonedDateTimeISO(read.value.event.timezone).toPlainDate()
  const imported = await importEvent(db, seal, shiftToOpen(read.value, today), 'sapa')
  if (!imported.ok) throw new Error(`the sample event can't be imported: ${imported.why}`)
}
