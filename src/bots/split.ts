// Cuts a long text where a reader would: between paragraphs, else lines, else words, else anywhere.

/** Pieces of at most `max` UTF-16 units, none blank. Only white space at the cuts is left out. */
export function split(text: string, max: number): readonly string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > max) {
    const cut = cutPoint(rest, max)
    pieces.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  if (rest !== '') pieces.push(rest)
  return pieces
}

/** The last good place that still fills at least half of a piece, so that no piece is a mere scrap. */
function cutPoint(text: string, max: number): number {
  for (const end of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(end, max)
    if (at >= max / 2) return at
  }
  return splitsPair(text, max) ? max - 1 : max
}

/** `text` shortened to `max` units with an ellipsis, never through the middle of an emoji. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const end = splitsPair(text, max - 1) ? max - 2 : max - 1
  return `${text.slice(0, end).trimEnd()}…`
}

const splitsPair = (text: string, at: number): boolean => (text.codePointAt(at - 1) ?? 0) > 0xffff
