// When a turn fails: what passes by itself, and what is set aside after three tries.
import { randomUUIDv7 } from 'node:crypto'
import type { Channel } from '../bots/port.ts'
import { addReplies } from '../db/reply.ts'
import { eraseFiles } from '../db/retention.ts'
import { addTasks } from '../db/task.ts'
import { countFailure, setAside, type Waiting } from '../db/waiting.ts'
import { say } from '../flows/speak.ts'
import type { Lang } from '../flows/types.ts'
import type { House } from '../house.ts'
import type { Batch } from './batch.ts'
import { type LeavingReply, sealReply } from './person.ts'

const TRIES = 3

/** SQLSTATE classes and Node's codes of a lost connection, a deadlock, a server that stops or is full. */
const PASSING = /^(08...|40001|40P01|53...|55P03|57P0.|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)$/
/** What `pg` says without a code when the connection went away under a query. */
const LOST =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/

/** True for a fault that is nobody's: the same batch may well succeed in a moment. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return PASSING.test(code) || LOST.test(error.message)
}

/** Counts a failure against the message that waits first; the third sets it aside, with a task and an apology. */
export async function failTurn(house: House, waiting: Waiting, error: unknown): Promise<Batch> {
  const { inbox_id: message, conversation_id: conversation } = waiting
  house.log.error({ err: error, message, conversation }, 'a turn failed')
  if ((await countFailure(house.db, message)) < TRIES) return { turns: 1, replies: [], more: true }
  const why = nameOf(error)
  const leaving = apology(house, waiting)
  const aside = await house.db.transaction().execute(async trx => {
    if (!(await setAside(trx, message, conversation, why))) return false
    // A file bears its message's id.
    await eraseFiles(trx, [message])
    const id = randomUUIDv7()
    await addTasks(trx, [
      {
        id,
        kind: 'failed',
        event_id: null,
        conversation_id: conversation,
        registration_id: null,
        detail: house.seal.sealJson(`task.detail:${id}`, { channel: waiting.channel, message, error: why }),
        matter: `failed ${message}`,
      },
    ])
    await addReplies(trx, [sealReply(house.seal, leaving, conversation, message, null)])
    return true
  })
  return { turns: 1, replies: aside ? [leaving] : [], more: true }
}

/** An error's name alone: its message may quote what a person wrote. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}

const apology = ({ seal }: House, { chat_id, channel, account, address, language }: Waiting): LeavingReply => ({
  id: randomUUIDv7(),
  channel: channel as Channel,
  account,
  chatId: chat_id,
  address: seal.open(`chat.address:${chat_id}`, address).toString(),
  reply: { text: say(language as Lang, 'apology') },
  place: 0,
})
