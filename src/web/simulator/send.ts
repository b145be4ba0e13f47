// What a made-up person sends, put in the form in which any channel hands it on.
import { z } from 'zod'
import type { Incoming } from '../../bots/port.ts'
import type { Look, Person } from './view.ts'

/** The body of a message that the page posts. The page gives the id, so that a repeat is stored once. */
export const posted = z.strictObject({
  id: z.uuid(),
  said: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), text: z.string().max(50_000) }),
    z.strictObject({
      kind: z.literal('button'),
      asked: z.int(),
      value: z.string().max(200),
      message: z.string().max(100),
    }),
    z.strictObject({ kind: z.literal('contact'), own: z.boolean() }),
    z.strictObject({ kind: z.literal('other'), what: z.enum(['voice', 'sticker', 'location']) }),
  ]),
})
export type Posted = z.infer<typeof posted>

/** The phone on the card that is somebody else's. */
const SOMEBODY_ELSE = '+6283600009999'

/** A message of the person, as it arrives on this look's account. */
export function incoming(person: Person, look: Look, { id, said }: Posted): Incoming {
  const message = envelope(person, look, id)
  if (said.kind === 'button') {
    const { kind, asked, value } = said
    return { ...message, said: { kind, asked, value }, press: { callback: id, message: said.message } }
  }
  if (said.kind !== 'contact') return { ...message, said }
  // Only Telegram says of a card that it is the sender's own.
  const own = said.own && look === 'telegram'
  return { ...message, said: { kind: 'contact', phone: said.own ? person.phone : SOMEBODY_ELSE, own } }
}

/** A file of the person; the simulator's bot fetches it by `ref`. */
export const incomingFile = (person: Person, look: Look, id: string, ref: string, bytes: number): Incoming => ({
  ...envelope(person, look, id),
  said: { kind: 'remote_file', file: { ref, bytes } },
})

const envelope = (person: Person, look: Look, id: string) => ({
  channel: 'simulator' as const,
  account: look,
  address: person.id,
  messageId: id,
  order: nextOrder(),
  ...(look === 'whatsapp' && { phone: person.phone }),
})

let lastOrder = 0

/** Rises with every message, also over a restart. It orders, it tells no time. */
function nextOrder(): number {
  lastOrder = Math.max(lastOrder + 1, Date.now() * 1000)
  return lastOrder
}
