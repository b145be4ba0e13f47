// The one-time code by which another chat joins a conversation: made here, and read from what people type.
import { clean } from './clean.ts'

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ'
const DIGITS = '0123456789'
const BOTH = DIGITS + LETTERS

/** A code such as "K7M4-P2Q9": a letter first, a digit last, nothing in it that looks like something else. */
export function linkCode(random: (below: number) => number): string {
  const pick = (from: string) => from.charAt(random(from.length))
  const middle = Array.from({ length: 6 }, () => pick(BOTH)).join('')
  return `${pick(LETTERS)}${middle.slice(0, 3)}-${middle.slice(3)}${pick(DIGITS)}`
}

const SAID =
  /^((?:(?:sambung\w*|hubung\w*|kode(?:nya)?|code|link|connect)\b[\s:.,-]*)*)([a-z][0-9a-z]{3})([\s-]?)([0-9a-z]{3}\d)[.!]?$/i

/** The code that a message says as a whole, alone with its dash or behind its command; undefined where it says none. */
export function readLinkCode(text: string): string | undefined {
  const [, command, first, dash, last] = SAID.exec(clean(text.slice(0, 100))) ?? []
  if (!first || !last || (!command && dash !== '-')) return undefined
  // What people take for one another; none of the three letters is ever part of a code.
  const sure = `${first}-${last}`.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')
  return sure
}
