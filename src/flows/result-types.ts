// What a conversation knows of results, asks of its host about them, and hears back.
import type { Outcome as Assessment } from '../domain/result.ts'
import type { EventFact } from './facts.ts'

/** A result that was published, as its person may see it. */
export type ResultFact = {
  readonly event: EventFact
  readonly number: string
  readonly name: string
  /** With the level. */
  readonly trade: string
  readonly outcome: Assessment
  readonly certificate: string | null
  /** As the assessment body wrote them. */
  readonly issued: string | null
  readonly validUntil: string | null
  /** The day, where it is one. */
  readonly validDay: string | null
  readonly feedback: string | null
  /** Units of competence that are not reached yet. */
  readonly lacking: readonly string[]
  /** Something else was told before. */
  readonly corrected: boolean
  /** By these it is known who is talking. */
  readonly birthDate: string
  readonly phone: string | null
  /** The last day of an appeal, and whether it is over. */
  readonly appealUntil: string
  readonly appealOver: boolean
  /** The newest appeal. */
  readonly appeal: { readonly number: string; readonly open: boolean } | null
  /** Whether the person wants to be reminded to renew; null before it was said. */
  readonly renewal: boolean | null
  /** Wrong birth dates were given, and nobody has looked after it yet. */
  readonly locked: boolean
}

export type ResultAsk =
  | { readonly kind: 'results' }
  /** The answers to FR.AK.04: three times YES or NO, and the reason. */
  | { readonly kind: 'appeal'; readonly number: string; readonly answers: readonly string[] }

export type ResultOutcome =
  /** What counts now, the newest last. */
  | { readonly kind: 'results'; readonly results: readonly ResultFact[] }
  /** Null where it could not be taken any more. */
  | { readonly kind: 'appeal'; readonly appeal: string | null }

export type ResultAside =
  | { readonly kind: 'birth'; readonly number: string; readonly before: 'result' | 'appeal' }
  | { readonly kind: 'appeal'; readonly number: string; readonly answers: readonly string[] }
  | { readonly kind: 'renewal'; readonly number: string }
  | { readonly kind: 'find'; readonly certificate?: string }
