// What is told of its own accord about nominations: an offered seat, a locked link, the digest, a decision, the results.
import { SUMMARY } from '../domain/result.ts'
import type { EventFact, Facts } from './facts.ts'
import { acronym, type Desk } from './office-desk.ts'
import { summaryText } from './office-results.ts'
import type { NomineeFact, SummaryFact, View } from './office-types.ts'
import { forwardable, isActive, quotaText } from './office-view.ts'
import { say, sayChoice, sayInstant } from './speak.ts'
import type { Lang, Reply, State } from './types.ts'

export type NominationNotice = {
  readonly lang: Lang
  readonly event: EventFact
  readonly association: string | null
  /** It goes to an officer who is one no more. */
  readonly gone: boolean
  /** Whom it is about; null where it is about all of them, or he is gone. */
  readonly nominee: NomineeFact | null
  readonly view: View
  /** The association's results, where it is about those. */
  readonly summary: SummaryFact | null
  readonly state: State
  readonly facts: Facts
}

type Write = (notice: NominationNotice & { readonly nominee: NomineeFact }) => Reply | null

/** A free seat is offered to its nominee, who has opened his link. */
const offer: Write = ({ lang, event, nominee: { id, name, state: stands, until }, state }) =>
  stands === 'DITAWARI' && until
    ? {
        text: say(lang, 'offer', { name, event: event.shortTitle, until: sayInstant(lang, event, until) }),
        options: [
          { value: `offer:YES:${id}`, label: sayChoice(lang, 'offer_yes') },
          { value: `offer:NO:${id}`, label: sayChoice(lang, 'offer_no') },
        ],
        asked: state.turn,
        hint: say(lang, 'by_number'),
      }
    : null

/** The nominee can't be reached yet: his officer passes it on. */
const offerToOfficer: Write = notice => {
  const { lang, event, association, nominee } = notice
  if (nominee.state !== 'DITAWARI' || !nominee.until || nominee.claimed) return null
  const until = sayInstant(lang, event, nominee.until)
  const told = say(lang, 'offer_officer', { name: nominee.name, association: acronym(association ?? ''), until })
  return { text: `${told}\n\n${forwardable(deskOf(notice), nominee, notice.view)}` }
}

const locked: Write = ({ lang, nominee: { name, locked: still } }) =>
  still ? { text: say(lang, 'locked_officer', { name }) } : null

const decided: Write = ({ lang, nominee: { name, state } }) =>
  state === 'DIPERIKSA' ? null : { text: say(lang, state === 'BATAL' ? 'conflict_other' : 'conflict_yours', { name }) }

/** The purpose of the word to a nominee who was called off or replaced. */
export const CALLED_OFF = 'usulan-dibatalkan'

const calledOff: Write = ({ lang, event, association, nominee: { name, state } }) =>
  state === 'BATAL'
    ? {
        text: say(lang, 'called_off', { name, association: acronym(association ?? ''), event: event.shortTitle }),
      }
    : null

const deskOf = ({ lang, event, association, state, facts }: NominationNotice): Desk => ({
  lang,
  event,
  state,
  facts,
  office: { event: event.id, association: association ?? '' },
})

/** The purpose of the word that somebody nominated is under examination. */
export const CHECKING = 'usulan-sama'

const checking: Write = ({ lang, nominee: { name, state } }) =>
  state === 'DIPERIKSA' ? { text: say(lang, 'conflict_checking', { name }) } : null

/** The purpose of the digest, which is about all nominees of an association. */
export const DIGEST = 'usulan-harian'

/** What is missing today; null where nothing is. A free seat is missing somebody as long as nominations are taken. */
function digest({ lang, association, view, event, facts }: NominationNotice): Reply | null {
  const active = view.nominees.filter(isActive)
  const seated = active.filter(({ state }) => state === 'DIUSULKAN' || state === 'DIKLAIM')
  const unclaimed = seated.filter(({ claimed }) => !claimed)
  const unfinished = seated.filter(
    ({ claimed, registration }) => claimed && (registration === null || registration === 'PERLU_PERBAIKAN'),
  )
  const names = (some: readonly NomineeFact[]) => some.map(({ name }) => name).join(', ')
  const missing = [
    unclaimed.length ? say(lang, 'digest_unclaimed', { names: names(unclaimed) }) : '',
    unfinished.length ? say(lang, 'digest_unfinished', { names: names(unfinished) }) : '',
  ].filter(Boolean)
  const unfilled = view.seats.free > 0 && facts.now < event.nomination.close
  if (missing.length === 0 && !unfilled) return null
  const told = say(lang, 'digest', { association: acronym(association ?? ''), quota: quotaText(lang, view) })
  return { text: [told, ...missing].join('\n') }
}

/** The purpose of the word to an officer who is one no more. */
export const REMOVED = 'pengurus-dicabut'

const removed = ({ lang, association, event }: NominationNotice): Reply => ({
  text: say(lang, 'office_removed', { association: acronym(association ?? ''), event: event.shortTitle }),
})

const NOTICES: Readonly<Record<string, Write>> = {
  tawaran: offer,
  'tawaran-pengurus': offerToOfficer,
  terkunci: locked,
  [CHECKING]: checking,
  'usulan-diperiksa': decided,
  [CALLED_OFF]: calledOff,
}

/** The results in numbers; null where a correction has left none. */
function results({ lang, event, association, summary }: NominationNotice): Reply | null {
  const text = summary && summaryText(lang, event, association ?? '', summary)
  return text ? { text } : null
}

/** The message of a notice about a nomination; null where it is no longer true. */
export function nominationNotice(purpose: string, notice: NominationNotice): Reply | null {
  if (purpose === REMOVED) return removed(notice)
  if (notice.gone) return null
  if (purpose === DIGEST) return digest(notice)
  if (purpose === SUMMARY) return results(notice)
  const { nominee } = notice
  return nominee && (NOTICES[purpose]?.({ ...notice, nominee }) ?? null)
}

/** Whether a purpose is one of these. */
export const isNominationNotice = (purpose: string): boolean =>
  purpose === DIGEST || purpose === REMOVED || purpose === SUMMARY || purpose in NOTICES
