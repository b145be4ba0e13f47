// What all kinds of answers share: freezing, and reading of texts and pressed buttons.
import { got, not, type Read } from '../../domain/read.ts'
import type { Context, Kind, Said } from '../types.ts'

export const kind = <V>(k: Kind<V>): Kind<V> => Object.freeze(k)

/** Reads words with `read`; a pressed button (or a number of the menu) is one of `values`, its value being the answer. */
export const words =
  <V>(
    read: (text: string, context: Context) => Read<V>,
    pressed?: (value: string, context: Context) => V | undefined,
  ) =>
  (said: Said, context: Context): Read<V> => {
    if (said.kind === 'text') return read(said.text, context)
    if (said.kind !== 'button') return not('UNCLEAR')
    const value = pressed?.(said.value, context)
    return value === undefined ? not('MENU_UNREAD') : got(value)
  }

/** One of a fixed set of strings, as a pressed value. */
export const oneOf =
  <V extends string>(values: readonly V[]) =>
  (value: string): V | undefined =>
    values.find(v => v === value)

export const isOneOf =
  (values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value)
