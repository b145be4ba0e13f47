// Reads what notices about nominations need at the moment they leave.
import { loadEvents } from '../db/event-read.ts'
import { readNominationNotices } from '../db/nomination-notice.ts'
import { begin } from '../flows/engine.ts'
import { eventFact } from '../flows/event-fact.ts'
import type { NominationNotice } from '../flows/office-notices.ts'
import { register } from '../flows/register.ts'
import type { Lang, State } from '../flows/types.ts'
import type { House } from '../house.ts'
import { viewOf } from '../turn.ts'

/** The facts of these rows of the ledger, by their ids. */
export async function readNominations(
  { db, seal }: House,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NominationNotice>> {
  const found = new Map<string, NominationNotice>()
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
    const { association, conversation_id, now } = row
    const [file] = await loadEvents(db, [row.event])
    if (!file) continue
    const lang = row.language as Lang
    const seen = await view(file.event.id, association)
    const place = `conversation.state:${conversation_id}`
    found.set(row.ledger_id, {
      lang,
      event: eventFact(file),
      association,
      gone: row.gone,
      nominee: seen.nominees.find(({ id }) => id === row.nomination_id) ?? null,
      view: seen,
      state: row.state ? seal.openJson<State>(place, row.state) : begin(register, lang),
      facts: {
        now: now.toISOString(),
        channel: { buttons: false, contactButton: false, ownPhone: null },
        events: [],
        registrations: [],
        people: [],
        outcomes: [],
      },
    })
  }
  return found
}
