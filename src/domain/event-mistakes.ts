// Puts what zod found wrong with an event file into a clerk's words.
import type { z } from 'zod'
import { RULE_KEYS } from './event-rules.ts'

type Issue = z.core.$ZodIssue

const NAMES: Readonly<Record<string, string>> = {
  string: 'a text in "quotes"',
  number: 'a number without quotes',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [brackets]',
  tuple: 'a list in [brackets]',
  object: 'a group in {braces}',
  record: 'a group in {braces}',
}

const quoted = (values: readonly unknown[]) => values.map(value => JSON.stringify(value)).join(', ')

/** A mistake's words, where the schema has none of its own. */
export function wording(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined) return 'is missing'
    return `must be ${NAMES[issue.expected] ?? issue.expected}`
  }
  if (issue.code === 'unrecognized_keys') return `has a word that no event file has: ${quoted(issue.keys)}`
  if (issue.code === 'invalid_value')
    return issue.input === undefined ? 'is missing' : `must be one of ${quoted(issue.values)}`
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`
  return undefined
}

/** Mistakes as lines: where, and what is wrong there. */
export function say(issue: Issue, json: unknown): string[] {
  const at = valueAt(json, issue.path)
  if (issue.code === 'invalid_union' && isGroup(at) && RULE_KEYS.some(key => key in at)) {
    const inside = closest(issue.errors).map(inner => ({ ...inner, path: [...issue.path, ...inner.path] }))
    return inside.flatMap(inner => say(inner, json))
  }
  return [`${place(issue.path, json)}: ${issue.message}`]
}

/** Of the forms a value could have had, the one it misses by the least. */
function closest(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  const misses = (issues: readonly Issue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0)
  return [...forms].sort((a, b) => misses(a) - misses(b))[0] ?? []
}

/** "sessions 4 (d1-break1).start": lists are counted from one, and named where their items have an id. */
function place(path: readonly PropertyKey[], json: unknown): string {
  let written = ''
  path.forEach((key, i) => {
    if (typeof key === 'number') {
      const item = valueAt(json, path.slice(0, i + 1))
      const name = isGroup(item) ? (item.id ?? item.name) : undefined
      written += ` ${key + 1}${typeof name === 'string' ? ` (${name})` : ''}`
    } else written += `${written === '' ? '' : '.'}${String(key)}`
  })
  return written === '' ? 'the file' : written
}

const isGroup = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null

const valueAt = (json: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (isGroup(value) ? value[key] : undefined), json)
