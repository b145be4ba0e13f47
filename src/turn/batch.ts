// One batch: everybody who waits (100 at most), the oldest message of each, in one transaction.
import type { Kysely } from 'kysely'
import type { Incoming } from '../bots/port.ts'
import { writeTurns } from '../db/conversation.ts'
import { loadEvents } from '../db/event-read.ts'
import { goBack } from '../db/people.ts'
import type { Database } from '../db/schema.ts'
import { inTrips } from '../db/trips.ts'
import { isAnybodyWaiting, lockOne, lockWaiting, readWaiting, type Waiting } from '../db/waiting.ts'
import { failpoint } from '../failpoint.ts'
import { turn } from '../flows/engine.ts'
import { eventFact } from '../flows/event-fact.ts'
import type { Flow } from '../flows/flow.ts'
import { isResting } from '../flows/people.ts'
import type { Turn } from '../flows/types.ts'
import type { House } from '../house.ts'
import type { Seal } from '../seal.ts'
import { together } from './alone.ts'
import { settle } from './asks.ts'
import { writeEffects } from './effects.ts'
import { dropFiles } from './files.ts'
import { stemFloods } from './flood.ts'
import { addressee } from './move.ts'
import {
  type LeavingReply,
  leavingReplies,
  openPerson,
  type Person,
  type Sender,
  sealReply,
  sealTurn,
} from './person.ts'
import { storeKnown } from './receive.ts'

/** What became of those who waited. `turns` is 0 when nobody did. */
export type Batch = {
  readonly turns: number
  readonly replies: readonly LeavingReply[]
  /** Somebody may still wait. */
  readonly more: boolean
}

/** A batch that came to nothing, and who was in it. */
export class BatchFailed extends Error {
  readonly waiting: readonly Waiting[]
  constructor(waiting: readonly Waiting[], cause: unknown) {
    super('a batch of turns failed', { cause })
    this.waiting = waiting
  }
}

const NOBODY: Batch = { turns: 0, replies: [], more: false }

/** `only`: one conversation. `arrived`: what is to be stored first. */
type Whom = { readonly only?: string | undefined; readonly arrived?: readonly Incoming[] }

/** Takes one turn of each who waits. Throws BatchFailed once it knows who waits. */
export async function takeBatch(
  house: House,
  senders: readonly Sender[],
  flow: Flow,
  { only, arrived = [] }: Whom = {},
): Promise<Batch> {
  if (senders.length === 0) return NOBODY
  return inTrips(house.db, async ({ trx, begin, commit }) => {
    const look = () => Promise.all([only ? lockOne(trx, only) : lockWaiting(trx, senders), readWaiting(trx, senders)])
    const storing = () => (arrived.length > 0 ? storeKnown({ ...house, db: trx }, arrived) : undefined)
    const [, strangers, [, known]] = await Promise.all([begin(), storing(), look()])
    // A chat that writes for the first time is there only now.
    await strangers?.()
    if (arrived.length > 0) failpoint('stored')
    const waiting = strangers ? (await look())[1] : known
    if (waiting.length === 0) {
      if (arrived.length > 0) await commit()
      return NOBODY
    }
    failpoint('locked')
    try {
      const stemmed = await stemFloods(trx, house.seal, waiting)
      const taken = await takeAll(
        trx,
        house.seal,
        senders,
        flow,
        waiting.filter(one => !one.flood),
      )
      // The last of it leaves along with its commit, and with the look at who waits then.
      failpoint('written')
      const [, , more] = await Promise.all([
        taken.write().then(() => failpoint('committing')),
        commit(),
        isAnybodyWaiting(trx, senders),
      ])
      return { turns: stemmed.turns + taken.turns, replies: [...stemmed.replies, ...taken.replies], more }
    } catch (cause) {
      throw new BatchFailed(waiting, cause)
    }
  })
}

/** What a reply is said on: the message it answers; to ask for whom, or to go back, is no answer to it. */
function occasion({ inbox_id, moved }: Waiting, { state }: Turn): string {
  if (moved === 'back') return `${inbox_id}/back`
  return state.aside?.kind === 'whose' ? `${inbox_id}/whose` : inbox_id
}

async function takeAll(
  trx: Kysely<Database>,
  seal: Seal,
  senders: readonly Sender[],
  flow: Flow,
  waiting: readonly Waiting[],
): Promise<Omit<Batch, 'more'> & { readonly write: () => Promise<unknown> }> {
  if (waiting.length === 0) return { ...NOBODY, write: async () => {} }
  const events = (await loadEvents(trx, waiting[0]?.events)).map(eventFact)
  const now = together(waiting.map(one => openPerson(seal, flow, senders, events, one)))
  const here: Person[] = []
  for (const person of now) {
    const placed = await addressee(trx, person)
    if (placed) here.push(placed)
  }
  const turns = await play(trx, seal, flow, here)
  const taken = here.flatMap((person, i) => {
    const turn = turns[i]
    return turn ? [{ person, turn, replies: leavingReplies(person, turn) }] : []
  })
  await writeEffects(trx, seal, taken)
  await dropFiles(trx, seal, taken)
  const turned = taken.map(({ person, turn }) => sealTurn(seal, person, turn))
  const replies = taken.flatMap(({ person: { waiting }, turn, replies }) =>
    replies.map(reply => sealReply(seal, reply, waiting.conversation_id, occasion(waiting, turn), turn.state.turn)),
  )
  const back = taken.filter(
    ({ person: { waiting }, turn }) => waiting.back_to && isResting(turn.state) && !turn.replies.at(-1)?.options,
  )
  const write = () =>
    Promise.all([
      taken.length > 0 && writeTurns(trx, turned, replies),
      back.length > 0 &&
        goBack(
          trx,
          back.map(({ person }) => person.waiting.inbox_id),
        ),
    ])
  // Who changed over to another conversation waits there still.
  return { turns: now.length, replies: taken.flatMap(({ replies }) => replies), write }
}

/**
 * The engine once a person; once more for those who asked for what others can contest, now that it is settled. No turn
 * for whose chat changed over to another conversation.
 */
async function play(
  trx: Kysely<Database>,
  seal: Seal,
  flow: Flow,
  people: readonly Person[],
): Promise<(Turn | undefined)[]> {
  const turns = people.map(({ state, said, facts }) => turn(flow, state, said, facts))
  const asked = people.flatMap((person, i) =>
    (turns[i] as Turn).asks.map(ask => ({ person, waiting: person.waiting, ask })),
  )
  if (asked.length === 0) return turns
  const settled = await settle(trx, seal, asked)
  return people.map(({ state, said, facts }, i) => {
    const first = turns[i] as Turn
    if (first.asks.length === 0) return first
    const outcomes = first.asks.flatMap(ask => settled.get(ask) ?? [])
    if (outcomes.length === 0) return undefined
    const second = turn(flow, state, said, { ...facts, outcomes })
    if (second.asks.length > 0) throw new Error('a turn asked again after its asks were settled')
    return second
  })
}
