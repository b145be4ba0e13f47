// Claiming a nomination: a link is opened, consent is asked, the birth date proves who it is, and what the association
// gave is confirmed instead of typed again.
import { readBirthDate } from '../domain/birth-date.ts'
import type { Code } from '../domain/claim-code.ts'
import { readMenu } from '../domain/menu.ts'
import { readNik } from '../domain/nik.ts'
import { maskLocal } from '../domain/phone.ts'
import { readYesNo } from '../domain/yes-no.ts'
import { todayOf } from './answers/identity.ts'
import type { Flow } from './flow.ts'
import { acronym } from './office-desk.ts'
import type { ClaimOutcome, ClaimState, Given } from './office-types.ts'
import { nameOf } from './people.ts'
import { isActive, type Standing, talking } from './progress.ts'
import { say, sayReason } from './speak.ts'
import { moved, type Step, tell, withoutAside } from './step.ts'
import type { Answer, Said, State } from './types.ts'

/** A code was sent: an officer's invitation changes the chat over, a nominee's link begins his registration. */
export function openCode(at: Standing, { kind, code }: Code): Step {
  if (kind === 'claim') return openLink(at, code)
  const refused = at.facts.outcomes.find(o => o.kind === 'move')
  if (!refused) {
    // Nobody has begun to register here: the chat is the officer's alone.
    const forgets = nameOf(at.state) === null && !at.state.claim && at.facts.registrations.length === 0
    return { state: at.state, put: false, asks: [{ kind: 'move', to: { kind: 'office', code }, forgets }] }
  }
  return tell(
    at,
    talking(at),
    say(at.state.lang, refused.why === 'bound' ? 'office_code_elsewhere' : 'office_code_unknown'),
  )
}

function openLink(at: Standing, code: string): Step {
  const { state, facts } = at
  const { lang } = state
  if (state.claim?.code === code) return openAgain(at, state.claim)
  const outcome = facts.outcomes.find(o => o.kind === 'claim')
  if (!outcome) return { state, put: false, asks: [{ kind: 'claim', code }] }
  const { found } = outcome
  if (!found) return tell(at, talking(at), say(lang, 'claim_unknown'))
  const busy = state.claim?.open || facts.registrations.some(r => r.event === found.event && isActive(r))
  const names = { name: found.name, association: acronym(found.association) }
  if (busy) return tell(at, talking(at), say(lang, 'claim_other', names))
  const { aside: _, ...rest } = state
  const event: Answer = { value: found.event, said: '', at: facts.now }
  const begun: State = { ...rest, claim: found, idle: false, done: false, answers: { ...rest.answers, event } }
  return prove(moved(at, begun), { state: begun, put: true, lead: [say(lang, 'claim_for', names)] })
}

/** The link once more: who had let a seat go asks to come back. */
function openAgain(at: Standing, { event, code, open }: ClaimState): Step {
  const { state, facts } = at
  const { lang, done } = state
  const outcome = facts.outcomes.find(o => o.kind === 'claim_open')
  if (open && !outcome) return { state, put: false, asks: [{ kind: 'claim_open', event, code }] }
  if (outcome?.how === 'full') return tell(at, talking(at), say(lang, 'reserve_full', { n: outcome.full ?? 0 }))
  if (outcome && outcome.how !== 'open') return tell(at, talking(at), say(lang, 'claim_unknown'))
  const words = outcome?.back
    ? say(lang, done ? 'offer_taken' : 'offer_taken_draft')
    : outcome?.reserve
      ? say(lang, done ? 'offer_back' : 'claim_reserve', { n: outcome.reserve })
      : say(lang, 'claim_known')
  return { ...tell(at, !done, words), state: { ...state, idle: false } }
}

/** With the consent given, the nominee proves who he is, where there is something to prove it by; then it is his. */
export function prove(at: Standing, step: Step): Step {
  const { claim, aside, answers } = step.state
  if (!claim || claim.open || aside || step.asks?.length || !answers.consent) return step
  if (claim.born) return { ...step, state: { ...step.state, aside: { kind: 'born' } }, put: true }
  const outcome = at.facts.outcomes.find(o => o.kind === 'claim_open')
  if (!outcome)
    return { state: at.state, put: false, asks: [{ kind: 'claim_open', event: claim.event, code: claim.code }] }
  return opened(at, step, claim, outcome)
}

/** A birth date was said; undefined where the message is none. */
export function hearBirth(at: Standing, said: Said): Step | undefined {
  const { claim, lang } = at.state
  if (said.kind !== 'text' || !claim) return undefined
  const read = readBirthDate(said.text, { today: todayOf(at.context) })
  if (!read.ok) {
    if (!/\d/.test(said.text)) return undefined
    return {
      state: { ...at.state, aside: { kind: 'born' } },
      put: true,
      lead: [sayReason(lang, read.reason, read.detail)],
    }
  }
  const outcome = at.facts.outcomes.find(o => o.kind === 'claim_open')
  const { event, code } = claim
  if (!outcome) return { state: at.state, put: false, asks: [{ kind: 'claim_open', event, code, birth: read.value }] }
  return opened(at, { state: at.state, put: true }, claim, outcome)
}

const REFUSED = {
  locked: 'claim_locked',
  checking: 'claim_checking',
  gone: 'claim_unknown',
  full: 'reserve_full',
} as const

