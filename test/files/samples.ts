// Files as people and attackers send them, made on the spot.
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { draw } from '../../src/files/glyphs.ts'

const LINES = ['PROVINSI JAWA TIMUR', 'NIK : 3575011708859001', 'Nama : BUDI SANTOSO', 'Alamat : JL. VETERAN NO. 12']

/** A drawn identity card that fills 70 % of the picture, out of focus by `blur` pixels of 1,200. */
export async function card({ width = 1200, blur = 0 } = {}): Promise<Buffer> {
  const unit = width / 1200
  const lines = Array.from({ length: 12 }, (_, i) =>
    draw(LINES[i % LINES.length] as string, 200 * unit, (190 + i * 40) * unit, 24 * unit, '#222222'),
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${840 * unit}">
    <rect width="100%" height="100%" fill="#8a6b4a"/>
    <rect x="${180 * unit}" y="${150 * unit}" width="${840 * unit}" height="${540 * unit}" fill="#bfe0f2"/>${lines.join('')}</svg>`
  const sharpCard = await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer()
  return blur === 0
    ? sharpCard
    : sharp(sharpCard)
        .blur(blur * unit)
        .png()
        .toBuffer()
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const out = Buffer.alloc(12 + data.length)
  out.writeUInt32BE(data.length)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), 8 + data.length)
  return out
}

/** A well-formed PNG, one bit a pixel: a hundred kilobytes that unpack to `side` × `side` pixels. */
export function bomb(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 1
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), { level: 9 })
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

/** The smallest PDF that readers accept, more or less. */
export const pdf = (): Buffer =>
  Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n')

/** A spreadsheet as text. */
export const csv = (rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(rows.map(row => row.join(';')).join('\n'))
