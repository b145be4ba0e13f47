// Draws words as outlines, so that a picture looks the same on a machine without any font.
import font from './data/glyphs.json' with { type: 'json' }

const EM = 1000
const GLYPHS = new Map(Object.entries(font.glyphs) as [string, [advance: number, outline: string]][])

/** The characters of a text that can be drawn: accents are dropped before letters are, emoji vanish. */
function drawable(text: string): string[] {
  const known = (character: string) => (GLYPHS.has(character) ? [character] : [])
  return [...text.normalize('NFC').replace(/\s+/g, ' ')].flatMap(character =>
    GLYPHS.has(character) ? [character] : [...character.normalize('NFKD')].flatMap(known),
  )
}

/** How wide a text is, at a size in pixels. */
export function width(text: string, size: number): number {
  return drawable(text).reduce((sum, character) => sum + (GLYPHS.get(character)?.[0] ?? 0), 0) * (size / EM)
}

/** Breaks a text between words into lines no wider than `room`; what has no room in `most` lines ends in "…". */
export function wrap(text: string, size: number, room: number, most: number): string[] {
  const lines: string[] = ['']
  for (const word of drawable(text).join('').trim().split(/ +/)) {
    const line = lines.at(-1) as string
    const longer = line === '' ? word : `${line} ${word}`
    if (width(longer, size) <= room || line === '') lines[lines.length - 1] = longer
    else lines.push(word)
  }
  const cut = lines.length > most
  return lines.slice(0, most).map((line, i) => shorten(line, size, room, cut && i === most - 1))
}

function shorten(line: string, size: number, room: number, more: boolean): string {
  if (!more && width(line, size) <= room) return line
  let kept = line
  while (width(`${kept}…`, size) > room) kept = kept.slice(0, -1)
  return `${kept}…`
}

/** SVG of a line of text whose baseline begins at (x, y). */
export function draw(text: string, x: number, y: number, size: number, colour: string): string {
  let pen = 0
  const outlines = drawable(text).map(character => {
    const [advance, outline] = GLYPHS.get(character) as [number, string]
    const glyph = `<path transform="translate(${pen} 0)" d="${outline}"/>`
    pen += advance
    return glyph
  })
  return `<g fill="${colour}" transform="translate(${x} ${y}) scale(${size / EM})">${outlines.join('')}</g>`
}
