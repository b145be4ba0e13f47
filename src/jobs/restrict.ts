// An account that the platform restricts: it sends nothing unasked for a while, goes on answering, and somebody is told.
import { randomUUIDv7 } from 'node:crypto'
import { setStartsCold } from '../db/cold.ts'
import { pauseAccount } from '../db/pause.ts'
import { addTasks } from '../db/task.ts'
import type { House } from '../house.ts'
import { type Account, addressOf } from './account.ts'

/** A restriction of WhatsApp's lasts a day at least; to try before makes it longer. */
const RESTRICTED_SECONDS = 24 * 3600

export async function restrict(house: House, at: Account, why: string): Promise<void> {
  await pauseAccount(house.db, at, RESTRICTED_SECONDS, why, 'notices')
  // It is writing first that brought this about: whoever wants it again has to say so.
  if (at.channel === 'whatsapp') await setStartsCold(house.db, at.account, false)
  await addChannelTask(house, at, 'restricted', why)
}

/** One open task an account and kind. */
export async function addChannelTask({ db, seal }: House, at: Account, kind: string, why: string): Promise<void> {
  const id = randomUUIDv7()
  const detail = seal.sealJson(`task.detail:${id}`, { channel: at.channel, why })
  const nobody = { event_id: null, conversation_id: null, registration_id: null }
  await addTasks(db, [{ id, kind, ...nobody, detail, matter: `${kind} ${addressOf(at)}` }])
}
