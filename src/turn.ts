// Turns: receive stores what people send, takeTurns answers everybody who waits. This is the door; turn/ is behind it.
import type { Incoming } from './bots/port.ts'
import type { Flow } from './flows/flow.ts'
import { register } from './flows/register.ts'
import type { House } from './house.ts'
import { type Batch, BatchFailed, takeBatch } from './turn/batch.ts'
import { failTurn, isPassing } from './turn/faults.ts'
import type { Sender } from './turn/person.ts'
import { store } from './turn/receive.ts'

export { settleAppeal } from './turn/appeals.ts'
export type { Batch } from './turn/batch.ts'
export { eraseEnded } from './turn/ended.ts'
export { type Fetched, fileStored } from './turn/file.ts'
export { summaryOf } from './turn/office-results.ts'
export { viewOf } from './turn/office-view.ts'
export type { LeavingReply, Sender } from './turn/person.ts'
export { createReceiver, noteChats } from './turn/receive.ts'
export { openResults } from './turn/results.ts'

const REPEATS = 3

/**
 * Takes one batch of turns: at most 100 people who wait on these accounts, one message each, in one transaction.
 * The replies are committed and leave within their lease. A lost connection or a deadlock repeats the batch, at most
 * three times; any other fault takes each turn alone, and the one that fails is counted against its message only.
 *
 * What has just `arrived` is stored by the same transaction, which saves its own commit; where that comes to nothing, by
 * one of its own before anything else.
 */
export async function takeTurns(
  house: House,
  senders: readonly Sender[],
  flow: Flow = register,
  arrived: readonly Incoming[] = [],
): Promise<Batch> {
  if (arrived.length > 0) {
    const batch = senders.length > 0 ? await answerAtOnce(house, senders, flow, arrived) : undefined
    if (batch) return batch
    await store(house, arrived)
  }
  return take(house, senders, flow)
}

async function answerAtOnce(
  house: House,
  senders: readonly Sender[],
  flow: Flow,
  arrived: readonly Incoming[],
): Promise<Batch | undefined> {
  try {
    return await takeBatch(house, senders, flow, { arrived })
  } catch (error) {
    house.log.warn({ err: error }, 'what arrived could not be answered at once')
    return undefined
  }
}

async function take(house: House, senders: readonly Sender[], flow: Flow, only?: string): Promise<Batch> {
  for (let repeats = 0; ; repeats++) {
    try {
      return await takeBatch(house, senders, flow, { only })
    } catch (error) {
      const failed = error instanceof BatchFailed ? error : undefined
      const cause = failed ? failed.cause : error
      if (isPassing(cause) && repeats < REPEATS) continue
      if (isPassing(cause) || !failed) throw cause
      return takeAlone(house, senders, flow, failed)
    }
  }
}

async function takeAlone(house: House, senders: readonly Sender[], flow: Flow, failed: BatchFailed): Promise<Batch> {
  const [first, ...others] = failed.waiting
  if (first && others.length === 0) return failTurn(house, first, failed.cause)
  const batches: Batch[] = []
  for (const { conversation_id } of failed.waiting) {
    try {
      batches.push(await take(house, senders, flow, conversation_id))
    } catch (error) {
      // What is committed must leave now; the fault will show itself again in the next batch.
      if (batches.length === 0) throw error
      break
    }
  }
  return {
    turns: batches.reduce((sum, { turns }) => sum + turns, 0),
    more: true,
    replies: batches.flatMap(({ replies }) => replies),
  }
}
