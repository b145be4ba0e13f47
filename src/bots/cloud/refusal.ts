// Reads why the Cloud API did not take a message, or could not deliver one it had taken.
// Codes: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
import { GraphApiError } from '@kapso/whatsapp-cloud-api'
import type { Refusal } from '../port.ts'

const PAIR_SECONDS = 6
const THROUGHPUT_SECONDS = 10
const CALLS_SECONDS = 60
/** Longer than our own reading of the window is early, so that the next try takes a template. */
const WINDOW_SECONDS = 15 * 60
const TEMPLATE_SECONDS = 3600

/** What an error of the client means for a message; undefined for an error that is no refusal but a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof GraphApiError) return refusalOfCode(Number(error.code), error.httpStatus)
  if (!(error instanceof Error)) return undefined
  const why = reasonOf(error)
  if (why === undefined) return undefined
  return { kind: NEVER_LEFT.includes(why) ? 'unreachable' : 'uncertain', why }
}

/** What a code means; `status` is HTTP's, where there was an answer. */
export function refusalOfCode(code: number, status = 400): Refusal {
  const why = `error ${code}`
  switch (code) {
    // Outside the 24-hour window.
    case 131047:
      return { kind: 'later', seconds: WINDOW_SECONDS, why: `${why}: outside the 24-hour window` }
    // Too many to this one person.
    case 131056:
      return { kind: 'later', seconds: PAIR_SECONDS, why }
    // A template that is not approved (yet), paused or disabled: it may be mended.
    case 132001:
    case 132015:
    case 132016:
      return { kind: 'later', seconds: TEMPLATE_SECONDS, why: `${why}: the template is not approved` }
    case 130429:
      return { kind: 'wait', seconds: THROUGHPUT_SECONDS, scope: 'account' }
    case 4:
    case 80007:
      return { kind: 'wait', seconds: CALLS_SECONDS, scope: 'account' }
    // No WhatsApp on that number, an old app, terms not accepted; or the person told WhatsApp to stop us.
    case 131026:
    case 131050:
      return { kind: 'blocked', why }
    // Meta holds back what is sent unasked: quality, policy, an unpaid bill. Answers still go.
    case 131048:
    case 131042:
    case 368:
      return { kind: 'restricted', why: `restricted: ${code}` }
    // The token, its rights, the locked account: nobody got anything, and it may be mended.
    case 0:
    case 3:
    case 10:
    case 190:
    case 131005:
    case 131031:
      return { kind: 'unreachable', why }
  }
  if (status === 401 || status === 403 || (code >= 200 && code <= 299)) return { kind: 'unreachable', why }
  if (status >= 500) return { kind: 'uncertain', why }
  return { kind: 'rejected', why }
}

/** No connection came about: nothing was written. */
const NEVER_LEFT: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]

/** The network's word for what went wrong; undefined where it was not the network. */
function reasonOf(error: Error): string | undefined {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return error.name
  const { cause } = error
  if (error.message !== 'fetch failed' || !(cause instanceof Error)) return undefined
  // Node tries an address family after the other: the errors of all of them come as one.
  const first = cause instanceof AggregateError ? cause.errors[0] : cause
  return typeof first?.code === 'string' ? first.code : cause.name
}
