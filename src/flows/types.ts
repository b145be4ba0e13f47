// The words of a conversation: what a person said, what the bot replies, what a flow is made of.
import type { Read } from '../domain/read.ts'
import type { ToldChange } from '../domain/told-changes.ts'

export type Lang = 'id' | 'en'

/** A file that was fetched, judged and stored; or why it could not be. */
export type FileFact = {
  readonly id: string
  readonly type: 'image/jpeg' | 'application/pdf'
  readonly bytes: number
  /** True where a picture is too small or too blurred to read print on. */
  readonly blurred: boolean
}
export type FileProblem = 'too_big' | 'wrong_type' | 'damaged' | 'unreachable'

/** What a person sent, whatever the channel. */
export type Said =
  | { readonly kind: 'text'; readonly text: string }
  /** A button of ours: `asked` is the turn in which its question was put, `value` the option. */
  | { readonly kind: 'button'; readonly asked: number; readonly value: string }
  /** A shared contact card: `own` where the platform says it is the sender's own. */
  | { readonly kind: 'contact'; readonly phone: string; readonly own: boolean }
  | { readonly kind: 'file'; readonly file: FileFact; readonly caption?: string }
  | { readonly kind: 'lost_file'; readonly problem: FileProblem }
  | { readonly kind: 'other'; readonly what: 'voice' | 'video' | 'sticker' | 'location' | 'poll' | 'edit' | 'unknown' }

/** `number` is what a numbered menu shows before it, where its place in the list would mislead (jenjang 4, 5, 6). */
export type Option = { readonly value: string; readonly label: string; readonly number?: number }

/** One message to a person, before a channel renders it. Text is plain: nothing in it is markup. */
export type Reply = {
  readonly text: string
  /** Choices: buttons where the channel has them, else a numbered list behind the text. At most 7. */
  readonly options?: readonly Option[]
  /** The turn in which the question was put; its buttons carry it. Present with `options`. */
  readonly asked?: number
  /** How to answer by number, where the choices become a numbered list. */
  readonly hint?: string
  /** The text itself says how to answer: where there are no buttons, no menu is added. */
  readonly spoken?: boolean
  /** A button that shares the sender's own phone number, where the channel has one; `hint` then stands in the text. */
  readonly shareContact?: { readonly label: string; readonly hint: string }
  /** A picture made when it is sent: the ticket of a registration number. */
  readonly ticket?: { readonly number: string; readonly name: string; readonly event: string }
  /** A text file, for who wants to keep it; what stands in it is also in `text`. */
  readonly document?: { readonly name: string; readonly text: string }
  /** A short notice that vanishes (a pop-up), where the channel has one; else a message. */
  readonly popup?: boolean
  /** Takes the place of the message whose button was pressed, where the channel can edit (pages of a list). */
  readonly replaces?: boolean
  /** Holds a one-time secret: never sent again after a crash. */
  readonly secret?: boolean
}

/** Something other people can contest; the host carries it out and answers with an Outcome of the same kind. */
export type Ask =
  | { readonly kind: 'nik_free'; readonly event: string; readonly nik: string }
  | { readonly kind: 'register'; readonly event: string; readonly record: RegistrationRecord }
  | { readonly kind: 'withdraw'; readonly event: string }
  /** After a "can't come": the seat again if it is still free, else the end of the reserve. */
  | { readonly kind: 'come_back'; readonly event: string; readonly number: string }
  | { readonly kind: 'link_code' | 'my_data' | 'why_sent' | 'erase' }
  | {
      readonly kind: 'move'
      readonly to: Destination
      /** Nobody has a name here yet: the chat forgets this conversation. */
      readonly forgets: boolean
    }

/** Whose conversation a chat changes over to: the one that showed this code, a new person's, a known person's. */
export type Destination =
  | { readonly kind: 'linked'; readonly code: string }
  | { readonly kind: 'new' }
  | { readonly kind: 'switched'; readonly person: string }

export type Outcome =
  /** `limited`: this chat asked about too many; nobody looked. */
  | { readonly kind: 'nik_free'; readonly free: boolean; readonly limited?: boolean }
  | { readonly kind: 'register'; readonly number: string; readonly status: RegistrationStatus }
  | { readonly kind: 'register'; readonly taken: true }
  | { readonly kind: 'withdraw'; readonly done: boolean }
  | { readonly kind: 'come_back'; readonly status: 'DITERIMA' | 'CADANGAN' | 'MENGUNDURKAN_DIRI' }
  | { readonly kind: 'link_code'; readonly code: string; readonly minutes: number }
  /** Refused; where it isn't, the message is taken again in the other conversation. */
  | { readonly kind: 'move'; readonly why: 'unknown' | 'same' }
  | { readonly kind: 'my_data'; readonly held: Held }
  /** `kept`: numbers of registrations that the law wants kept. */
  | { readonly kind: 'erase'; readonly proof: string; readonly kept: readonly string[] }
  | { readonly kind: 'why_sent'; readonly message: SentFact | null }

/** What the house holds about a person beside the answers in the conversation. */
export type Held = {
  readonly consents: readonly { readonly given: boolean; readonly at: string; readonly version: string }[]
  /** `phone`: what the platform itself says is the chat's number. */
  readonly chats: readonly { readonly channel: string; readonly since: string; readonly phone: string | null }[]
  readonly attendance: readonly {
    readonly number: string
    readonly answer: AttendanceAnswer
    readonly late: boolean
    readonly said: string
    readonly at: string
  }[]
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
}

