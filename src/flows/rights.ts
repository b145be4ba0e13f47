// A person's rights over the own data: to see it (DATA SAYA), to have it erased (HAPUS DATA), to know why we wrote (KENAPA).
import { maskNik } from '../domain/nik.ts'
import type { Held } from './asks.ts'
import type { RegistrationRecord } from './facts.ts'
import { acronym } from './office-desk.ts'
import { begin, CONFIRM, type Standing, talking, unchanged } from './progress.ts'
import { paragraphs, summaryLines, summaryText } from './put.ts'
import { CONSENT_VERSION } from './register.ts'
import { chatLines, keptLines } from './rights-text.ts'
import { say, sayDay } from './speak.ts'
import { ask, moved, type Step, tell } from './step.ts'
import type { State } from './types.ts'
import { sayMoment, whyText } from './why.ts'

/** On the clock of the event, or of the first there is. */
const moment = ({ state, context, facts }: Standing, instant: string): string =>
  sayMoment(state.lang, context.event ?? facts.events[0], instant)

/** Everything held, in one message and as a file. */
export function myData(at: Standing): Step {
  const { state, facts } = at
  const outcome = facts.outcomes.find(o => o.kind === 'my_data')
  if (!outcome) return { state, put: false, asks: [{ kind: 'my_data' }] }
  const text = paragraphs(...heldText(at, outcome.held), say(state.lang, 'my_data_rights'))
  const document = { name: 'data-saya.txt', text: `${sayDay(state.lang, today(at))}\n\n${text}\n` }
  // The open question follows in a message of its own: the file stays one that can be kept.
  return { state, put: talking(at), replies: [{ text, document }] }
}

const today = ({ facts, context }: Standing): Temporal.PlainDate =>
  Temporal.Instant.from(facts.now)
    .toZonedDateTimeISO((context.event ?? facts.events[0])?.timezone ?? 'Asia/Jakarta')
    .toPlainDate()

function heldText(at: Standing, held: Held): string[] {
  const { lang } = at.state
  const answered = at.steps.some(q => at.context.answers[q.id] !== undefined)
  const lines = [
    ...held.consents.map(({ purpose, given, at: when, version }) => {
      const word = purpose === 'renewal' ? RENEWAL_CONSENT : CONSENT
      return say(lang, given ? word.given : word.refused, { when: moment(at, when), version })
    }),
    ...chatLines(lang, held, instant => moment(at, instant)),
    ...held.nominations.map(({ association, given: { name, nik, phone, birth_date, trade } }) =>
      say(lang, 'my_data_nominated', {
        association: acronym(association),
        given: [name, nik && `NIK ${maskNik(nik)}`, phone, birth_date, trade].filter(Boolean).join(', ') || '-',
      }),
    ),
    ...held.attendance.map(({ number, answer, late, said, at: when }) =>
      say(lang, 'my_data_attendance', {
        number,
        answer: say(lang, late ? 'attend_LATE' : `attend_${answer}`) + (said && `, "${said}"`),
        when: moment(at, when),
      }),
    ),
    ...held.checkIns.map(({ number, session, at: when }) =>
      say(lang, 'my_data_checked_in', { number, session: titleOf(at, session), when: moment(at, when) }),
    ),
    ...held.results.map(number => say(lang, 'my_data_result', { number })),
    ...held.appeals.map(({ number, at: when, reason }) => {
      const line = say(lang, 'my_data_appeal', { number, when: moment(at, when) })
      return reason ? `${line}: "${reason}"` : line
    }),
    ...keptLines(at.state, held),
  ]
  return [
    answered ? summaryText(at) : '',
    changesText(at),
    ...held.registrations.map(one =>
      [
        say(lang, 'my_data_registration', {
          number: one.number,
          status: say(lang, `status_${one.status}`),
          when: moment(at, one.at),
        }),
        ...(answered || one.record.nik === '' ? [] : recordLines(one.record)),
      ].join('\n'),
    ),
    `${say(lang, 'my_data_beside')}\n${lines.map(line => `• ${line}`).join('\n')}`,
  ]
}

const CONSENT = { given: 'my_data_consent', refused: 'my_data_no_consent' } as const
const RENEWAL_CONSENT = { given: 'my_data_renewal', refused: 'my_data_no_renewal' } as const

/** Lines of the answers that the organiser still has otherwise. */
function changesText(at: Standing): string {
  const now = summaryLines(at).split('\n')
  const before = summaryLines(moved(at, unchanged(at.state))).split('\n')
  const changed = before.filter(line => !now.includes(line))
  return changed.length > 0 ? `${say(at.state.lang, 'my_data_before')}\n${changed.join('\n')}` : ''
}

const titleOf = ({ facts }: Standing, session: string): string =>
  facts.events.flatMap(event => event.sessions).find(({ id }) => id === session)?.title ?? session

/** What a registration keeps where the conversation itself was erased. */
const recordLines = ({ name, nik, birth_place, birth_date, phone, address }: RegistrationRecord): string[] =>
  [
    name,
    nik && `NIK ${maskNik(nik)}`,
    [birth_place, birth_date].filter(Boolean).join(', '),
    phone ?? '',
    address,
  ].filter(Boolean)

/** Asks once, and says before what must stay. */
export const eraseSure = (at: Standing): Step => ask(at, { kind: 'erase' })

/** What stays after an erasure, and why. */
export function staysText({ state: { lang }, facts }: Standing): string {
  const kept = facts.registrations.filter(one => one.status === 'DITERIMA').map(one => one.number)
  return [kept.length ? say(lang, 'erase_keeps', { numbers: kept.join(', ') }) : '', say(lang, 'erase_proof_stays')]
    .filter(Boolean)
    .join('\n')
}

/** Erases, and gives the number that proves it. */
export function erase(at: Standing): Step {
  const { state, facts } = at
  const outcome = facts.outcomes.find(o => o.kind === 'erase')
  if (!outcome) return { state, put: false, asks: [{ kind: 'erase' }] }
  const { proof, kept } = outcome
  const left: State = { ...begin(at.flow, state.lang), turn: state.turn, asked: state.turn, stopped: state.stopped }
  return {
    // Whose registration stands is still told about it, and not asked anything.
    state: kept.length > 0 ? { ...left, done: true, question: CONFIRM } : left,
    put: false,
    replies: [
      {
        text: paragraphs(
          say(state.lang, 'erased', { proof }),
          staysText(at),
          kept.length > 0 ? '' : say(state.lang, 'erased_again'),
        ),
      },
    ],
    effects: [{ kind: 'consent', purpose: 'registration', version: CONSENT_VERSION, given: false }],
  }
}

/** Which rule sent the newest notice of this chat, or the message that was quoted, and when. */
export function whySent(at: Standing): Step {
  const { state, facts } = at
  const outcome = facts.outcomes.find(o => o.kind === 'why_sent')
  if (!outcome) return { state, put: false, asks: [{ kind: 'why_sent' }] }
  return tell(at, talking(at), whyText(state.lang, facts, at.context.event ?? facts.events[0], outcome.message))
}
