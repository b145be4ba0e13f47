// Judges a file somebody sent: what it really is, whether it is whole, whether print on it can be read.
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { blurred } from './sharpness.ts'

/** What a file is when it may be stored, or why it may not. */
export type Judged =
  | {
      readonly ok: true
      readonly type: 'image/jpeg' | 'application/pdf'
      readonly bytes: Uint8Array
      readonly blurred: boolean
    }
  | { readonly ok: false; readonly problem: 'too_big' | 'wrong_type' | 'damaged' }

/** The largest file that is taken. */
export const MOST_BYTES = 10 * 1024 * 1024
/** A 50-megapixel phone still passes; a picture of 30,000 × 30,000 in a small file doesn't. */
const MOST_PIXELS = 52_000_000
const LONG_SIDE = 2400
const PICTURES: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'jpeg'],
  ['image/png', 'png'],
  ['image/webp', 'webp'],
])

// Pictures are few: one at a time on one thread, and nothing decoded is kept.
sharp.cache(false)
sharp.concurrency(1)

/** Judges a file by its content; its name and the platform's word for its type count for nothing. */
export async function judge(bytes: Uint8Array): Promise<Judged> {
  if (bytes.length > MOST_BYTES) return refused('too_big')
  if (bytes.length === 0) return refused('damaged')
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? ''
  if (type === 'application/pdf') return judgePdf(bytes)
  const format = PICTURES.get(type)
  return format ? judgePicture(bytes, format) : refused('wrong_type')
}

const refused = (problem: 'too_big' | 'wrong_type' | 'damaged'): Judged => ({ ok: false, problem })

/** A picture is decoded and encoded anew: what isn't picture (place and owner in EXIF, a tail of HTML) is gone. */
async function judgePicture(bytes: Uint8Array, format: string): Promise<Judged> {
  try {
    const { width, height, format: found } = await sharp(bytes, { limitInputPixels: false }).metadata()
    if (found !== format) return refused('wrong_type')
    if (width * height > MOST_PIXELS) return refused('too_big')
    // 'error' lets pass what phones do beside the standard, but no missing rest.
    const jpeg = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize(LONG_SIDE, LONG_SIDE, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: 85 })
      .toBuffer()
    return { ok: true, type: 'image/jpeg', bytes: jpeg, blurred: await blurred(jpeg) }
  } catch {
    // Whatever libvips says about bytes that somebody sent, they can't be read as a picture.
    return refused('damaged')
  }
}

/** A PDF is never rendered, only stored: it must begin and end like one. */
function judgePdf(bytes: Uint8Array): Judged {
  const text = (from: number, to?: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1')
  if (!text(0, 5).startsWith('%PDF-') || !text(-1024).includes('%%EOF')) return refused('damaged')
  return { ok: true, type: 'application/pdf', bytes, blurred: false }
}
