// What the worlds whose people chat over a real protocol ask of the ledger: what left for them, once it arrived.
import { type RawBuilder, sql } from 'kysely'
import { shiftClock } from '../../src/db/installation.ts'
import { routeNotices } from '../../src/db/ledger-route.ts'
import { endNoticesPause, pauseAccount } from '../../src/db/pause.ts'
import type { Reply } from '../../src/flows/types.ts'
import type { House } from '../../src/house.ts'
import type { Account } from '../../src/jobs/account.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import type { Jobs } from '../../src/jobs/worker.ts'
import { emptyHouse } from './empty.ts'
import { decide } from './office.ts'

const PATIENCE_MS = 20_000

/** The replies among these rows, opened, once all of them were delivered; undefined before. */
export async function deliveredReplies(
  { db, seal }: House,
  which: RawBuilder<unknown>,
): Promise<readonly Reply[] | undefined> {
  const { rows } = await sql<{ id: string; content: Buffer | null; state: string }>`
    select id, content, state from ledger where ${which} order by created_at, place, id`.execute(db)
  if (rows.some(({ state }) => !['delivered', 'cancelled'].includes(state))) return undefined
  return rows
    .filter(({ state }) => state === 'delivered')
    .map(({ id, content }) => seal.openJson<Reply>(`ledger.content:${id}`, content as Buffer))
}

/** The replies to a message, known by one of these ids, once all of them were delivered; undefined before. */
export async function repliesTo(house: House, messageIds: readonly string[]): Promise<readonly Reply[] | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from inbox where message_id = any(${messageIds}) and handled_at is not null`.execute(house.db)
  return rows[0] && deliveredReplies(house, sql`purpose = 'reply' and split_part(occurrence, '/', 1) = ${rows[0].id}`)
}

/** What `look` finds, once it finds something; fails after a while, naming what was waited for. */
export async function waitFor<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

/** A notice that arrived. */
export type Arrived = { readonly id: string; readonly purpose: string; readonly reply: Reply }

const A_CENTURY = 100 * 365 * 24 * 3_600

/**
 * The office and the clock of a house that is wholly at work on one account. Its notices rest, as they do where an account
 * must not write first, until an act of the office lets them leave: so they come where the transcript waits for them.
 */
export function createOffice(house: House, at: Account, ring: Jobs['ring']) {
  const rest = () => pauseAccount(house.db, at, A_CENTURY, 'the transcript says when', 'notices')
  return {
    /** Empties the house and sets its clock to an instant (ISO). */
    begin: async (from: string): Promise<void> => {
      await emptyHouse(house)
      await rest()
      await sql`update installation set clock_shift = ${from}::timestamptz - clock_timestamp()`.execute(house.db)
    },
    /** What became due in these hours is planned when they are over. */
    pass: async (hours: number): Promise<void> => {
      await shiftClock(house.db, `${hours} hours`)
      await sweep(house, at, ring)
    },
    /** Carries out an act; gives what arrived by then, which may be nothing. */
    acts: async (act: string): Promise<readonly Arrived[]> => {
      const before = await arrived(house, [])
      await decide({ house }, act)
      await routeNotices(house.db)
      await endNoticesPause(house.db, at)
      ring('notices', at)
      await waitFor(`all that the office says by "${act}"`, async () => ((await anyLeaving(house)) ? undefined : true))
      await rest()
      return arrived(
        house,
        before.map(({ id }) => id),
      )
    },
  }
}

/** Whether a notice is on its way or may leave now; who said BERHENTI is sent no reminder. */
async function anyLeaving({ db }: House): Promise<boolean> {
  const { rows } = await sql`
    select from ledger where purpose <> 'reply' and (
      state in ('claimed', 'attempted', 'accepted')
      or state = 'queued' and due_at <= app_now() and not (
        priority >= 20 and exists (
          select from conversation where conversation.id = conversation_id and stopped_at is not null
        )
      )
    ) limit 1`.execute(db)
  return rows.length > 0
}

/** The notices that arrived, but for these. */
async function arrived({ db, seal }: House, but: readonly string[]): Promise<readonly Arrived[]> {
  const { rows } = await sql<{ id: string; purpose: string; content: Buffer }>`
    select id, purpose, content from ledger
    where purpose <> 'reply' and state in ('delivered', 'read') and content is not null and id <> all(${but}::uuid[])
    order by created_at, id`.execute(db)
  return rows.map(({ id, purpose, content }) => ({
    id,
    purpose,
    reply: seal.openJson<Reply>(`ledger.content:${id}`, content),
  }))
}
