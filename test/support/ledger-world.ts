// What the worlds whose people chat over a real protocol ask of the ledger: what left for them, once it arrived.
import { type RawBuilder, sql } from 'kysely'
import { routeNotices } from '../../src/db/ledger-route.ts'
import type { Reply } from '../../src/flows/types.ts'
import type { House } from '../../src/house.ts'
import { decide } from './office.ts'
import type { World } from './world.ts'

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

/** Carries out an act of the office where what is due leaves by itself; gives what then arrived. `ring` wakes the sending. */
export async function officeActs(
  world: Pick<World, 'house'>,
  act: string,
  ring: () => void,
): Promise<readonly Reply[]> {
  const { house } = world
  const { rows } = await sql<{ at: Date }>`select app_now() as at`.execute(house.db)
  await decide(world, act)
  await routeNotices(house.db)
  ring()
  // What is to be said stands in the ledger by now; an act that says nothing is no wait.
  return waitFor(`what the office says by "${act}"`, () =>
    deliveredReplies(house, sql`purpose <> 'reply' and created_at >= ${rows[0]?.at}`),
  )
}
