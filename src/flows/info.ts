// What the bot tells when asked: status, schedule, help, what a finished registration leads to.

import type { EventFact, RegistrationFact } from './facts.ts'
import type { Standing } from './progress.ts'
import { paragraphs } from './put.ts'
import { onClock, say, sayDate, sayDay, wordsOf } from './speak.ts'
import type { Lang, Reply } from './types.ts'

/** Where to come, as an accepted person is told it. */
export const whereLines = (lang: Lang, event: EventFact): string[] => [
  say(lang, 'accepted_where', { where: event.where }),
  ...(event.mapUrl ? [say(lang, 'accepted_map', { url: event.mapUrl })] : []),
]

function registrationText(lang: Lang, event: EventFact | undefined, registration: RegistrationFact): string {
  return paragraphs(
    say(lang, 'status_line', {
      number: registration.number,
      event: event?.shortTitle ?? '',
      status: say(lang, `status_${registration.status}`),
    }),
    registration.why ? say(lang, 'status_why', { why: registration.why }) : '',
  )
}

export function statusText(at: Standing): string {
  const { lang } = at.state
  const { registrations, events } = at.facts
  const latest = registrations.at(-1)
  if (latest && (at.state.done || at.state.returned)) {
    return registrationText(
      lang,
      events.find(e => e.id === latest.event),
      latest,
    )
  }
  const answered = at.steps.filter(q => at.context.answers[q.id] !== undefined).length
  if (!at.state.answers.consent) return say(lang, 'status_none')
  return say(lang, 'status_draft', { answered, total: at.steps.length })
}

/** The days and hours of an event. */
export function scheduleText(lang: Lang, event: EventFact): string {
  const days = Map.groupBy(event.sessions, s => onClock(event, s.start).date.toString())
  const told = [...days].map(([day, sessions]) =>
    [
      say(lang, 'schedule_day', { date: sayDay(lang, Temporal.PlainDate.from(day)) }),
      ...sessions.map(s => {
        const from = onClock(event, s.start)
        return say(lang, 'schedule_session', {
          from: from.time,
          to: `${onClock(event, s.end).time} ${from.zone}`,
          title: s.title,
        })
      }),
    ].join('\n'),
  )
  return paragraphs(say(lang, 'schedule', { event: event.shortTitle, venue: event.place }), ...told)
}

export function helpText(at: Standing): string {
  const { lang } = at.state
  const help = at.open && at.state.question ? wordsOf(at.flow, at.open, lang).help : ''
  return paragraphs(help, say(lang, 'help_general'))
}

/** The two messages that end a registration: the number with what happens next, and the ticket. */
export function registeredReplies(at: Standing, number: string, corrected: boolean): Reply[] {
  const { lang } = at.state
  const { event } = at.context
  const name = (at.context.answers.name as { name: string } | undefined)?.name ?? ''
  const missing = at.steps.filter(q => at.context.answers[q.id] === null).map(q => wordsOf(at.flow, q, lang).label)
  const date = event ? sayDate(lang, Temporal.PlainDate.from(event.dateStart)) : ''
  return [
    {
      text: paragraphs(
        say(lang, corrected ? 'corrected' : 'registered', { name, number }),
        say(lang, 'what_next', { date, venue: event?.venue ?? '' }),
        missing.length ? say(lang, 'bring_documents', { documents: missing.join(', ') }) : '',
      ),
    },
    {
      text: say(lang, 'ticket', { number, name, event: event?.shortTitle ?? '' }),
      ticket: { number, name, event: event?.shortTitle ?? '' },
    },
  ]
}
