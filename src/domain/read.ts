// What it means to have read something a person wrote: a value, or the reason why not.

/**
 * The result of reading a text. Readers never throw: a wrong answer is a value.
 * `warn` names what was read with a doubt (FUZZY, CONFUSABLE_FIXED …): the conversation confirms or flags it.
 * `suggest` is what the writer probably meant; the conversation offers it, it is never taken silently.
 * `candidates` are the values among which the text is ambiguous, best first.
 */
export type Read<V> =
  | { readonly ok: true; readonly value: V; readonly warn?: readonly string[] }
  | {
      readonly ok: false
      readonly reason: string
      readonly suggest?: V
      readonly candidates?: readonly V[]
      /** Numbers a sentence to the reader may need, such as how many digits there were. */
      readonly detail?: Readonly<Record<string, string | number>>
    }

export const got = <V>(value: V, ...warn: string[]): Read<V> => (warn.length ? { ok: true, value, warn } : { ok: true, value })

export const not = <V = never>(
  reason: string,
  more: { suggest?: V; candidates?: readonly V[]; detail?: Record<string, string | number> } = {},
): Read<V> => ({ ok: false, reason, ...more })
