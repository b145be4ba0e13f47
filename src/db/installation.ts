// The one row that says whose database this is: its key, who made it, how far its clock is shifted.
import { type Kysely, sql } from 'kysely'
import { type Seal, SealError } from '../seal.ts'
import { StartRefused } from './refused.ts'
import type { Database } from './schema.ts'

const PLACE = 'installation.key_check:1'

/** Writes the row at the first start; later refuses a key that doesn't open this database. `own`: we made it. */
export async function checkInstallation(db: Kysely<Database>, seal: Seal, own: boolean): Promise<void> {
  const row = { key_check: seal.seal(PLACE, 'sapa'), own }
  await db
    .insertInto('installation')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const { key_check } = await db.selectFrom('installation').select('key_check').executeTakeFirstOrThrow()
  try {
    seal.open(PLACE, key_check)
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    throw new StartRefused("SAPA_KEY (or the key file) doesn't open this database: use the key it was made with")
  }
}

/** Tells this database from all others, its copies on the same server too: 16 hex digits, the same at every start. */
export async function installationId(db: Kysely<Database>): Promise<string> {
  const oid = sql`(select oid::text from pg_database where datname = current_database())`
  const { id } = await db
    .selectFrom('installation')
    .select(sql<string>`left(encode(sha256(key_check || convert_to(${oid}, 'UTF8')), 'hex'), 16)`.as('id'))
    .executeTakeFirstOrThrow()
  return id
}

/** Moves the database's clock on by an interval ('24 hours'), on databases that we made ourselves. */
export async function shiftClock(db: Kysely<Database>, interval: string): Promise<void> {
  const shifted = await db
    .updateTable('installation')
    .set({ clock_shift: sql`clock_shift + ${interval}::interval` })
    .where('own', '=', true)
    .executeTakeFirst()
  if (shifted.numUpdatedRows === 0n) throw new Error('the clock of a database that we did not make is not shifted')
}
