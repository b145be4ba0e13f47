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
  if (error instanceof SyntaxError) return { kind: 'uncertain', why: 'an answer that is no JSON' }
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
    // A template that is not approved (yet), has other places than ours, was paused or disabled: it may be mended.
    case 132000:
    case 132001:
    case 132012:
    case 132015:
    case 132016:
      return { kind: 'later', seconds: TEMPLATE_SECONDS, why: `${why}: the template is not approved` }
    // Meta took the template for marketing, and this person wants none, has had enough for today, or is in a trial of
    // Meta's. Whatever is no marketing still arrives: the chat stays open, this message takes the second road.
    case 130472:
    case 131049:
    case 131050:
      return { kind: 'rejected', why: `${why}: held back as marketing` }
    case 130429:
      return { kind: 'wait', seconds: THROUGHPUT_SECONDS, scope: 'account' }
    case 4:
    case 80007:
      return { kind: 'wait', seconds: CALLS_SECONDS, scope: 'account' }
    // No WhatsApp on that number, an old app, terms not accepted, or the person blocked us.
    case 131026:
      return { kind: 'blocked', why }
    // Meta holds back what is sent unasked: quality, policy, an unpaid bill. Answers still go.
    case 131048:
    case 131042:
    case 368:
      return { kind: 'restricted', why: `restricted: ${code}` }
    // The token, its rights, the locked account, a number without registration or name: nobody got anything, and it may
    // be mended.
    case 0:
    case 3:
    case 10:
    case 33:
    case 190:
    case 131005:
    case 131031:
    case 131037:
    case 131045:
    case 133010:
      return { kind: 'unreachable', why }
    // Meta says itself that it is down or busy with this number: it took nothing.
    case 2:
    case 131016:
    case 131057:
      return { kind: 'unreachable', why: `not available: ${why}` }
    // "Something went wrong": perhaps after it had left.
    case 1:
    case 131000:
      return { kind: 'uncertain', why }
  }
  if (status === 401 || status === 403 || (code >= 200 && code <= 299)) return { kind: 'unreachable', why }
  // Sent elsewhere: not taken here, and not followed.
  if (status >= 300 && status <= 399) return { kind: 'unreachable', why: `HTTP ${status}` }
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
  // Without an answer at all, or in the midst of one.
  if (!['fetch failed', 'terminated'].includes(error.message) || !(cause instanceof Error)) return undefined
  // Node tries an address family after the other: the errors of all of them come as one.
  const first = cause instanceof AggregateError ? cause.errors[0] : cause
  return typeof first?.code === 'string' ? first.code : cause.name
}
