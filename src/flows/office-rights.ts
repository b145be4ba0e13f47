// What an officer may ask about his own data: KENAPA, DATA SAYA, HAPUS DATA, BERHENTI. What he has as a participant is a
// conversation of its own, and stays as it is.

import { readCommand } from '../domain/command.ts'
import { readYesNo } from '../domain/yes-no.ts'
import type { EventFact } from './facts.ts'
import { acronym, type Desk, type Move, noting } from './office-desk.ts'
import { chatLines, keptLines } from './rights-text.ts'
import { say } from './speak.ts'
import { sayMoment, whyText } from './why.ts'

/** An officer's conversation, also when the event is over. */
export type Own = Omit<Desk, 'event'> & { readonly event: EventFact | undefined }

const tell = (desk: Own, ...texts: readonly string[]): Move => ({
  state: desk.state,
  replies: texts.filter(Boolean).map(text => ({ text })),
})

/** He registers through this chat, too. */
const isWorker = ({ facts }: Own): boolean => facts.people.some(person => person.office === undefined)

/** Why the newest notice to him was sent, or the message he quotes. */
export function whySent(desk: Own): Move {
  const { lang, state, event, facts } = desk
  const outcome = facts.outcomes.find(one => one.kind === 'why_sent')
  if (!outcome) return { state, asks: [{ kind: 'why_sent' }] }
  return tell(desk, whyText(lang, facts, event ?? facts.events[0], outcome.message))
}

/** What is held of him as an officer, in one message and as a file. */
export function myData(desk: Own): Move {
  const { lang, state, event, facts } = desk
  const outcome = facts.outcomes.find(one => one.kind === 'my_data')
  if (!outcome) return { state, asks: [{ kind: 'my_data' }] }
  const { held } = outcome
  const { name, since, nominated } = held.office ?? { name: null, since: facts.now, nominated: 0 }
  const moment = (instant: string) => sayMoment(lang, event, instant)
  const lines = [
    say(lang, 'my_data_office', {
      association: acronym(desk.office.association),
      event: event?.shortTitle ?? desk.office.event,
      when: moment(since),
    }),
    name ? say(lang, 'my_data_office_name', { name }) : '',
    say(lang, 'my_data_office_nominated', { n: nominated }),
    state.office?.draft ? say(lang, 'my_data_office_draft', { n: state.office.draft.lines.length }) : '',
    ...chatLines(lang, held, moment),
    ...keptLines(state, held),
  ].filter(Boolean)
  const text = [
    `${say(lang, 'my_data_beside')}\n${lines.map(line => `• ${line}`).join('\n')}`,
    [say(lang, 'my_data_office_rights'), isWorker(desk) ? say(lang, 'my_data_office_self') : ''].join('\n').trim(),
  ].join('\n\n')
  return { state, replies: [{ text, document: { name: 'data-saya.txt', text: `${moment(facts.now)}\n\n${text}\n` } }] }
}

/** Asks once, and says before what stays. */
export function eraseSure(desk: Own): Move {
  const { lang, state } = desk
  const sure = say(lang, 'erase_office_sure', { association: acronym(desk.office.association) })
  const self = isWorker(desk) ? say(lang, 'erase_office_self') : ''
  return {
    state: noting(desk, { ...state.office, asking: { kind: 'erase' } }),
    replies: [{ text: [sure, self].filter(Boolean).join('\n\n') }],
  }
}

/** The YA or TIDAK behind it: with a yes the chat is an officer's no more. Undefined where the text is neither. */
export function confirmErase(desk: Own, answer: string): Move | undefined {
  const { lang, state, facts } = desk
  const { asking: _, ...rest } = state.office ?? {}
  const read = readYesNo(answer)
  const command = readCommand(answer)
  const drops = command.ok && command.value === 'CANCEL'
  if (!read.ok && !drops) return undefined
  if (drops || (read.ok && read.value !== 'YES'))
    return { ...tell(desk, say(lang, 'not_erased')), state: noting(desk, rest) }
  const outcome = facts.outcomes.find(one => one.kind === 'erase')
  if (!outcome) return { state, asks: [{ kind: 'erase' }] }
  const { office: _o, ...left } = state
  const text = say(lang, 'erased_office', {
    association: acronym(desk.office.association),
    proof: outcome.proof,
  })
  return { state: left, replies: [{ text }] }
}

/** BERHENTI and MULAI: the digest of the day. What needs somebody to act is told all the same. */
export const digests = (desk: Own, on: boolean): Move => ({
  ...tell(desk, say(desk.lang, on ? 'office_started' : 'office_stopped')),
  state: { ...desk.state, stopped: !on },
  effects: [{ kind: 'reminders', on }],
})
