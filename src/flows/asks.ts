// What a turn asks of its host and what comes of it, and what happens beside its replies.
import type { RegistrationRecord, RegistrationStatus } from './facts.ts'
import type { ClaimAsk, ClaimOutcome, Given, OfficeAsk, OfficeOutcome } from './office-types.ts'
import type { ResultAsk, ResultOutcome } from './result-types.ts'
import type { Said } from './types.ts'

/** Something other people can contest; the host carries it out and answers with an Outcome of the same kind. */
export type Ask =
  | { readonly kind: 'nik_free'; readonly event: string; readonly nik: string }
  | { readonly kind: 'register'; readonly event: string; readonly record: RegistrationRecord }
  | { readonly kind: 'withdraw'; readonly event: string }
  /** After a "can't come" or a refused offer: a seat if one is free, else the end of the reserve. */
  | { readonly kind: 'come_back'; readonly event: string; readonly number: string }
  | { readonly kind: 'link_code' | 'my_data' | 'why_sent' | 'erase' }
  | OfficeAsk
  | ClaimAsk
  | ResultAsk
  | {
      readonly kind: 'move'
      readonly to: Destination
      /** Nobody has a name here yet: the chat forgets this conversation. */
      readonly forgets: boolean
    }

/** Whose conversation a chat changes over to: the one that showed this code, a new person's, a known person's, a holder's. */
export type Destination =
  | { readonly kind: 'linked'; readonly code: string }
  | { readonly kind: 'new' }
  | { readonly kind: 'switched'; readonly person: string }
  /** What was said is an answer to this person's notice, a message of ours by the platform's id. */
  | { readonly kind: 'answered'; readonly person: string; readonly said: Said; readonly message: string | null }
  /** The chat becomes an officer's, by this invitation. */
  | { readonly kind: 'office'; readonly code: string }
  /** The conversation of whoever holds this certificate (its key) and was born then. */
  | { readonly kind: 'found'; readonly certificate: string; readonly birth: string }

export type Outcome =
  /** `limited`: this chat asked about too many; nobody looked. */
  | { readonly kind: 'nik_free'; readonly free: boolean; readonly limited?: boolean }
  /** `full`: no seat, and as many as may wait in the reserve do. */
  | { readonly kind: 'register'; readonly number: string; readonly status: RegistrationStatus; readonly full?: number }
  | { readonly kind: 'register'; readonly taken: true }
  | { readonly kind: 'withdraw'; readonly done: boolean }
  | {
      readonly kind: 'come_back'
      readonly status: 'DITERIMA' | 'MENUNGGU_VERIFIKASI' | 'CADANGAN' | 'MENGUNDURKAN_DIRI'
      /** The place in the reserve; or the reserve is full with so many. */
      readonly place?: number
      readonly full?: number
    }
  | { readonly kind: 'link_code'; readonly code: string; readonly minutes: number }
  /** Refused; where it isn't, the message is taken again in the other conversation. */
  | { readonly kind: 'move'; readonly why: 'unknown' | 'same' | 'bound' | 'limited' }
  | { readonly kind: 'my_data'; readonly held: Held }
  /** `kept`: numbers of registrations that the law wants kept. */
  | { readonly kind: 'erase'; readonly proof: string; readonly kept: readonly string[] }
  | { readonly kind: 'why_sent'; readonly message: SentFact | null }
  | OfficeOutcome
  | ClaimOutcome
  | ResultOutcome

/** What the house holds about a person beside the answers in the conversation. */
export type Held = {
  readonly consents: readonly {
    readonly purpose: string
    readonly given: boolean
    readonly at: string
    readonly version: string
  }[]
  /** `phone`: what the platform itself says is the chat's number. */
  readonly chats: readonly { readonly channel: string; readonly since: string; readonly phone: string | null }[]
  readonly attendance: readonly {
    readonly number: string
    readonly answer: AttendanceAnswer
    readonly late: boolean
    readonly said: string
    readonly at: string
  }[]
  /** What associations gave of the person. */
  readonly nominations: readonly { readonly association: string; readonly given: Given }[]
  readonly checkIns: readonly { readonly number: string; readonly session: string; readonly at: string }[]
  readonly files: readonly { readonly id: string; readonly kilobytes: number; readonly erased: boolean }[]
  readonly registrations: readonly {
    readonly number: string
    readonly status: RegistrationStatus
    readonly at: string
    readonly record: RegistrationRecord
  }[]
  /** Messages whose words are still kept. */
  readonly received: number
  readonly sent: number
  readonly tasks: number
  /** Numbers of registrations with a published result; which one stands behind HASIL. */
  readonly results: readonly string[]
  /** The reason is empty once it was erased. */
  readonly appeals: readonly { readonly number: string; readonly at: string; readonly reason: string }[]
  /** Of an officer: what he is called, since when he is one, how many he has nominated. */
  readonly office?: { readonly name: string | null; readonly since: string; readonly nominated: number }
}

/** A message that left: `rule` is null where it answered the person's own. */
export type SentFact = { readonly rule: string | null; readonly at: string; readonly number: string | null }

/** What happened beside the replies; the host writes it in the same transaction, nobody can contest it. */
export type Effect =
  | {
      readonly kind: 'consent'
      readonly purpose: 'registration' | 'renewal'
      readonly version: string
      readonly given: boolean
    }
  | { readonly kind: 'task'; readonly task: TaskKind; readonly question?: string }
  | { readonly kind: 'reminders'; readonly on: boolean }
  | {
      readonly kind: 'attendance'
      readonly number: string
      readonly answer: AttendanceAnswer
      readonly late: boolean
      readonly said: string
    }
  /** A correction was confirmed. */
  | { readonly kind: 'seen'; readonly ledger: string }
  /** A button under a message was pressed: it arrived and was read, whatever the platform said or didn't. */
  | { readonly kind: 'read'; readonly ledger: string }

/** Whether an accepted person comes. */
export type AttendanceAnswer = 'HADIR' | 'TIDAK' | 'TENTATIF'

/** `stuck`: three misreadings of one question. `help`: the person asked for one. `failed`: a message was set aside.
 * `seat_free`: somebody who was accepted does not come. `nik_limit`: a chat tried more NIKs in a day than are looked up.
 * `officer_left`: an officer had his data erased, and is one no more. `claim_twice`: a second person opened a link. `replace_late`: an officer wants to replace somebody after the final
 * list. `conflict`: one person, two associations.
 * `result_locked`: three wrong birth dates for a result. `certificate_limit`: a chat tried more certificates in a day. */
export type TaskKind =
  | 'stuck'
  | 'help'
  | 'failed'
  | 'nik_warning'
  | 'seat_free'
  | 'nik_limit'
  | 'officer_left'
  | 'claim_twice'
  | 'replace_late'
  | 'conflict'
  | 'result_locked'
  | 'certificate_limit'
