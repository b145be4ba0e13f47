// The words of a conversation: what a person said, what the bot replies, what a flow is made of.
import type { Read } from '../domain/read.ts'
import type { Ask, Effect } from './asks.ts'
import type { AskedFact, EventFact, Facts } from './facts.ts'
import type { ClaimState, OfficeState } from './office-types.ts'
import type { ResultAside } from './result-types.ts'

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

/** A card of an address book; whose it is, where the platform says so. */
export type ContactCard = { readonly phone: string; readonly name?: string }

/** What a person sent, whatever the channel. */
export type Said =
  | { readonly kind: 'text'; readonly text: string }
  /** A button of ours: `asked` is the turn in which its question was put, `value` the option. */
  | { readonly kind: 'button'; readonly asked: number; readonly value: string }
  /** A shared contact card: `own` where the platform says it is the sender's own; `others` came in the same message. */
  | ({ readonly kind: 'contact'; readonly own: boolean; readonly others?: readonly ContactCard[] } & ContactCard)
  /** A spreadsheet: the cells of its first sheet as text, read in a process of its own. */
  | { readonly kind: 'sheet'; readonly rows: readonly (readonly string[])[] }
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
  /** A picture made when it is sent: the ticket of a registration number, or a card that tells of a certificate. */
  readonly ticket?: { readonly number: string; readonly name: string; readonly event: string } | CertificateCard
  /** A text file, for who wants to keep it; what stands in it is also in `text`. */
  readonly document?: { readonly name: string; readonly text: string }
  /** A spreadsheet made when it is sent. */
  readonly table?: { readonly name: string; readonly rows: readonly (readonly string[])[] }
  /** A sheet of cards to print, made when it is sent: a name, a QR code for each app, and what may be typed instead. */
  readonly cards?: {
    readonly title: string
    readonly people: readonly {
      readonly name: string
      readonly codes: readonly { readonly label: string; readonly link: string }[]
      readonly typed: string
    }[]
  }
  /** A short notice that vanishes (a pop-up), where the channel has one; else a message. */
  readonly popup?: boolean
  /** Takes the place of the message whose button was pressed, where the channel can edit (pages of a list). */
  readonly replaces?: boolean
  /** To be passed on as it is: nothing is put before it. */
  readonly passedOn?: boolean
  /** Holds a one-time secret: never sent again after a crash. */
  readonly secret?: boolean
}

/** What a card shows of a certificate, as the assessment body wrote it. */
export type CertificateCard = {
  readonly certificate: string
  readonly name: string
  readonly trade: string
  readonly issued: string | null
  readonly validUntil: string | null
  /** Where it can be verified; the QR code's content. */
  readonly verify: string
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
  /** How many wrong birth dates were given for a result. */
  readonly birthMisses?: number
  /** The number of the registration that is being corrected of the person's own accord. */
  readonly corrects?: string
  /** The answers that are in the organiser's hands, while changes of them are not handed in yet. */
  readonly before?: Readonly<Record<string, Answer>>
  readonly office?: OfficeState
  readonly claim?: ClaimState
  /** The registration is in the organiser's hands. */
  readonly done: boolean
  /** The person called it off; the answers are kept until he comes back. */
  readonly idle: boolean
  readonly stopped: boolean
}
/** suggest: is this what was meant? choose: which of these? correct: which number? menu: what would you like?
 * person: whose turn is it? whose: for whom was that answer? */
export type Aside =
  | { readonly kind: 'suggest'; readonly value: unknown; readonly said: string; readonly warn: readonly string[] }
  | { readonly kind: 'choose'; readonly values: readonly unknown[]; readonly said: string }
  /** Can't come: sure? */
  | { readonly kind: 'absent'; readonly number: string }
  | { readonly kind: 'restart' | 'cancel' | 'withdraw' | 'erase' | 'correct' | 'menu' | 'language' }
  | { readonly kind: 'person'; readonly page: number }
  | { readonly kind: 'whose'; readonly said: Said; readonly asked: readonly AskedFact[] }
  /** The birth date that proves a claim; what the association gave, to be confirmed. */
  | { readonly kind: 'born' | 'given' }
  | ResultAside

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
