// Cleans text as it comes from phones, keyboards and Excel before any reader looks at it.

const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u00AD]|\p{Variation_Selector}/gu
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u20E3/gu
const DIGIT = /\p{Nd}/gu
/** What most people send most of the time; cleaning it takes a tenth of the time. */
const PLAIN = /^[ -~]*$/

/** ASCII digit of any script's decimal digit; Unicode keeps each script's ten digits together, in order. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) as number
  let zero = code
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(code - zero)
}

/**
 * Text as a reader wants it: NFKC, ASCII digits, no invisible marks, no emoji (the digit of a keycap stays),
 * plain quotes and dashes, single spaces. Line breaks stay. Never throws.
 */
export function clean(text: string): string {
  if (PLAIN.test(text)) return keepEmoji(text)
  return keepEmoji(text)
    .replace(EMOJI, ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
}

// A message is looked at by many readers, one after the other.
let last = { text: '', plain: '' }

/** As `clean`, but emoji stay: for readers to whom 👍 is an answer. */
export function keepEmoji(text: string): string {
  if (text !== last.text) last = { text, plain: plainOf(text) }
  return last.plain
}

function plainOf(text: string): string {
  if (PLAIN.test(text)) return text.replace(/`/g, "'").replace(/ {2,}/g, ' ').trim()
  return text
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(DIGIT, d => (d <= '9' ? d : asciiDigit(d)))
    .replace(/[‘’‚‛′`´]/g, "'")
    .replace(/[“”„‟″]/g, '"')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .trim()
}

const POLITE =
  /[\s,]+(?:pak|pakde|bapak|bu|ibu|mas|mbak|min|kak|gan|bang|bos|ya|yaa|nggih|makasih|terima kasih|trims)[.!?]*$/i

/** Trailing politeness taken off: "5 tahun pak" → "5 tahun". A text that is nothing else stays. */
export function withoutPoliteness(text: string): string {
  let rest = text
  while (POLITE.test(rest)) rest = rest.replace(POLITE, '')
  return rest.trim()
}
