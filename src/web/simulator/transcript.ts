// A phone's screen, read from the database: what the person sent and what left for them, in the order it happened.

import { attachedName } from '../../bots/attachment.ts'
import type { Incoming } from '../../bots/port.ts'
import { render } from '../../bots/render.ts'
import { LOOKS, type Simulator } from '../../bots/simulator.ts'
import { messagesFrom, messagesTo } from '../../db/simulator.ts'
import type { Reply } from '../../flows/types.ts'
import type { House } from '../../house.ts'
import type { Bubble, Look, Sent } from './view.ts'

/** As far back as a screen goes. */
const LIMIT = 200

type Received = Awaited<ReturnType<typeof messagesFrom>>[number]
type Leaving = Awaited<ReturnType<typeof messagesTo>>[number]
type Placed = { readonly at: number; readonly place: number; readonly bubbles: readonly Bubble[] }

export type Transcript = {
  readonly bubbles: readonly Bubble[]
  readonly typing: boolean
  readonly sent: readonly Sent[]
}

export async function transcriptOf(
  house: House,
  simulator: Simulator,
  look: Look,
  personId: string,
  chatId: string,
): Promise<Transcript> {
  const [received, leaving] = await Promise.all([
    messagesFrom(house.db, chatId, LIMIT),
    messagesTo(house.db, chatId, LIMIT),
  ])
  const files = `/simulator/people/${personId}/${look}`
  const placed = [
    ...received.flatMap(row => fromPerson(house, row, files)),
    ...leaving.flatMap(row => fromBot(house, simulator, row, look, files)),
  ]
  return {
    bubbles: inOrder(placed),
    typing: received.some(row => !row.handled_at && !row.set_aside),
    sent: leaving.slice(0, 8).map(row => ({
      id: row.id,
      purpose: row.purpose,
      state: row.state,
      at: (row.sent_at ?? row.created_at).toISOString(),
      ...(row.why !== null && { why: row.why }),
    })),
  }
}

/** The oldest first; a message that replaces another stands in its place. */
function inOrder(placed: readonly Placed[]): Bubble[] {
  const sorted = placed.toSorted((a, b) => a.at - b.at || a.place - b.place)
  const screen = new Map<string, readonly Bubble[]>()
  for (const { bubbles } of sorted) {
    const last = bubbles.at(-1)
    if (last) screen.set(last.id, bubbles)
  }
  return [...screen.values()].flat()
}

function fromPerson({ seal }: House, row: Received, files: string): Placed[] {
  const bubble = {
    id: row.message_id,
    mine: true,
    at: row.received_at.toISOString(),
    ticks: row.handled_at || row.set_aside ? (2 as const) : (1 as const),
  }
  const shown = row.payload ? said(seal.openJson<Incoming>(`inbox.payload:${row.id}`, row.payload), files) : ERASED
  // A pressed button leaves no message on a phone.
  return shown ? [{ at: row.received_at.getTime(), place: -1, bubbles: [{ ...bubble, ...shown }] }] : []
}

const ERASED = { text: '(pesan lama, sudah dihapus)' }

/** What a sent message looks like; undefined where it isn't seen. */
function said({ said, messageId }: Incoming, files: string): (Partial<Bubble> & { text: string }) | undefined {
  switch (said.kind) {
    case 'text':
      return { text: said.text }
    case 'button':
      return undefined
    case 'contact':
      return { text: '', contact: { phone: said.phone } }
    case 'file':
      return { text: said.caption ?? '', picture: { url: `${files}/files/${messageId}`, ...typeOf(said.file.type) } }
    case 'remote_file':
      return { text: '', other: 'Mengirim berkas…', uploading: true }
    case 'lost_file':
      return { text: '', other: 'Berkas' }
    case 'other':
      return { text: '', other: OTHER[said.what] ?? 'Pesan' }
  }
}

const OTHER: Readonly<Record<string, string>> = { voice: 'voice', sticker: 'sticker', location: 'Lokasi' }

const typeOf = (mime: string) =>
  mime === 'application/pdf' ? { type: 'file' as const, name: 'Berkas.pdf' } : { type: 'image' as const, name: 'Foto' }

function fromBot({ seal }: House, simulator: Simulator, row: Leaving, look: Look, files: string): Placed[] {
  // What left a moment ago is on the phone before the database says so.
  const messageId = row.message_id ?? simulator.sent(row.id) ?? null
  if (messageId === null || !row.content) return []
  const reply = seal.openJson<Reply>(`ledger.content:${row.id}`, row.content)
  const { texts, rows, contact } = render(reply, LOOKS[look])
  const at = (row.sent_at ?? row.created_at).toISOString()
  const bubbles = texts.map((text, i): Bubble => {
    const last = i === texts.length - 1
    return {
      id: last ? messageId : `${messageId}.${i}`,
      mine: false,
      at,
      text,
      ...(i === 0 &&
        reply.ticket && { picture: { url: `${files}/tickets/${row.id}`, name: 'Tiket', type: 'image' as const } }),
      ...(last &&
        attachedName(reply) && {
          picture: { url: `${files}/documents/${row.id}`, name: attachedName(reply), type: 'file' as const },
        }),
      ...(last && rows.length > 0 && { buttons: rows, asked: reply.asked ?? 0 }),
      ...(last && contact !== undefined && { shareContact: contact }),
    }
  })
  return [{ at: row.created_at.getTime(), place: row.place, bubbles }]
}
