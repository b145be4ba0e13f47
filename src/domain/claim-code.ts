// The codes of links: 10 characters claim a nomination, 16 make a chat an officer's. Crockford's alphabet, so that what
// looks alike is alike.
import { clean } from './clean.ts'

export const CLAIM_LENGTH = 10
const INVITATION_LENGTH = 16
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A fresh invitation: 80 random bits. */
export const invitationCode = (random: (below: number) => number): string =>
  Array.from({ length: INVITATION_LENGTH }, () => CROCKFORD.charAt(random(CROCKFORD.length))).join('')

/** In groups of four, for whoever types it. */
export const spaced = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')

const SAID = /^(\/start(?:@\w+)?|daftar|klaim|claim|pengurus|kode|token)?[\s:.,]*([0-9a-z][0-9a-z -]{8,21})[.!]?$/i

export type Code = { readonly kind: 'claim' | 'invitation'; readonly code: string }

/** An invitation by chance without a digit, or without a letter: only behind its word, and written as one. */
const PLAIN = /^(?:[0-9a-z]{16}|[0-9a-z]{4}(?:-[0-9a-z]{4}){3})$/i

/** The code that a message says as a whole; undefined where it says none. A code has both letters and digits. */
export function readCode(text: string): Code | undefined {
  const [, word, raw = ''] = SAID.exec(clean(text.slice(0, 100))) ?? []
  const said = raw.replace(/[\s-]/g, '').toUpperCase()
  const mixed = /\d/.test(said) && /[A-Z]/.test(said)
  if (!mixed && !(word && PLAIN.test(raw))) return undefined
  const code = said.replace(/O/g, '0').replace(/[IL]/g, '1')
  if (/U/.test(code)) return undefined
  if (code.length === CLAIM_LENGTH) return { kind: 'claim', code }
  return code.length === INVITATION_LENGTH ? { kind: 'invitation', code } : undefined
}
