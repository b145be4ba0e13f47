// Reads why Telegram did not take a call.
import { GrammyError, HttpError } from 'grammy'
import type { Refusal } from '../port.ts'
import { NeverSent } from './transport.ts'

/** What an error of the client means for a message; undefined for an error that is no refusal but a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof GrammyError) return ofAnswer(error)
  if (!(error instanceof HttpError)) return undefined
  if (error.error instanceof NeverSent) return { kind: 'unreachable', why: error.error.message }
  // A reset, a time-out, an answer that is no JSON: Telegram may have taken it.
  return { kind: 'uncertain', why: error.error instanceof Error ? error.error.message : error.message }
}

function ofAnswer({ error_code: code, description: why, parameters }: GrammyError): Refusal {
  if (code === 429) return { kind: 'wait', seconds: parameters.retry_after ?? 1, scope: 'chat' }
  if (code >= 500) return { kind: 'uncertain', why }
  // The token was revoked or mistyped: nobody got anything, and it may be mended.
  if (code === 401 || code === 404) return { kind: 'unreachable', why }
  if (code === 403 || /chat not found|user not found|PEER_ID_INVALID/i.test(why)) return { kind: 'blocked', why }
  return { kind: 'rejected', why }
}

/** What the log may say of an error: Telegram's own words, or the error itself, whose text the log leaves out. */
export function describe(error: unknown): { readonly why: string } | { readonly err: unknown } {
  const refusal = refusalOf(error)
  if (!refusal) return { err: error }
  return { why: refusal.kind === 'wait' ? `wait ${refusal.seconds} s` : refusal.why }
}
