// Message ids that we give ourselves, where the platform lets us: the same message tried again is then the same message.
import { createHash } from 'node:crypto'
import type { Channel } from './port.ts'

/** WhatsApp's own web client begins its ids like this. */
const PREFIX = '3EB0'

/** The id reserved for a row of the ledger, before it is sent; null where the platform gives the ids. */
export function reservedId(channel: Channel, ledgerId: string): string | null {
  return channel === 'whatsapp' ? idOfPart(ledgerId, 0) : null
}

/** A long message leaves in parts. The last is part 0 and bears the reserved id, the one before it 1, and so on. */
export function idOfPart(ledgerId: string, part: number): string {
  const digest = createHash('sha256').update(ledgerId).digest('hex').slice(0, 16)
  return `${PREFIX}${digest}${part.toString(16).padStart(2, '0')}`.toUpperCase()
}

/** The reserved id of whatever part this is the id of, and which part. */
export function partOf(messageId: string): { readonly reserved: string; readonly part: number } {
  return { reserved: `${messageId.slice(0, -2)}00`, part: Number.parseInt(messageId.slice(-2), 16) }
}
