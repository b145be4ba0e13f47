// Hands one message to its platform and reads what the answer means.
import { type Bot, type Outgoing, type Refusal, Refused } from '../bots/port.ts'
import { SECOND_COPY_SECONDS } from '../db/ledger-recover.ts'
import type { Settled } from '../db/ledger-settle.ts'
import { failpoint } from '../failpoint.ts'
import type { House } from '../house.ts'

/** A message as it leaves; a notice is one that nobody asked for just now. */
export type Letter = Outgoing & {
  readonly chatId: string
  readonly notice: boolean
  /** When it was written (performance.now). */
  readonly madeAt: number
}

/** What an answer means beyond its own message: the account or this chat rests, or the chat is closed to us. */
export type Halt =
  | { readonly kind: 'wait'; readonly of: 'chat' | 'account'; readonly seconds: number }
  /** What else this chat has waits behind the message, in order. */
  | { readonly kind: 'hold'; readonly seconds: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'blocked' }
  /** The account sends no notices for a while; replies go on. */
  | { readonly kind: 'restricted'; readonly why: string }

export type Handed = { readonly settled: Settled; readonly halt?: Halt }

type Fate = Partial<Pick<Settled, 'message_id' | 'why' | 'seconds'>>
const settled = (id: string, state: Settled['state'], fate: Fate = {}): Settled => {
  return { id, state, message_id: null, why: null, seconds: null, ...fate }
}

/** A message that goes back into the queue without having reached the platform. */
export const putBack = (id: string, fate: Fate = {}): Settled => settled(id, 'queued', fate)
/** A notice that is no longer true. */
export const cancelled = (id: string): Settled => settled(id, 'cancelled')
export const failed = (id: string, why: string): Settled => settled(id, 'failed', { why })

/** Sends a message. Never throws. */
export async function hand({ log }: House, bot: Bot, letter: Letter): Promise<Handed> {
  const { chatId, notice, madeAt, ...outgoing } = letter
  const { id } = letter
  try {
    const { messageId } = await bot.send(outgoing)
    failpoint('sent')
    return { settled: settled(id, 'accepted', { message_id: messageId }) }
  } catch (error) {
    if (error instanceof Refused) {
      log.warn({ ledger: id, channel: bot.channel, account: bot.account, why: error.message }, 'a message was refused')
      return weigh(letter, error.refusal)
    }
    log.error({ err: error, ledger: id }, 'a message could not be made')
    return { settled: failed(id, error instanceof Error ? error.name : 'error') }
  }
}

function weigh({ id, notice }: Letter, refusal: Refusal): Handed {
  switch (refusal.kind) {
    case 'wait': {
      const { seconds } = refusal
      // On a notice the platform means the account's pace, whatever it says.
      const of = notice ? 'account' : refusal.scope
      return { settled: putBack(id, { why: `wait ${seconds} s` }), halt: { kind: 'wait', of, seconds } }
    }
    case 'later': {
      const { seconds, why } = refusal
      const back = putBack(id, { why, seconds })
      return notice ? { settled: back } : { settled: back, halt: { kind: 'hold', seconds } }
    }
    case 'unreachable':
      return { settled: putBack(id, { why: refusal.why }), halt: { kind: 'unreachable' } }
    case 'blocked':
      return { settled: failed(id, 'blocked'), halt: { kind: 'blocked' } }
    case 'restricted': {
      const halt: Halt = { kind: 'restricted', why: refusal.why }
      return { settled: notice ? putBack(id, { why: refusal.why }) : failed(id, refusal.why), halt }
    }
    case 'rejected':
      return { settled: failed(id, refusal.why) }
    case 'uncertain':
      // The live process never sends it again; a notice gets a second copy from the sweep.
      return {
        settled: settled(id, 'uncertain', { why: refusal.why, seconds: notice ? SECOND_COPY_SECONDS : null }),
      }
  }
}
