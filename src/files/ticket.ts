// The ticket a registered worker keeps: a picture with the number, the name and a QR code that shows it to be ours.
import { timingSafeEqual } from 'node:crypto'
import type { Seal } from '../seal.ts'
import { type CertificateCard, certificatePicture } from './certificate-card.ts'
import { INK, picture, QUIET } from './picture.ts'

/** What a ticket shows. */
export type Ticket = { readonly number: string; readonly name: string; readonly event: string }

/** What the QR code holds: PSR-00042W.7K2M9QXD. */
export const ticketText = (seal: Seal, number: string): string => `${number}.${tagOf(seal, number)}`

/** The registration number of a scanned ticket, or null where the tag isn't ours. */
export function readTicket(seal: Seal, text: string): string | null {
  const [, number, tag] = /^([A-Z]{2,5}-\d{5}[A-Z])\.([0-9A-Z]{8})$/.exec(text.trim().toUpperCase()) ?? []
  if (!number || !tag) return null
  return timingSafeEqual(Buffer.from(tag), Buffer.from(tagOf(seal, number))) ? number : null
}

/** The ticket, or the card that tells of a certificate, as a PNG. */
export function ticketFor(seal: Seal, ticket: Ticket | CertificateCard): Promise<Buffer> {
  if ('certificate' in ticket) return certificatePicture(ticket)
  const { number, name, event } = ticket
  return picture([
    { text: event, size: 30, colour: QUIET, most: 3, after: 24 },
    { code: ticketText(seal, number) },
    { text: number, size: 84, colour: INK },
    { text: name, size: 48, colour: INK, most: 3, after: 12 },
    { text: 'Tunjukkan saat registrasi ulang', size: 28, colour: QUIET },
  ])
}

const tagOf = (seal: Seal, number: string) => seal.tag(`ticket ${number}`)
