// What the close of a socket means, and what to do about it.
import type { Standing } from './store.ts'

export type Ended =
  /** Build a new socket; `patience` false: at once. */
  | { readonly next: 'again'; readonly patience: boolean }
  /** The keys are worthless: forget them and wait for a new linking. */
  | { readonly next: 'wipe' }
  /** Stay away until somebody links again or starts the program anew. */
  | { readonly next: 'stop'; readonly standing: Standing }

const RESTART = 515

/** `code` is the status with which the client closed; undefined where it gave none. */
export function readEnd(code: number | undefined): Ended {
  switch (code) {
    case RESTART:
      return { next: 'again', patience: false }
    case 401:
      return { next: 'wipe' }
    case 403:
      return { next: 'stop', standing: 'banned' }
    case 440:
      return { next: 'stop', standing: 'replaced' }
    case 405:
      return { next: 'stop', standing: 'outdated' }
    default:
      return { next: 'again', patience: true }
  }
}

/** The status of an error of the client. */
export function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('output' in error)) return undefined
  const { output } = error
  const code = output && typeof output === 'object' && 'statusCode' in output ? output.statusCode : undefined
  return typeof code === 'number' ? code : undefined
}

/** Seconds before the nth try in a row. */
export const backoff = (failures: number): number => Math.min(60, 2 ** (failures - 1)) * (0.75 + Math.random() / 2)
