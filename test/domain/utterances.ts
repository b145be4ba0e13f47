// The utterances as typed data: what people send for each field, and what it means.
import file from './utterances.json' with { type: 'json' }

export type Case = {
  readonly in: string
  readonly ok: boolean
  readonly value?: unknown
  readonly warn?: readonly string[]
  readonly reason?: string
  readonly suggest?: unknown
  readonly note?: string
  readonly given?: { readonly birth_date?: string; readonly sex?: 'L' | 'P' }
}

const fields: Readonly<Record<string, { readonly cases: readonly Case[] }>> = file.fields

/** All cases of a field. */
export function casesOf(field: string): readonly Case[] {
  const found = fields[field]
  if (!found) throw new Error(`no utterances of ${field}`)
  return found.cases
}

/** The names of all fields there are utterances of. */
export const utteredFields: readonly string[] = Object.keys(fields)
