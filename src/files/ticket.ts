// The ticket a registered worker keeps: a picture with the number, the name and a QR code that shows it to be ours.
import { timingSafeEqual } from 'node:crypto'
import QRCode from 'qrcode'
import sharp from 'sharp'
import type { Seal } from '../seal.ts'
import { draw, width, wrap } from './glyphs.ts'

/** What a ticket shows. */
export type Ticket = { readonly number: string; readonly name: string; readonly event: string }

const WIDTH = 800
const MARGIN = 60
const ROOM = WIDTH - 2 * MARGIN
const QR = 480
const INK = '#111111'
const QUIET = '#555555'

/** What the QR code holds: PSR-00042W.7K2M9QXD. */
export const ticketText = (seal: Seal, number: string): string => `${number}.${tagOf(seal, number)}`

/** The registration number of a scanned ticket, or null where the tag isn't ours. */
export function readTicket(seal: Seal, text: string): string | null {
  const [, number, tag] = /^([A-Z]{2,5}-\d{5}[A-Z])\.([0-9A-Z]{8})$/.exec(text.trim().toUpperCase()) ?? []
  if (!number || !tag) return null
  return timingSafeEqual(Buffer.from(tag), Buffer.from(tagOf(seal, number))) ? number : null
}

/** The ticket as a PNG. */
export async function ticketFor(seal: Seal, ticket: Ticket): Promise<Buffer> {
  return ticketPicture(ticket, ticketText(seal, ticket.number))
}

const tagOf = (seal: Seal, number: string) => seal.tag(`ticket ${number}`)

/** Draws a ticket whose QR code holds `code`. Nothing is written as SVG text: no font is needed, no name is markup. */
async function ticketPicture({ number, name, event }: Ticket, code: string): Promise<Buffer> {
  const parts: string[] = []
  let y = MARGIN
  const line = (text: string, size: number, colour: string) => {
    y += size
    parts.push(draw(text, (WIDTH - width(text, size)) / 2, y, size, colour))
    y += Math.round(size * 0.35)
  }
  for (const text of wrap(event, 30, ROOM, 3)) line(text, 30, QUIET)
  y += 24
  parts.push(qr(code, (WIDTH - QR) / 2, y))
  y += QR
  line(number, 84, INK)
  for (const text of wrap(name, 48, ROOM, 3)) line(text, 48, INK)
  y += 12
  line('Tunjukkan saat registrasi ulang', 28, QUIET)
  const height = y + MARGIN
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}">
    <rect width="100%" height="100%" fill="#ffffff"/>${parts.join('')}</svg>`
  return sharp(Buffer.from(svg)).removeAlpha().toColourspace('b-w').png().toBuffer()
}

/** The QR code as one path, with its quiet zone. */
function qr(code: string, x: number, y: number): string {
  const { modules } = QRCode.create(code, { errorCorrectionLevel: 'Q' })
  const quiet = 2
  const unit = QR / (modules.size + 2 * quiet)
  const squares = Array.from(modules.data, (dark, i) => {
    const column = i % modules.size
    return dark ? `M${column} ${(i - column) / modules.size}h1v1h-1z` : ''
  })
  const place = `translate(${x + quiet * unit} ${y + quiet * unit}) scale(${unit})`
  return `<path fill="${INK}" shape-rendering="crispEdges" transform="${place}" d="${squares.join('')}"/>`
}
