// Carries out claims: a link is opened once, by who knows the birth date; and offered seats are taken or given up.
import { randomUUIDv7 } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { bindClaim, type Claimed, findClaim, missClaim, tellOfficers } from '../db/claim.ts'
import { noteWrong, triedTooMany } from '../db/officer.ts'
import type { Database } from '../db/schema.ts'
import { type Place, placeOf } from '../db/seat-return.ts'
import { lockSeats, release, sendableOn, takeOffer } from '../db/seats.ts'
import { addTasks } from '../db/task.ts'
import type { ClaimAsk, ClaimOutcome, Given } from '../flows/office-types.ts'
import type { Seal } from '../seal.ts'
import { bornOn, claimKey } from './nominees.ts'
import type { Person } from './person.ts'

type Db = Kysely<Database>
type Opened = Extract<ClaimOutcome, { readonly kind: 'claim_open' }>

const MOST_MISSES = 3

/** Settles one ask about a claim. */
export async function settleClaim(trx: Db, seal: Seal, person: Person, ask: ClaimAsk): Promise<ClaimOutcome> {
  switch (ask.kind) {
    case 'claim':
      return look(trx, seal, person, ask.code)
    case 'claim_open':
      return open(trx, seal, person, ask)
    case 'offer':
      return answer(trx, person, ask)
  }
}

/** Whose link it is, as far as a stranger may see. Unknown, used up, locked or tried too often: all the same answer. */
async function look(trx: Db, seal: Seal, { waiting }: Person, code: string): Promise<ClaimOutcome> {
  const limited = await triedTooMany(trx, waiting.chat_id, 'claim')
  const found = await findClaim(trx, claimKey(seal, code))
  if (limited || !found || found.locked || found.association === null) {
    if (!found) await noteWrong(trx, waiting.chat_id, 'claim')
    return { kind: 'claim', found: null }
  }
  const given = openLine(seal, found)
  return {
    kind: 'claim',
    found: {
      code,
      event: found.event_id,
      association: found.association,
      name: maskName(found.name),
      born: given !== undefined && bornOn(given, waiting.now.toISOString().slice(0, 10)) !== undefined,
    },
  }
}

const openLine = (seal: Seal, { id, line }: Claimed): Given | undefined =>
  line ? seal.openJson<Given>(`nomination.line:${id}`, line) : undefined

/** "Budi Santoso" → "B••• S••••••". */
const maskName = (name: string): string =>
  name
    .split(' ')
    .map(part => part.charAt(0) + '•'.repeat(Math.max(0, part.length - 1)))
    .join(' ')

async function open(
  trx: Db,
  seal: Seal,
  { waiting }: Person,
  { event, code, birth }: Extract<ClaimAsk, { readonly kind: 'claim_open' }>,
): Promise<Opened> {
  const ground = await lockSeats(trx, event)
  const found = await findClaim(trx, claimKey(seal, code))
  const how = (how: Opened['how']): Opened => ({ kind: 'claim_open', how })
  if (!found || found.event_id !== event) return how('gone')
  if (found.locked) return how('locked')
  // Who has proved before who he is asks to come back, where he had let a seat go.
  if (found.conversation_id === waiting.conversation_id) return opened(await placeOf(trx, ground, found))
  const given = openLine(seal, found)
  const born = given && bornOn(given, ground.file.event.date_start)
  if (born !== undefined && born !== birth) {
    await missClaim(trx, found.id, MOST_MISSES)
    const left = MOST_MISSES - found.misses - 1
    if (left > 0) return { kind: 'claim_open', how: 'wrong', left }
    await tellOfficers(trx, 'terkunci', found, String(ground.now.getTime()), sendableOn(ground))
    return how('locked')
  }
  if (found.conversation_id !== null) {
    await addTasks(trx, [secondClaim(seal, found, waiting.conversation_id)])
    return how('checking')
  }
  const place = await placeOf(trx, ground, found)
  if (place.kind === 'full') return opened(place)
  await bindClaim(trx, found.id, waiting.conversation_id)
  return { ...opened(place), ...(given ? { given } : {}) }
}

/** A full reserve takes nobody back. */
const opened = (place: Place): Opened =>
  place.kind === 'full'
    ? { kind: 'claim_open', how: 'full', full: place.n }
    : { kind: 'claim_open', how: 'open', ...(place.kind === 'seat' ? { back: place.back } : { reserve: place.n }) }

function secondClaim(seal: Seal, { id: nomination, event_id, name }: Claimed, conversation_id: string) {
  const id = randomUUIDv7()
  const detail = seal.sealJson(`task.detail:${id}`, { name, nomination })
  return {
    id,
    kind: 'claim_twice',
    event_id,
    conversation_id,
    registration_id: null,
    detail,
    matter: `claim ${nomination} ${conversation_id}`,
  }
}

async function answer(
  trx: Db,
  { waiting }: Person,
  { id, take }: Extract<ClaimAsk, { readonly kind: 'offer' }>,
): Promise<ClaimOutcome> {
  const { rows } = await sql<{ event_id: string }>`
    select event_id from nomination where id = ${id} and conversation_id = ${waiting.conversation_id}`.execute(trx)
  const event = rows[0]?.event_id
  if (!event) return { kind: 'offer', done: false }
  const ground = await lockSeats(trx, event)
  if (take) return { kind: 'offer', done: await takeOffer(trx, ground, id) }
  const offered = await trx
    .selectFrom('seat')
    .select('place')
    .where('holder', '=', id)
    .where('offered_until', 'is not', null)
    .execute()
  if (offered.length === 0) return { kind: 'offer', done: false }
  await release(trx, ground, [id], 'KEDALUWARSA')
  return { kind: 'offer', done: true }
}
