// Brings a database up to this program's tables: the numbered files of migrations/, each once, in their order.
import { readdir, readFile } from 'node:fs/promises'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { StartRefused } from './refused.ts'
import type { Database } from './schema.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

/** Runs what is missing, all in one transaction. Processes that start together wait for each other. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrations = await readMigrations()
  const unknown = (await readApplied(db)).filter(name => !(name in migrations))
  if (unknown.length > 0) {
    throw new StartRefused(`the database is newer than this program (it has ${unknown.join(', ')}): update the program`)
  }
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest()
  if (error) throw error
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(FOLDER)).filter(file => file.endsWith('.sql'))
  const entries = files.map(async (file): Promise<[string, Migration]> => {
    const text = await readFile(new URL(file, FOLDER), 'utf8')
    return [file.slice(0, -'.sql'.length), { up: async db => void (await sql.raw(text).execute(db)) }]
  })
  return Object.fromEntries(await Promise.all(entries))
}

async function readApplied(db: Kysely<Database>): Promise<string[]> {
  const found = await sql<{ found: boolean }>`select to_regclass('kysely_migration') is not null as found`.execute(db)
  if (!found.rows[0]?.found) return []
  return (await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)).rows.map(
    r => r.name,
  )
}
