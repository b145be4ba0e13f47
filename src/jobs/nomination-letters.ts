// Reads what notices about nominations need at the moment they leave.
import { loadEvents } from '../db/event-read.ts'
import { readNominationNotices } from '../db/nomination-notice.ts'
import { SUMMARY } from '../domain/result.ts'
import { secondsUntilTold } from '../domain/result-times.ts'
import { begin } from '../flows/engine.ts'
import { eventFact } from '../flows/event-fact.ts'
import { RESULT } from '../flows/notices.ts'
import type { NominationNotice } from '../flows/office-notices.ts'
import { register } from '../flows/register.ts'
import type { Lang, State } from '../flows/types.ts'
import type { House } from '../house.ts'
import { summaryOf, viewOf } from '../turn.ts'

/** What a notice is rendered from, and why and for how many seconds it must wait, if it must. */
export type Noticed = { readonly facts: NominationNotice; readonly rest: Rest | null }
export type Rest = { readonly why: string; readonly seconds: number }

export const OUT_OF_HOURS = 'outside the hours of its rule'

/** So often it is looked whether the members have heard. */
const TELLING: Rest = { why: 'its members are being told', seconds: 120 }

/** The facts of these rows of the ledger, by their ids. */
export async function readNominations(
  { db, seal }: House,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Noticed>> {
  const found = new Map<string, Noticed>()
  if (ids.length === 0) return found
  // A lot tells of few associations, and a list may be long: each is read once.
  const views = new Map<string, ReturnType<typeof viewOf>>()
  const view = (event: string, association: string | null) => {
    const key = `${event} ${association}`
    const known = views.get(key) ?? viewOf(db, seal, { event, association }, 'all')
    views.set(key, known)
    return known
  }
  for (const row of await readNominationNotices(db, ids)) {
    const { association, conversation_id, now, purpose } = row
    const [file] = await loadEvents(db, [row.event])
    if (!file) continue
    const lang = row.language as Lang
    const seen = await view(file.event.id, association)
    const place = `conversation.state:${conversation_id}`
    const summary =
      purpose === SUMMARY ? await summaryOf(db, { event: file.event.id, association: association ?? '' }) : null
    const hours = purpose === SUMMARY ? secondsUntilTold(file, RESULT, now.toTemporalInstant()) : 0
    const rest = hours > 0 ? { why: OUT_OF_HOURS, seconds: hours } : summary?.summary.telling ? TELLING : null
    const facts: NominationNotice = {
      lang,
      event: eventFact(file),
      association,
      gone: row.gone,
      nominee: seen.nominees.find(({ id }) => id === row.nomination_id) ?? null,
      view: seen,
      summary: summary?.summary ?? null,
      state: row.state ? seal.openJson<State>(place, row.state) : begin(register, lang),
      facts: {
        now: now.toISOString(),
        channel: { buttons: false, contactButton: false, ownPhone: null },
        events: [],
        registrations: [],
        people: [],
        outcomes: [],
      },
    }
    found.set(row.ledger_id, { facts, rest })
  }
  return found
}
