// What officers hear of their association's results: numbers, after the members themselves; never who had which result.

import type { EventFact, Facts } from './facts.ts'
import { acronym, type Move } from './office-desk.ts'
import type { OfficeFact, SummaryFact } from './office-types.ts'
import { paragraphs } from './put.ts'
import { say } from './speak.ts'
import type { Lang, State } from './types.ts'

/** The numbers in words; null where there are no results, or members are being told just now. */
export function summaryText(
  lang: Lang,
  event: Pick<EventFact, 'shortTitle'>,
  association: string,
  { competent, notYet, absent, open, telling }: SummaryFact,
): string | null {
  if (telling || competent + notYet === 0) return null
  const told = { association: acronym(association), event: event.shortTitle, competent, notYet, absent }
  return paragraphs(
    [say(lang, 'results_numbers', told), open ? say(lang, 'results_open', { n: open }) : ''].filter(Boolean).join(' '),
    say(lang, 'results_private'),
  )
}

/** HASIL of an officer, also when the event is over. */
export function officeResults(state: State, office: OfficeFact, { outcomes, people }: Facts): Move {
  const { lang } = state
  const outcome = outcomes.find(one => one.kind === 'office_results')
  if (!outcome) return { state, asks: [{ kind: 'office_results', event: office.event }] }
  const text =
    summaryText(lang, outcome.event, office.association, outcome.summary) ??
    say(lang, outcome.summary.telling ? 'results_telling' : 'results_none')
  const worker = people.some(one => one.office === undefined)
  return { state, replies: [{ text: paragraphs(text, worker ? say(lang, 'results_own') : '') }] }
}