/** A message that left: `rule` is null where it answered the person's own. */
export type SentFact = { readonly rule: string | null; readonly at: string; readonly number: string | null }

/** What happened beside the replies; the host writes it in the same transaction, nobody can contest it. */
export type Effect =
  | { readonly kind: 'consent'; readonly purpose: 'registration'; readonly version: string; readonly given: boolean }
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

/** Whether an accepted person comes. */
export type AttendanceAnswer = 'HADIR' | 'TIDAK' | 'TENTATIF'

/** `stuck`: three misreadings of one question. `help`: the person asked for one. `failed`: a message was set aside.
 * `seat_free`: somebody who was accepted does not come. `nik_limit`: a chat tried more NIKs in a day than are looked up. */
export type TaskKind = 'stuck' | 'help' | 'failed' | 'nik_warning' | 'seat_free' | 'nik_limit'

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
  readonly rules: readonly RuleFact[]
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
  readonly asks: 'attendance' | 'ok'
}

/** Somebody who registers through this chat; one who has not said a name has none. */
export type PersonFact = { readonly id: string; readonly name: string | null; readonly current: boolean }

/** What a turn may know of the world. Loaded by the host for the whole batch. */
export type Facts = {
  /** The instant of the turn, ISO with offset Z. */
  readonly now: string
  readonly channel: { readonly buttons: boolean; readonly contactButton: boolean; readonly ownPhone: string | null }
  /** Every event that is not over, soonest first. */
  readonly events: readonly EventFact[]
  readonly registrations: readonly RegistrationFact[]
  readonly newest?: NewestFact
  /** Everybody who registers through this chat, in the order in which they came. */
  readonly people: readonly PersonFact[]
  /** This message brought the chat to this conversation: nothing in it is an answer. */
  readonly moved?: Destination['kind']
  readonly outcomes: readonly Outcome[]
}

/** An answer that was given. `again`: kept, but must be asked once more (a correction, a changed question). */
export type Answer = {
  readonly value: unknown
  readonly said: string
  readonly at: string
  readonly of?: unknown
  readonly warn?: readonly string[]
  readonly again?: boolean
}

/** Where a conversation stands: plain data, JSON through and through. */
export type State = {
  readonly flow: string
  readonly lang: Lang
  /** Counts turns; buttons carry the turn of their question. */
  readonly turn: number
  readonly answers: Readonly<Record<string, Answer>>
  /** The open question and the turn in which it was first put. */
  readonly question: string | null
  readonly asked: number
  readonly misses: number
  /** Why it was last misread. */
  readonly missed?: string
  readonly page: number
  /** A small question in between: "apakah maksudnya …?", "mulai dari awal?". */
  readonly aside?: Aside
  /** A first message with answers in it, kept until consent allows reading it. */
  readonly held?: string
  /** Why the organiser returned the registration, and the turn that said so. */
  readonly returned?: { readonly why: string; readonly turn: number }
  /** The number of the registration that is being corrected of the person's own accord. */
  readonly corrects?: string
  /** The registration is in the organiser's hands. */
  readonly done: boolean
  /** The person called it off; the answers are kept until he comes back. */
  readonly idle: boolean
  readonly stopped: boolean
}
/** suggest: is this what was meant? choose: which of these? correct: which number? menu: what would you like? person: whose turn is it? */
export type Aside =
  | { readonly kind: 'suggest'; readonly value: unknown; readonly said: string; readonly warn: readonly string[] }
  | { readonly kind: 'choose'; readonly values: readonly unknown[]; readonly said: string }
  /** Can't come: sure? */
  | { readonly kind: 'absent'; readonly number: string }
  | { readonly kind: 'restart' | 'cancel' | 'withdraw' | 'erase' | 'correct' | 'menu' | 'language' }
  | { readonly kind: 'person'; readonly page: number }

/** What one turn gives back. With `asks` the host carries them out and runs the same turn again with the outcomes. */
export type Turn = {
  readonly state: State
  readonly replies: readonly Reply[]
  readonly effects: readonly Effect[]
  readonly asks: readonly Ask[]
}

export type Answers = Readonly<Record<string, unknown>>

/** What a reader may look at: the facts, the answers so far, the language. */
export type Context = {
  readonly facts: Facts
  readonly answers: Answers
  readonly lang: Lang
  readonly event: EventFact | undefined
  /** Why the open question was last misread. */
  readonly missed: string | undefined
}

/** A kind of answer: how it is read, offered and shown. Stateless and frozen. */
export type Kind<V> = {
  readonly name: string
  /** True where any words may be an answer (a name, an address): a command goes before the field. */
  readonly free?: boolean
  readonly read: (said: Said, context: Context) => Read<V>
  /** Choices to offer; long lists are paged by the engine. */
  readonly options?: (context: Context) => readonly Option[]
  /** A list so long that it is shown only when asked for. */
  readonly listOnRequest?: boolean
  /** The only possible value, where there is just one: taken without asking. */
  readonly sole?: (context: Context) => V | undefined
  /** The platform's own contact button is offered. */
  readonly wantsContact?: boolean
  /** A file is wanted; elsewhere a file is thanked for and left. */
  readonly wantsFile?: boolean
  /** As the summary and "apakah maksudnya" show it. */
  readonly show: (value: V, context: Context) => string
  /** Whether a stored value still holds; what doesn't is asked again. */
  readonly accepts: (value: unknown, context: Context) => boolean
}
