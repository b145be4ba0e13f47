// A canary: a NIK, a phone and a document's name that are let through the house, and then looked for wherever it keeps
// or says anything. Only sealed values may hold them.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { House } from '../../src/house.ts'

export const NIK = '3575011708857319'
export const PHONE = '83655512377'
export const DOCUMENT = 'ktp-kanari-7319'
/** Names are columns by design: that this one is found proves that the search finds what is there. */
export const NAME = 'Kanari Santoso'

/** The canaries as they might be written: plain, with dashes, in hexadecimal or base64. */
const TRACES = [NIK, PHONE, DOCUMENT, '3655-5123-77', '0836-5551-2377'].flatMap(text => [
  text,
  Buffer.from(text).toString('hex'),
  // The end of a base64 text depends on what follows.
  Buffer.from(text).toString('base64').slice(0, -4),
])

export const find = (bytes: Uint8Array | string): string[] => {
  const whole = Buffer.from(bytes as string)
  return TRACES.filter(trace => whole.includes(trace))
}

/** What is found in the files of a folder, and where. */
export async function findInFolder(folder: string, except = ''): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter(one => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const bytes = except && path.endsWith(except) ? undefined : await readFile(path).catch(() => undefined)
    if (bytes) found.push(...find(bytes).map(trace => `${trace} in ${path}`))
  }
  return found
}

/** Every row of every table, whoever made it, by the table's name. */
export async function rowsOf(db: House['db']): Promise<ReadonlyMap<string, string>> {
  const tables = await sql<{ name: string }>`
    select oid::regclass::text as name from pg_class
    where relkind = 'r' and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')`.execute(db)
  const rows = new Map<string, string>()
  for (const { name } of tables.rows) {
    const { rows: all } = await sql<{ text: string }>`
      select coalesce(string_agg(t::text, E'\n'), '') as text from ${sql.raw(name)} as t`.execute(db)
    rows.set(name, all[0]?.text ?? '')
  }
  return rows
}
