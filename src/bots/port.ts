// The port behind which every channel stands: what comes in, what goes out, how a platform refuses.
import type { FileProblem, Reply, Said } from '../flows/types.ts'

/** `whatsapp` is a linked number, `cloud` WhatsApp's Cloud API. */
export type Channel = 'telegram' | 'whatsapp' | 'cloud' | 'simulator' | 'terminal'

/** A file as the platform names it, not fetched yet. */
export type RemoteFile = { readonly ref: string; readonly bytes?: number; readonly caption?: string }

/** One message or press as it arrived, free of the platform's words. */
export type Incoming = {
  readonly channel: Channel
  /** Which of our accounts it came to (a bot's id, a number); with `channel` it names the bot that answers. */
  readonly account: string
  /** The chat on the platform. */
  readonly address: string
  /** The platform's id of the message: a repeat is stored once (unique within channel, account). */
  readonly messageId: string
  /** The platform's order within the chat. */
  readonly order: number
  readonly said: Said | { readonly kind: 'remote_file'; readonly file: RemoteFile }
  /** Of a button press: what the platform wants answered, and the message it sat on. */
  readonly press?: { readonly callback: string; readonly message: string }
  /** The platform's id of the message of ours that this one quotes. */
  readonly quotes?: string
  /** The sender's phone where the platform itself vouches for it, E.164. */
  readonly phone?: string
}

/** News about a chat that is no message. */
export type ChatNews = {
  readonly channel: Channel
  readonly account: string
  readonly address: string
  readonly reachable: boolean
}

export type Capabilities = {
  readonly buttons: boolean
  readonly contactButton: boolean
  readonly popups: boolean
  readonly edits: boolean
  readonly maxText: number
  /** Where the platform shows only few and short choices: how many, and how long their labels; others are numbered. */
  readonly choices?: {
    readonly buttons: { readonly most: number; readonly label: number }
    readonly list: { readonly most: number; readonly label: number }
    /** How long the text above them may be. */
    readonly text: number
  }
}

/** Words that the platform approved beforehand, with the values of their places; and with so many buttons, if any. */
export type Template = {
  readonly name: string
  readonly language: string
  readonly values: readonly string[]
  readonly buttons?: number
}

/** A reply on its way out. */
export type Outgoing = {
  /** Id of the ledger row: the same on every try. */
  readonly id: string
  readonly address: string
  readonly reply: Reply
  /** The press this answers, where it answers one. */
  readonly press?: { readonly callback: string; readonly message: string }
  /** What says it where the platform takes no free words just now. */
  readonly template?: Template
}

/** `messageId` is null where the platform gives none (a pop-up). */
export type Accepted = { readonly messageId: string | null }

/**
 * Why a platform did not take a message.
 * wait: not now (`seconds`; the account or only this chat). later: not this message now, others may go. blocked: this person can't be reached here any more.
 * rejected: this message will never be taken. unreachable: it surely did not arrive (refused connection), try again.
 * uncertain: it may have arrived (time-out, reset after the write, 5xx): never send blindly again. restricted: the account
 * may answer, but not write to people of its own accord for a while.
 */
export type Refusal =
  | { readonly kind: 'wait'; readonly seconds: number; readonly scope: 'chat' | 'account' }
  | { readonly kind: 'later'; readonly seconds: number; readonly why: string }
  | { readonly kind: 'blocked' | 'rejected' | 'unreachable' | 'uncertain' | 'restricted'; readonly why: string }

export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.kind === 'wait' ? `wait ${refusal.seconds} s` : `${refusal.kind}: ${refusal.why}`)
    this.refusal = refusal
  }
}

export class FileRefused extends Error {
  readonly problem: FileProblem
  constructor(problem: FileProblem) {
    super(problem)
    this.problem = problem
  }
}

/** What a bot hands on; each promise resolves only after the commit. */
export type Inbox = {
  readonly receive: (messages: readonly Incoming[]) => Promise<void>
  readonly news: (news: readonly ChatNews[]) => Promise<void>
}

/** One account on one channel. */
export type Bot = {
  readonly channel: Channel
  readonly account: string
  readonly capabilities: Capabilities
  /** Whether it can send just now; a bot that doesn't say always can. No turns are taken for one that can't. */
  readonly ready?: () => boolean
  /** So many hours after a person's last message the platform takes templates only. */
  readonly windowHours?: number
  /** Sends one message. Throws Refused, and nothing else that is expected. */
  readonly send: (message: Outgoing) => Promise<Accepted>
  /** The bytes of a file, at most `limit`. Throws FileRefused. */
  readonly fetch: (file: RemoteFile, limit: number) => Promise<Uint8Array>
}
