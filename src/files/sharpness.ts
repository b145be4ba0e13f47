// Tells whether print on a picture can be read, by its size and its sharpness.
import sharp from 'sharp'

/** A KTP 600 pixels wide has letters about 14 pixels high; on a smaller one they run together. */
const SHORTEST_LONG_SIDE = 600
const COMPARED_AT = 1000
/**
 * Measured on drawn KTP cards that fill 70 % of the picture: sharp 2.5–3.8, still readable 0.28–0.8, digits in doubt 0.19,
 * unreadable 0.16 and less; sharp photographs 1–2, in bad light 1.2. Noise can only make a picture seem sharper.
 */
const BLURRED_BELOW = 0.25

/** True where a picture is too small or too blurred for print on it to be read. */
export async function blurred(jpeg: Uint8Array): Promise<boolean> {
  const { width, height } = await sharp(jpeg).metadata()
  return Math.max(width, height) < SHORTEST_LONG_SIDE || (await sharpness(jpeg)) < BLURRED_BELOW
}

/** Sharpness (deviation of the Laplacian) with every picture brought to one size, so that figures compare. */
async function sharpness(jpeg: Uint8Array): Promise<number> {
  const grey = await sharp(jpeg)
    .resize(COMPARED_AT, COMPARED_AT, { fit: 'inside' })
    .greyscale()
    .png({ compressionLevel: 1 })
    .toBuffer()
  return (await sharp(grey).stats()).sharpness
}
