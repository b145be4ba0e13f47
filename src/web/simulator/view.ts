// What the simulator page is told: plain data, shared by the server and the page.
import type { Option } from '../../flows/types.ts'

/** Whose app a phone looks like; also the simulator's account names. */
export type Look = 'telegram' | 'whatsapp'

/** A made-up person with a phone in each look. */
export type Person = {
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly nik: string
  readonly birthDate: string
}

export type Picture = { readonly url: string; readonly name: string; readonly type: 'image' | 'file' }

export type Bubble = {
  /** The message's id on the platform. */
  readonly id: string
  readonly mine: boolean
  readonly at: string
  readonly text: string
  readonly picture?: Picture
  /** The file is still being looked at. */
  readonly uploading?: boolean
  readonly contact?: { readonly phone: string }
  /** A voice message, a sticker, a place on the map. */
  readonly other?: string
  /** Rows of buttons under the message. */
  readonly buttons?: readonly (readonly Option[])[]
  /** The turn that the buttons belong to. */
  readonly asked?: number
  readonly shareContact?: string
  /** One tick: stored. Two: answered. */
  readonly ticks?: 1 | 2
}

/** One line of what the house holds: already masked. */
export type Field = { readonly label: string; readonly value: string; readonly again?: boolean }

export type Stored = {
  readonly number?: string
  readonly status: string
  readonly why?: string
  readonly question?: string
  readonly waitingSince?: string
  readonly language: string
  readonly turns: number
  readonly fields: readonly Field[]
}

/** One row of the ledger, without its text. */
export type Sent = {
  readonly id: string
  readonly purpose: string
  readonly state: string
  readonly at: string
  readonly why?: string
}

export type ChatView = {
  readonly bubbles: readonly Bubble[]
  /** A message waits for its answer. */
  readonly typing: boolean
  readonly stored: Stored | null
  readonly sent: readonly Sent[]
}

export type EventView = {
  readonly title: string
  readonly organiser: string
  readonly place: string
  readonly starts: string
  readonly ends: string
  readonly closes: string
  readonly timezone: string
}

export type PersonView = {
  readonly person: Person
  readonly event: EventView | null
  /** Milliseconds by which the database's clock runs ahead of real time. */
  readonly ahead: number
  readonly clockMoves: boolean
  readonly chats: Readonly<Record<Look, ChatView>>
}

/** A notice that vanishes, as Telegram's answer to a pressed button. */
export type Popup = { readonly look: Look; readonly text: string }