function opened(
  at: Standing,
  step: Step,
  claim: ClaimState,
  { how, left, given, reserve, full }: Extract<ClaimOutcome, { readonly kind: 'claim_open' }>,
): Step {
  const { lang } = at.state
  const { claim: _, ...without } = withoutAside(step.state)
  const lead = step.lead ?? []
  if (how === 'wrong')
    return {
      ...step,
      state: { ...step.state, aside: { kind: 'born' } },
      lead: [...lead, say(lang, 'claim_wrong', { left: left ?? 0 })],
    }
  if (how !== 'open') {
    // What is no longer his claim is an ordinary registration.
    return {
      ...step,
      state: { ...without, question: null },
      put: false,
      lead: [...lead, say(lang, REFUSED[how], { n: full ?? 0 })],
    }
  }
  const association: Answer = { value: claim.association, said: '', at: at.facts.now }
  const known = Boolean(given?.name)
  const state: State = {
    ...without,
    claim: { ...claim, open: true, ...(given ? { given } : {}) },
    answers: { ...without.answers, association },
    ...(known ? { aside: { kind: 'given' } as const } : {}),
  }
  const waits = reserve ? [say(lang, 'claim_reserve', { n: reserve })] : []
  return { ...step, state, put: true, lead: [...lead, ...waits] }
}

/** What the association gave, as the person is asked about it: long numbers masked. */
export function givenText(flow: Flow, at: Standing): string {
  const { lang, claim } = at.state
  const answers = claim?.given ? givenAnswers(at, claim.given) : {}
  const line = (id: string, word: 'given_NAME' | 'given_NIK' | 'given_TRADE') => {
    const question = flow.questions.find(q => q.id === id)
    const value = answers[id]?.value
    return question && value !== undefined ? [say(lang, word, { value: question.kind.show(value, at.context) })] : []
  }
  return [
    ...line('name', 'given_NAME'),
    ...line('nik', 'given_NIK'),
    ...(claim?.given?.phone ? [say(lang, 'given_PHONE', { value: maskLocal(claim.given.phone) })] : []),
    ...line('trade', 'given_TRADE'),
  ].join('\n')
}

/** Confirmed: these are answers now. Else they are forgotten, and everything is asked. */
export function takeGiven(at: Standing, yes: boolean): Step {
  const { claim } = at.state
  if (!claim) return { state: at.state, put: true }
  const { given, ...rest } = claim
  const answers = yes && given ? givenAnswers(at, given) : {}
  return { state: { ...at.state, claim: rest, answers: { ...at.state.answers, ...answers } }, put: true }
}

function givenAnswers(
  at: Standing,
  { name, prefix, suffix, nik, birth_date, phone, trade }: Given,
): Record<string, Answer> {
  const answer = (value: unknown, of?: unknown): Answer => ({
    value,
    said: '',
    at: at.facts.now,
    ...(of === undefined ? {} : { of }),
  })
  const read = nik ? readNik(nik, { today: todayOf(at.context), city: at.context.event?.regionCode ?? '' }) : undefined
  // The person has just said this birth date: where the NIK says another, it is asked which is right.
  const agrees = read?.ok && (birth_date === undefined || birth_date === read.value.birth_date)
  return {
    ...(name ? { name: answer({ name, ...(prefix ? { prefix } : {}), ...(suffix ? { suffix } : {}) }) } : {}),
    ...(read?.ok ? { nik: { ...answer(read.value), warn: read.warn ?? [] } } : {}),
    ...(read?.ok && agrees ? { nik_ok: answer('YES', read.value) } : {}),
    ...(phone ? { phone: answer({ phone, proven: phone === at.facts.channel.ownPhone }) } : {}),
    ...(trade ? { trade: answer(trade) } : {}),
  }
}

/** Yes or no, in words or as the first or second choice. */
function yesOf(said: Said): boolean | undefined {
  if (said.kind !== 'text') return undefined
  const number = readMenu(said.text, { options: 2 })
  if (number.ok) return number.value === 1
  const read = readYesNo(said.text)
  return read.ok ? read.value === 'YES' : undefined
}

const OFFER = /^offer:(YES|NO):(.+)$/

/** The answer to an offered seat, by a button or the newest message's words; undefined where it is none. */
export function answerOffer(at: Standing, said: Said): Step | undefined {
  const [, pressed, id] = (said.kind === 'button' && OFFER.exec(said.value)) || []
  const newest = at.facts.newest?.asks === 'offer' ? at.facts.newest.nomination : undefined
  const nomination = id ?? newest
  const take = pressed ? pressed === 'YES' : newest ? yesOf(said) : undefined
  if (!nomination || take === undefined) return undefined
  const event = at.state.claim?.event ?? at.facts.registrations.at(-1)?.event ?? ''
  const outcome = at.facts.outcomes.find(o => o.kind === 'offer')
  if (!outcome) return { state: at.state, put: false, asks: [{ kind: 'offer', event, id: nomination, take }] }
  const { lang } = at.state
  if (!outcome.done) return tell(at, talking(at), `${say(lang, 'offer_over')} ${wayBack(at)}`.trim())
  if (!take) return tell(at, false, `${say(lang, 'offer_refused')} ${wayBack(at)}`.trim())
  return tell(at, talking(at), say(lang, talking(at) ? 'offer_taken_draft' : 'offer_taken'))
}

/** How who let a seat go may ask for one again: by the link, or in words where there is none. */
function wayBack({ state: { claim, lang }, facts }: Standing): string {
  if (claim?.code) return say(lang, 'offer_return', { code: claim.code })
  return facts.registrations.at(-1)?.status === 'CADANGAN' ? say(lang, 'offer_return_words') : ''
}
