// What the WhatsApp channel keeps beyond a process: its keys, what it decrypted, who is who, how linking goes. The host
// keeps it in the database; everything that is written shows the fence of the lease under which the socket runs.
import type { Reply } from '../../flows/types.ts'

/** One key of the encryption; null deletes it. */
export type KeyChange = { readonly type: string; readonly id: string; readonly value: unknown }

/** A decrypted message as it arrived: the stanza's attributes and the plain bytes (base64). */
export type Journaled = {
  readonly attrs: Readonly<Record<string, string>>
  readonly plain: string
  /** Its place among everything that arrived. */
  readonly order: number
}

export type Changes = {
  readonly creds?: unknown
  readonly keys?: readonly KeyChange[]
  readonly journal?: readonly Journaled[]
}

/** Somebody asks for linking: by QR, or by a code typed on the phone of this number. */
export type LinkRequest = { readonly id: string; readonly phone: string | null }
/** What the asker sees meanwhile, and how it ended. */
export type LinkNews =
  | { readonly qr: string }
  | { readonly code: string }
  | { readonly linked: string }
  | { readonly failed: string }

/** How a number stands, for /healthz and `whatsapp status`. */
export type Standing = 'ok' | 'connecting' | 'not linked' | 'logged out' | 'banned' | 'replaced' | 'outdated'

export type Receipt = { readonly messageId: string; readonly state: 'delivered' | 'read' }

/** Written by somebody who no longer holds the lease: nothing was written. */
export class Stolen extends Error {}

export type Store = {
  readonly readCreds: () => Promise<unknown>
  readonly readKeys: (type: string, ids: readonly string[]) => Promise<ReadonlyMap<string, unknown>>
  /** All of it or nothing. Throws Stolen. */
  readonly save: (changes: Changes) => Promise<void>
  /** Forgets the number's keys. Throws Stolen. */
  readonly wipe: () => Promise<void>
  /** What was journaled and has not reached the inbox. */
  readonly readJournal: () => Promise<readonly Journaled[]>
  /** The plain bytes of a message that came before. */
  readonly findJournaled: (from: string, id: string) => Promise<string | undefined>
  readonly markTaken: (journaled: readonly Journaled[]) => Promise<void>
  /** The address under which a person's chat is known, whichever of LID and number came first. */
  readonly addressOf: (jids: readonly string[]) => Promise<string>
  /** The reply that left under a message id. */
  readonly findSent: (messageId: string) => Promise<Reply | undefined>
  readonly noteReceipts: (receipts: readonly Receipt[]) => Promise<void>
  /** The number that was linked, and how it stands. */
  readonly readStanding: () => Promise<{ readonly number: string | null; readonly standing: Standing } | undefined>
  readonly say: (standing: Standing) => Promise<void>
  readonly nextLink: () => Promise<LinkRequest | undefined>
  readonly tellLink: (id: string, news: LinkNews) => Promise<void>
  /** Keeps a fresh number's keys and says which number it is. */
  readonly keepLinked: (number: string, creds: unknown) => Promise<void>
  /** Whether somebody still waits for this linking. */
  readonly isWanted: (id: string) => Promise<boolean>
}
