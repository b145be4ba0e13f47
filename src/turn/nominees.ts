// What a nominee's line becomes: digests to find the person by, the token of the link.

import { CLAIM_LENGTH } from '../domain/claim-code.ts'
import { readNik } from '../domain/nik.ts'
import type { ListLine } from '../domain/nominee-list.ts'
import { words } from '../domain/words.ts'
import type { Given } from '../flows/office-types.ts'
import type { Seal } from '../seal.ts'

/** The token of a link: made again from the nomination whenever it is shown, never stored. It holds letters and digits. */
export function claimToken(seal: Seal, id: string, revision: number): string {
  for (let salt = 0; ; salt++) {
    const token = seal.tag(`claim ${id} ${revision} ${salt}`, CLAIM_LENGTH)
    if (/\d/.test(token) && /[A-Z]/.test(token)) return token
  }
}

/** By which a token is found. */
export const claimKey = (seal: Seal, token: string): Buffer => seal.lookup('claim', token)

/** The birth date of a nominee, as far as his association told it. */
export function bornOn({ nik, birth_date }: Given, today: string): string | undefined {
  if (birth_date) return birth_date
  const read = nik ? readNik(nik, { today }) : undefined
  return read?.ok ? read.value.birth_date : undefined
}

/** The digests by which the same person is found, whoever nominated him. */
export function keysOf(seal: Seal, line: ListLine, today: string) {
  const born = bornOn(line, today)
  return {
    n: line.n,
    nik_key: line.nik ? seal.lookup('nik', line.nik) : null,
    person_key: line.name && born ? seal.lookup('person', `${words(line.name)} ${born}`) : null,
  }
}

/** What is kept of a line. */
export function givenOf({ n: _n, said: _s, warn: _w, digits: _d, ...given }: ListLine): Given {
  return given
}
