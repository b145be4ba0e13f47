// What an officer changes about one nominee: BATALKAN, GANTI, KIRIM ULANG.
import { readNominee } from '../domain/nominee-list.ts'
import { words } from '../domain/words.ts'
import { type Desk, type Move, noting } from './office-desk.ts'
import type { Asking, NomineeFact, View } from './office-types.ts'
import { isActive, passedOn } from './office-view.ts'
import { say } from './speak.ts'

type Act =
  | { readonly kind: 'cancel'; readonly whom: string }
  | { readonly kind: 'replace'; readonly whom: string; readonly by: string }

const tell = (desk: Desk, ...texts: readonly string[]): Move => ({
  state: desk.state,
  replies: texts.map(text => ({ text })),
})

/** What was done, and a new link to pass on. */
const telling = (desk: Desk, text: string, nominee: NomineeFact, view: View): Move => ({
  state: desk.state,
  replies: [{ text }, passedOn(desk, nominee, view)],
})

/** Whom a number of the list or a name means: one, none or several. */
export function onNominee(nominees: readonly NomineeFact[], whom: string): readonly NomineeFact[] {
  const active = nominees.filter(isActive)
  if (/^\d{1,3}$/.test(whom.trim())) return active.slice(Number(whom) - 1, Number(whom)).filter(() => Number(whom) > 0)
  const said = words(whom)
  const exact = active.filter(({ name }) => words(name) === said)
  return exact.length ? exact : active.filter(({ name }) => ` ${words(name)} `.includes(` ${said} `))
}

/** Asks back before somebody loses a place. */
export function act(desk: Desk, command: Act, { nominees }: View): Move {
  const { lang, state } = desk
  const found = onNominee(nominees, command.whom)
  const [one] = found
  const wrong = notOne(desk, command.whom, found)
  if (wrong || !one) return wrong ?? tell(desk)
  const { id, name } = one
  if (command.kind === 'cancel')
    return {
      state: noting(desk, { ...state.office, asking: { kind: 'cancel', id, name } }),
      replies: [{ text: say(lang, whatBecomes(one, nominees), { name }) }],
    }
  const line = readNominee(command.by, { today: desk.event.dateStart }, 1)
  if (!line.name) return tell(desk, say(lang, 'act_replace_how'))
  return {
    state: noting(desk, { ...state.office, asking: { kind: 'replace', id, name, line } }),
    replies: [{ text: say(lang, 'act_replace_sure', { name, by: line.name }) }],
  }
}

/** Of the seat that is let go. */
function whatBecomes({ state }: NomineeFact, nominees: readonly NomineeFact[]) {
  if (state === 'CADANGAN' || state === 'DIPERIKSA') return 'act_cancel_sure_no_seat'
  return nominees.some(({ reserve }) => reserve !== null) ? 'act_cancel_sure_reserve' : 'act_cancel_sure'
}

/** KIRIM ULANG: the link before is worth nothing any more. */
export function resend(desk: Desk, whom: string): Move {
  const { lang, state, office, facts } = desk
  const outcome = facts.outcomes.find(o => o.kind === 'office_resend')
  if (!outcome) return { state, asks: [{ kind: 'office_resend', event: office.event, whom }] }
  const { found, done, view } = outcome
  const wrong = notOne(desk, whom, found)
  if (wrong) return wrong
  return done
    ? telling(desk, say(lang, 'act_resent', { name: done.name }), done, view)
    : tell(desk, say(lang, 'act_claimed', { name: found[0]?.name ?? '' }))
}

function notOne(desk: Desk, whom: string, found: readonly NomineeFact[]): Move | undefined {
  if (found.length === 1) return undefined
  return found.length === 0
    ? tell(desk, say(desk.lang, 'act_nobody', { whom }))
    : tell(desk, say(desk.lang, 'act_several', { names: found.map(({ name }) => name).join(', ') }))
}

/** The YA or TIDAK behind it. */
export function confirmAct(desk: Desk, asking: Extract<Asking, { readonly id: string }>, yes: boolean): Move {
  const { lang, office, facts } = desk
  const { asking: _, ...rest } = desk.state.office ?? {}
  const there = { ...desk, state: noting(desk, rest) }
  const { id, name } = asking
  if (!yes) return tell(there, say(lang, 'act_stays', { name }))
  if (asking.kind === 'cancel') {
    const outcome = facts.outcomes.find(o => o.kind === 'office_cancel')
    if (!outcome) return { state: desk.state, asks: [{ kind: 'office_cancel', event: office.event, id }] }
    return tell(there, say(lang, outcome.done ? 'act_cancelled' : 'act_gone', { name }))
  }
  const outcome = facts.outcomes.find(o => o.kind === 'office_replace')
  if (!outcome)
    return { state: desk.state, asks: [{ kind: 'office_replace', event: office.event, id, line: asking.line }] }
  const by = asking.line.name ?? ''
  if (outcome.done === 'late') return { ...tell(there, say(lang, 'act_replace_late', { name, by })), effects: [] }
  if (outcome.done === 'known') return tell(there, say(lang, 'act_replace_known', { by }))
  if (!outcome.done) return tell(there, say(lang, 'act_gone', { name }))
  return telling(there, say(lang, 'act_replaced', { name, by }), outcome.done, outcome.view)
}
