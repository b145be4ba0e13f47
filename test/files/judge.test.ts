import sharp from 'sharp'
import { expect, test } from 'vitest'
import { judge } from '../../src/files/judge.ts'
import { bomb, card, pdf } from './samples.ts'

const HTML = '<html><script>alert("halo")</script></html>'
const problem = async (bytes: Uint8Array) => {
  const judged = await judge(bytes)
  return judged.ok ? 'taken' : judged.problem
}
async function taken(bytes: Uint8Array) {
  const judged = await judge(bytes)
  if (!judged.ok) throw new Error(judged.problem)
  return judged
}

test('a PNG, a WebP and a JPEG all become a JPEG', async () => {
  const picture = await card()
  for (const sent of [picture, await sharp(picture).webp().toBuffer(), await sharp(picture).jpeg().toBuffer()]) {
    const { type, bytes } = await taken(sent)
    expect(type).toBe('image/jpeg')
    expect((await sharp(bytes).metadata()).format).toBe('jpeg')
  }
})

test('place, owner and other EXIF are gone, and the picture stands upright', async () => {
  const gps = { IFD0: { Artist: 'Budi' }, IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '7/1 38/1 0/1' } }
  const sent = await sharp(await card())
    .withMetadata({ orientation: 6 })
    .withExifMerge(gps)
    .jpeg()
    .toBuffer()
  expect((await sharp(sent).metadata()).exif).toBeDefined()
  const { bytes } = await taken(sent)
  const { exif, xmp, icc, orientation, width, height } = await sharp(bytes).metadata()
  expect({ exif, xmp, icc, orientation }).toEqual({})
  expect([width, height]).toEqual([840, 1200])
  expect(Buffer.from(bytes).includes('Budi')).toBe(false)
})

test('what hangs behind a picture is dropped', async () => {
  const { bytes } = await taken(
    Buffer.concat([
      await sharp(await card())
        .jpeg()
        .toBuffer(),
      Buffer.from(HTML),
    ]),
  )
  expect(Buffer.from(bytes).includes('script')).toBe(false)
})

test('a comment inside a picture is dropped', async () => {
  const jpeg = await sharp(await card())
    .jpeg()
    .toBuffer()
  const comment = Buffer.from(HTML)
  const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment])
  const { bytes } = await taken(Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]))
  expect(Buffer.from(bytes).includes('script')).toBe(false)
})

test('a large picture is made smaller, a small one stays', async () => {
  const large = await taken(
    await sharp(await card())
      .resize(5000)
      .jpeg()
      .toBuffer(),
  )
  expect((await sharp(large.bytes).metadata()).width).toBe(2400)
  const small = await taken(await card({ width: 800 }))
  expect((await sharp(small.bytes).metadata()).width).toBe(800)
})

test('a transparent picture gets a white ground', async () => {
  const clear = { r: 0, g: 0, b: 0, alpha: 0 }
  const sent = await sharp({ create: { width: 700, height: 700, channels: 4, background: clear } })
    .png()
    .toBuffer()
  const { dominant } = await sharp((await taken(sent)).bytes).stats()
  expect(dominant.r).toBeGreaterThan(240)
})

test('SVG, HTML, GIF, HEIC, text and a program are of the wrong type', async () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>`
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')])
  const gif = await sharp(await card())
    .gif()
    .toBuffer()
  const others = [svg, `<?xml version="1.0"?>${svg}`, HTML, 'halo', '\x7fELF\x02\x01\x01'].map(text =>
    Buffer.from(text),
  )
  for (const bytes of [...others, gif, heic]) expect(await problem(bytes)).toBe('wrong_type')
})

test('a GIF and an SVG behind the first bytes of a picture are no picture', async () => {
  const jpegHead = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
  expect(await problem(Buffer.concat([jpegHead, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')]))).toBe(
    'damaged',
  )
  expect(
    await problem(
      Buffer.concat([
        jpegHead,
        await sharp(await card())
          .gif()
          .toBuffer(),
      ]),
    ),
  ).toBe('damaged')
})

test('a picture cut short and one with broken insides are damaged', async () => {
  for (const whole of [
    await card(),
    await sharp(await card())
      .jpeg()
      .toBuffer(),
  ]) {
    expect(await problem(whole.subarray(0, whole.length / 2))).toBe('damaged')
    expect(await problem(whole.subarray(0, 40))).toBe('damaged')
  }
  expect(await problem(new Uint8Array())).toBe('damaged')
})

test('a file of 20 MB is too big', async () => {
  expect(
    await problem(
      Buffer.concat([
        await sharp(await card())
          .jpeg()
          .toBuffer(),
        Buffer.alloc(20_000_000),
      ]),
    ),
  ).toBe('too_big')
})

test('a small file that unpacks to 900 million pixels is refused before it is unpacked', async () => {
  const packed = bomb(30_000)
  expect(packed.length).toBeLessThan(500_000)
  const before = process.resourceUsage().maxRSS
  expect(await problem(packed)).toBe('too_big')
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(50_000)
})

test('a PDF is stored as it is, byte for byte', async () => {
  const judged = await taken(pdf())
  expect(judged).toMatchObject({ type: 'application/pdf', blurred: false })
  expect(Buffer.from(judged.bytes)).toEqual(pdf())
})

test('a PDF without its end is damaged', async () => {
  expect(await problem(pdf().subarray(0, 60))).toBe('damaged')
})

test('a sharp card can be read, a blurred or tiny one can not', async () => {
  expect((await taken(await card())).blurred).toBe(false)
  expect((await taken(await card({ blur: 2 }))).blurred).toBe(false)
  expect((await taken(await card({ blur: 5 }))).blurred).toBe(true)
  expect((await taken(await card({ width: 400 }))).blurred).toBe(true)
})
