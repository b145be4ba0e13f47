// What a turn may know of the world: events, registrations, people; loaded by the host for a whole batch.
import type { ToldChange } from '../domain/told-changes.ts'
import type { Destination, Outcome } from './asks.ts'
import type { OfficeFact } from './office-types.ts'

export type RegistrationStatus =
  | 'MENUNGGU_VERIFIKASI'
  | 'DITERIMA'
  | 'PERLU_PERBAIKAN'
  | 'DITOLAK'
  | 'CADANGAN'
  | 'MENGUNDURKAN_DIRI'

/** The complete record of one registration, as `sapa registrations` lists it. */
export type RegistrationRecord = {
  readonly name: string
  readonly title_before?: string
  readonly title_after?: string
  readonly nik: string
  readonly birth_date: string
  readonly sex: 'L' | 'P'
  readonly birth_place: string
  readonly phone: string | null
  /** False where the number was typed and no platform vouched for it. */
  readonly phone_proven: boolean
  readonly address: string
  /** Id of the chosen entry of the trade catalogue; its level is in `level`. */
  readonly trade: string
  readonly level: number
  readonly association: string | null
  readonly experience_years: number
  readonly education: string
  /** Document kind → file id, or null where it is brought on the day. */
  readonly documents: { readonly ktp: string | null; readonly portrait: string | null; readonly diploma: string | null }
  /** What an organiser should look at: NIK_DOB_MISMATCH, EXPERIENCE_BELOW_MINIMUM … */
  readonly warnings: readonly string[]
}

/** An event as a conversation needs it. Times are ISO instants. */
export type EventFact = {
  readonly id: string
  readonly title: string
  readonly shortTitle: string
  readonly organiser: string
  readonly city: string
  readonly regionCode: string
  readonly timezone: string
  readonly venue: string
  /** With the address, as far as it is known; `where` with the hall too. */
  readonly place: string
  readonly where: string
  readonly mapUrl: string | null
  readonly dateStart: string
  readonly dateEnd: string
  readonly open: string
  readonly close: string
  readonly feeIdr: number
  readonly bring: readonly string[]
  readonly dress: string | null
  readonly sessions: readonly {
    readonly id: string
    readonly start: string
    readonly end: string
    readonly title: string
  }[]
  readonly associations: readonly string[]
  readonly draftDays: number
  /** Where a certificate can be verified. */
  readonly verifyUrl: string
  /** When and where who is not competent yet may try again, where that is known. */
  readonly nextChance: string | null
  readonly rules: readonly RuleFact[]
  /** When associations nominate, and from when the organiser himself replaces people. */
  readonly nomination: { readonly open: string; readonly close: string; readonly final: string }
}

/** A reminder rule as its message needs it. */
export type RuleFact = {
  readonly id: string
  readonly to: string
  readonly session: string | null
  readonly deadline: string | null
  /** It asks whether the person comes. */
  readonly asks: boolean
}

/** What a new version of an event changes: see domain/told-changes. */
export type ChangeFact = ToldChange

/** What the host knows about this person's registration for an event. */
export type RegistrationFact = {
  readonly event: string
  readonly number: string
  readonly status: RegistrationStatus
  readonly why?: string
  /** The person said that he can't come. */
  readonly absent?: boolean
}

/** The newest message with choices that left for this chat, where it is a notice: a bare number or "ya" belongs to it. */
export type NewestFact = {
  readonly ledger: string
  readonly number: string
  readonly asks: 'attendance' | 'ok' | 'offer' | 'result'
  /** The nomination it offers a seat to; the number is then empty. */
  readonly nomination?: string
  /** A template took the place of its words: what these asked was not seen. */
  readonly short?: boolean
}

/** Somebody who registers through this chat; one who has not said a name has none. */
export type PersonFact = {
  readonly id: string
  readonly name: string | null
  readonly current: boolean
  /** Of an officer's conversation: the association. */
  readonly office?: string
}

/** A notice that waits for an answer: whose it is, and the platform's id of it. */
export type AskedFact = { readonly person: string; readonly message: string | null }

/** What a turn may know of the world. Loaded by the host for the whole batch. */
export type Facts = {
  /** The instant of the turn, ISO with offset Z. */
  readonly now: string
  readonly channel: { readonly buttons: boolean; readonly contactButton: boolean; readonly ownPhone: string | null }
  /** Every event that is not over, soonest first. */
  readonly events: readonly EventFact[]
  readonly registrations: readonly RegistrationFact[]
  readonly newest?: NewestFact
  /** This conversation is an officer's. */
  readonly office?: OfficeFact
  /** Everybody who registers through this chat, in the order in which they came. */
  readonly people: readonly PersonFact[]
  /** This message brought the chat to this conversation: unless it is 'answered', nothing in it is an answer. */
  readonly moved?: Destination['kind'] | 'back'
  /** Several people of this chat were sent what this message may answer. */
  readonly whose?: readonly AskedFact[]
  readonly outcomes: readonly Outcome[]
}
