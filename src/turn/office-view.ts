// An association as its officers see it.
import type { Kysely } from 'kysely'
import { listNominations, type Nomination, readQuota } from '../db/nomination.ts'
import { readPlaces } from '../db/officer.ts'
import type { Database } from '../db/schema.ts'
import { linksOf } from '../domain/links.ts'
import type { RegistrationStatus } from '../flows/facts.ts'
import type { NominationState, NomineeFact, View } from '../flows/office-types.ts'
import type { Seal } from '../seal.ts'
import { claimToken } from './nominees.ts'

type Db = Kysely<Database>

/** An association as its officers see it; with `all` also those who came by themselves. */
export async function viewOf(
  trx: Db,
  seal: Seal,
  { event, association }: { readonly event: string; readonly association: string | null },
  whom: 'nominated' | 'all' = 'nominated',
): Promise<View> {
  const nominations = await listNominations(trx, event, association, whom)
  const { telegram, whatsapp } = linksOf(await readPlaces(trx), 'DAFTAR', '{token}')
  return {
    seats: await readQuota(trx, event, association),
    nominees: nominations.map(one => factOf(seal, one)),
    links: [telegram, whatsapp].filter(link => link !== null),
  }
}

const factOf = (
  seal: Seal,
  { id, name, state, reserve, until, revision, claimed, locked, conflict, registration }: Nomination,
): NomineeFact => ({
  id,
  name,
  state: (conflict ? 'DIPERIKSA' : state) as NominationState,
  reserve,
  until: until?.toISOString() ?? null,
  claimed,
  locked,
  registration: registration as RegistrationStatus | null,
  token: claimToken(seal, id, revision),
})
