// What the parts of an officer's talk share.
import { associations } from '../domain/catalogue.ts'
import type { Ask, Effect } from './asks.ts'
import type { EventFact, Facts } from './facts.ts'
import type { OfficeFact, OfficeState } from './office-types.ts'
import { say } from './speak.ts'
import type { Lang, Reply, State, Turn } from './types.ts'

/** An officer's conversation looked at. */
export type Desk = {
  readonly state: State
  readonly office: OfficeFact
  readonly event: EventFact
  readonly facts: Facts
  readonly lang: Lang
}

/** One step of it. */
export type Move = {
  readonly state: State
  readonly replies?: readonly Reply[]
  readonly effects?: readonly Effect[]
  readonly asks?: readonly Ask[]
}

export const reply = (text: string): Reply => ({ text })

export const done = (state: State, ...replies: readonly Reply[]): Turn => ({ state, replies, effects: [], asks: [] })

/** The conversation with something else noted of the office. */
export const noting = ({ state }: Pick<Desk, 'state'>, office: OfficeState): State => ({ ...state, office })

export const acronym = (id: string): string => associations.find(a => a.id === id)?.acronym ?? id

/** Whether nominations are taken now; else why not. */
export function closedText({ event, facts, lang }: Desk, sayDay: (instant: string) => string): string {
  const { open, close } = event.nomination
  if (facts.now < open) return say(lang, 'office_not_open', { open: sayDay(open) })
  return facts.now < close ? '' : say(lang, 'office_closed', { close: sayDay(close) })
}

const EXAMPLE = ['Budi Santoso', '3575011708859001', '083600000017', 'Tukang batu', '17-08-1985']

/** A file to fill in. */
export const template = (desk: Desk): Move => ({
  state: desk.state,
  replies: [
    {
      text: say(desk.lang, 'office_template'),
      table: {
        name: 'contoh-usulan.xlsx',
        rows: [['Nama', 'NIK', 'No HP', 'Jabatan kerja', 'Tanggal lahir'], EXAMPLE],
      },
    },
  ],
})
