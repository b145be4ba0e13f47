// A picture of centred lines and QR codes, as a PNG. Nothing is written as SVG text: no font is needed, no name is markup.
import QRCode from 'qrcode'
import sharp from 'sharp'
import { draw, width, wrap } from './glyphs.ts'

export const INK = '#111111'
export const QUIET = '#555555'

export type Part =
  /** A text of at most `most` lines; `after` is what is left free below it. */
  | {
      readonly text: string
      readonly size: number
      readonly colour: string
      readonly most?: number
      readonly after?: number
    }
  | { readonly code: string }

const WIDTH = 800
const MARGIN = 60
const ROOM = WIDTH - 2 * MARGIN
const QR = 480

/** Draws parts one below the other. */
export function picture(parts: readonly Part[]): Promise<Buffer> {
  const drawn: string[] = []
  let y = MARGIN
  for (const part of parts) {
    if ('code' in part) {
      drawn.push(qr(part.code, (WIDTH - QR) / 2, y))
      y += QR
      continue
    }
    const { size, colour } = part
    for (const line of wrap(part.text, size, ROOM, part.most ?? 1)) {
      y += size
      drawn.push(draw(line, (WIDTH - width(line, size)) / 2, y, size, colour))
      y += Math.round(size * 0.35)
    }
    y += part.after ?? 0
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + MARGIN}">
    <rect width="100%" height="100%" fill="#ffffff"/>${drawn.join('')}</svg>`
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
