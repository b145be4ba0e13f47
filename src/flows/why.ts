// Why we wrote: which rule or whose decision sent a message, and when.
import type { SentFact } from './asks.ts'
import type { EventFact, Facts } from './facts.ts'
import { onClock, say, sayDate, sayInstant } from './speak.ts'
import type { Lang } from './types.ts'
import type { Word } from './words.ts'

/** Of whom no event is open any more: the day is enough then. */
const ZONE = 'Asia/Jakarta'

/** "20 September 2025, 09.00 WIB", on the clock of an event. */
export function sayMoment(lang: Lang, event: EventFact | undefined, instant: string): string {
  if (!event) return sayDate(lang, Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDate())
  const { date, time, zone } = onClock(event, instant)
  return `${sayDate(lang, date)}, ${time} ${zone}`
}

/** Why a message was sent; `event` is the one on whose clock it is told. */
export function whyText(lang: Lang, facts: Facts, event: EventFact | undefined, message: SentFact | null): string {
  if (!message) return say(lang, 'why_nothing')
  const { rule, number, at } = message
  const when = sayMoment(lang, event, at)
  if (rule === null) return say(lang, 'why_answer', { when })
  if (number !== null) return say(lang, 'why_rule', { when, rule, number, reason: reasonOf(lang, facts, message) })
  const office = OFFICE_REASONS[rule]
  return office
    ? say(lang, 'why_office', { when, rule, reason: say(lang, office) })
    : say(lang, UNNUMBERED[rule] ?? 'why_nudge', { when, rule })
}

/** Why a rule or the office wrote; without a word for it, because reminders are on. */
function reasonOf(lang: Lang, { registrations, events }: Facts, { rule, number }: SentFact): string {
  const word = `why_${rule}`
  if (OWN_REASONS.includes(word)) return say(lang, word as Word)
  const registration = registrations.find(one => one.number === number)
  const event = events.find(one => one.id === registration?.event)
  const sent = event?.rules.find(one => one.id === rule)
  if (!event || !sent) return say(lang, 'why_reminder')
  if (sent.to === 'not_checked_in') return say(lang, 'why_missed', { event: event.shortTitle })
  if (sent.deadline) return say(lang, 'why_incomplete', { when: sayInstant(lang, event, sent.deadline) })
  const session = event.sessions.find(one => one.id === sent.session)
  if (!session) return say(lang, 'why_reminder')
  const { title, start } = session
  return say(lang, 'why_session', { event: event.shortTitle, title, when: sayInstant(lang, event, start) })
}

/** Why we wrote about no registration: another chat was linked, a seat was offered …; else one was left unfinished. */
const UNNUMBERED: Readonly<Record<string, Word>> = {
  tersambung: 'why_linked',
  tawaran: 'why_offer',
  'usulan-dibatalkan': 'why_called_off',
}

/** Why we wrote to an officer. */
const OFFICE_REASONS: Readonly<Record<string, Word>> = {
  'hasil-anggota': 'why_office_results',
  'usulan-harian': 'why_office_digest',
  'tawaran-pengurus': 'why_office_offer',
  terkunci: 'why_office_locked',
  'usulan-sama': 'why_office_decided',
  'usulan-diperiksa': 'why_office_decided',
  'pengurus-dicabut': 'why_office_removed',
}

const OWN_REASONS: readonly string[] = [
  'why_diterima',
  'why_perbaikan',
  'why_ditolak',
  'why_perubahan',
  'why_hasil',
  'why_sertifikat',
  'why_perpanjangan',
]
