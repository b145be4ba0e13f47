// Reads why WhatsApp did not take a message. What was not acknowledged is tried again: under its reserved id it is the
// same message, and a phone shows it once.
import type { Refusal } from '../port.ts'
import { codeOf } from './ended.ts'

const SLOW_DOWN_SECONDS = 60

/** What the error code of an acknowledgement means. */
export function refusalOfAck(error: string): Refusal {
  // The account may not start chats for a while. Trying again makes it worse.
  if (error === '463') return { kind: 'restricted', why: `restricted: ${error}` }
  if (error === '429') return { kind: 'wait', seconds: SLOW_DOWN_SECONDS, scope: 'account' }
  if (error === '403' || error === '404') return { kind: 'blocked', why: `error ${error}` }
  if (error.startsWith('5')) return { kind: 'unreachable', why: `error ${error}` }
  return { kind: 'rejected', why: `error ${error}` }
}

/** What an error of the client means; undefined for one that is no refusal but a bug. */
export function refusalOfError(error: unknown): Refusal | undefined {
  const code = codeOf(error)
  if (code === undefined) return undefined
  const why = error instanceof Error ? error.message : 'error'
  // Nobody is there to encrypt for: the number has no WhatsApp (any more).
  if (/All encryptions failed/.test(why)) return { kind: 'rejected', why }
  return { kind: 'unreachable', why }
}
