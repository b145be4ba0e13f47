// The words of an officer's talk: what is drafted, asked of the host and answered.
import type { ListLine } from '../domain/nominee-list.ts'
import type { EventFact, RegistrationStatus } from './facts.ts'

/** Whose officer this conversation is. */
export type OfficeFact = { readonly event: string; readonly association: string }

/** A list that was judged and not saved yet. */
export type Draft = { readonly lines: readonly ListLine[]; readonly at: string }

/** A small question to an officer. */
export type Asking =
  /** One nominee is put together: which of his fields is asked. */
  | { readonly kind: 'name' | 'phone' | 'nik' | 'trade'; readonly line: ListLine }
  | { readonly kind: 'cancel'; readonly id: string; readonly name: string }
  | { readonly kind: 'replace'; readonly id: string; readonly name: string; readonly line: ListLine }
  /** The officer's own data is to be erased: sure? */
  | { readonly kind: 'erase' }

export type OfficeState = { readonly draft?: Draft; readonly asking?: Asking }

export type OfficeAsk =
  | { readonly kind: 'office_view' | 'office_results'; readonly event: string }
  | { readonly kind: 'office_judge'; readonly event: string; readonly lines: readonly ListLine[] }
  | { readonly kind: 'office_save'; readonly event: string; readonly lines: readonly ListLine[] }
  | { readonly kind: 'office_cancel'; readonly event: string; readonly id: string }
  | { readonly kind: 'office_replace'; readonly event: string; readonly id: string; readonly line: ListLine }
  | { readonly kind: 'office_resend'; readonly event: string; readonly whom: string }

/** A nominee as his officer sees him. */
export type NomineeFact = {
  readonly id: string
  readonly name: string
  readonly state: NominationState
  /** Place in the reserve, from 1. */
  readonly reserve: number | null
  /** Until when an offered seat may be taken. */
  readonly until: string | null
  readonly claimed: boolean
  readonly locked: boolean
  readonly registration: RegistrationStatus | null
  /** The token of his link. */
  readonly token: string
}

export type NominationState = 'DIUSULKAN' | 'CADANGAN' | 'DITAWARI' | 'DIKLAIM' | 'DIPERIKSA' | 'BATAL' | 'KEDALUWARSA'

export type View = {
  /** Seats: how many, how many of a registered person, of one who has not registered yet, of nobody. */
  readonly seats: { readonly quota: number; readonly filled: number; readonly waiting: number; readonly free: number }
  readonly nominees: readonly NomineeFact[]
  /** Links to open a chat with us; `{token}` stands for the token. */
  readonly links: readonly string[]
}

/** What would become of a line. `of`: the line it repeats, or its place in the reserve. */
export type Verdict = {
  readonly verdict: 'new' | 'reserve' | 'full' | 'same' | 'known' | 'checking' | 'nameless'
  readonly of?: number
}

/** An association's published results in numbers; never a name, which is for the person alone. */
export type SummaryFact = {
  readonly competent: number
  readonly notYet: number
  /** No result, and not there on the last day. */
  readonly absent: number
  /** No result yet. */
  readonly open: number
  /** Members are being told just now: they hear it before their officers do. */
  readonly telling: boolean
}

export type OfficeOutcome =
  | { readonly kind: 'office_view'; readonly view: View }
  /** With the event, which may be over. */
  | { readonly kind: 'office_results'; readonly event: EventFact; readonly summary: SummaryFact }
  | { readonly kind: 'office_judge'; readonly lines: readonly ListLine[]; readonly verdicts: readonly Verdict[] }
  /** `full`: as many lines as are too many; nothing was saved. */
  | { readonly kind: 'office_save'; readonly saved: readonly NomineeFact[]; readonly full: number; readonly view: View }
  | { readonly kind: 'office_cancel'; readonly done: boolean }
  | { readonly kind: 'office_replace'; readonly done: NomineeFact | 'late' | 'known' | null; readonly view: View }
  /** `found` is whom the words meant; a link is made anew where it is one who has not opened it yet. */
  | {
      readonly kind: 'office_resend'
      readonly found: readonly NomineeFact[]
      readonly done: NomineeFact | null
      readonly view: View
    }

/** A claim of a nomination: the link that was opened. */
export type ClaimState = {
  readonly code: string
  readonly event: string
  readonly association: string
  /** Masked. */
  readonly name: string
  /** A birth date is known, and must be said. */
  readonly born: boolean
  /** The nomination is this person's. */
  readonly open?: true
  /** What the association gave, until the person has confirmed it. */
  readonly given?: Given
}

export type Given = Omit<ListLine, 'n' | 'said' | 'warn' | 'digits'>

export type ClaimAsk =
  | { readonly kind: 'claim'; readonly code: string }
  | { readonly kind: 'claim_open'; readonly event: string; readonly code: string; readonly birth?: string }
  | { readonly kind: 'offer'; readonly event: string; readonly id: string; readonly take: boolean }

export type ClaimOutcome =
  /** Null: there is no such code, or it must not be used here; always the same answer. */
  | { readonly kind: 'claim'; readonly found: Omit<ClaimState, 'open' | 'given'> | null }
  | {
      readonly kind: 'claim_open'
      readonly how: 'open' | 'wrong' | 'locked' | 'checking' | 'gone' | 'full'
      /** Tries left. */
      readonly left?: number
      readonly given?: Given
      /** Place in the reserve, where there is no seat. */
      readonly reserve?: number
      /** He had let his seat go and has one again. */
      readonly back?: boolean
      /** As many as wait in the reserve, which takes nobody any more. */
      readonly full?: number
    }
  | { readonly kind: 'offer'; readonly done: boolean }
