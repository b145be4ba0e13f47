// The correction: tells who knows a former hour or place what it is now.

import type { ChangeFact, EventFact } from './facts.ts'
import type { NoticeFacts } from './notices.ts'
import { paragraphs } from './put.ts'
import { onClock, say, sayChoice, sayInstant } from './speak.ts'
import type { Lang, Reply } from './types.ts'

/** As many hours as fit into a message that is read. */
const LINES = 5

/** What has changed for this person; null where it is as he knows it, or he does not come. */
export function change({ lang, event, registration, changes, ledger, state }: NoticeFacts): Reply | null {
  if (registration.status !== 'DITERIMA' || changes.length === 0) return null
  const sessions = changes.filter(one => one.kind === 'session')
  const more = sessions.length - LINES
  return {
    text: paragraphs(
      say(lang, 'change', { name: registration.name, event: event.shortTitle }),
      [
        ...sessions.slice(0, LINES).map(one => changeLine(lang, event, one)),
        more > 0 ? say(lang, 'change_more', { n: more }) : '',
        ...changes.flatMap(one => (one.kind === 'place' ? [changeLine(lang, event, one)] : [])),
      ]
        .filter(Boolean)
        .join('\n'),
      say(lang, 'change_ok'),
    ),
    options: [{ value: `seen:${ledger}`, label: sayChoice(lang, 'change_ok_button') }],
    asked: state.turn,
    spoken: true,
  }
}

/** One change, as the message has it. */
export function changeLine(lang: Lang, event: EventFact, one: ChangeFact): string {
  if (one.kind === 'place') return say(lang, 'change_place', { from: one.from, to: one.to })
  const { title, from, to } = one
  const when = (instant: string) => sayInstant(lang, event, instant)
  if (from === null) return say(lang, 'change_new', { title, to: when(to as string) })
  if (to === null) return say(lang, 'change_cancelled', { title, from: when(from) })
  const [before, after] = [onClock(event, from), onClock(event, to)]
  const sameDay = before.date.equals(after.date)
  return say(lang, 'change_session', {
    title,
    to: when(to),
    from: sameDay ? `${before.time} ${before.zone}` : when(from),
  })
}
