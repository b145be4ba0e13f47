// An association's results in numbers, as its officers hear them.
import type { Kysely } from 'kysely'
import { loadEvents } from '../db/event-read.ts'
import { readSummary } from '../db/result-summary.ts'
import type { Database } from '../db/schema.ts'
import { eventFact } from '../flows/event-fact.ts'
import type { OfficeFact, OfficeOutcome } from '../flows/office-types.ts'

/** What counts of an association's results now, with the event, which may be over. */
export async function summaryOf(
  db: Kysely<Database>,
  { event, association }: OfficeFact,
): Promise<Extract<OfficeOutcome, { readonly kind: 'office_results' }>> {
  const { event: stamp, ...summary } = await readSummary(db, event, association)
  const [file] = await loadEvents(db, [stamp])
  if (!file) throw new Error(`no such event: ${event}`)
  return { kind: 'office_results', event: eventFact(file), summary }
}
