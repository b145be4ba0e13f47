// Reads the tables in said/: "= what it means", then what people wrote, a line each (⏎ is a line break).
import { readFileSync } from 'node:fs'
import type { Understood } from '../../src/domain/understand.ts'

/** [text, meaning] of each line of a field's table. */
export function linesOf(field: string): [string, string][] {
  let means = ''
  return readFileSync(new URL(`said/${field}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .flatMap(line => {
      if (line.startsWith('= ')) means = line.slice(2)
      return !line || /^[=#] /.test(line) ? [] : [[line.replaceAll('⏎', '\n'), means] as [string, string]]
    })
}

/** What was understood, as such a table writes it: the value and its warnings, or the reason. */
export function meaning(read: Understood): string {
  if (!read.ok) return read.reason
  const value = typeof read.value === 'object' ? Object.values(read.value as object).join(' ; ') : String(read.value)
  return [value, ...read.warn].join(' ')
}
