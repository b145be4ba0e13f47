// The keys of a linked number, and the journal that is written with them. Only who holds the lease may write.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

/** What shows who writes: a lease and its fence. */
export type Fence = { readonly name: string; readonly fence: number }

export type KeyRow = { readonly key: Buffer; readonly type: string; readonly value: Buffer }
export type JournalRow = { readonly key: Buffer; readonly value: Buffer }

/** Locked until the commit: nobody can take the lease over in between. */
const mine = ({ name, fence }: Fence) => sql`select 1 from lease where name = ${name} and fence = ${fence} for share`

/** Writes, deletes and journals in one statement. False where the lease has another holder: nothing was written. */
export async function saveKeys(
  db: Kysely<Database>,
  account: string,
  fence: Fence,
  saved: readonly KeyRow[],
  deleted: readonly Buffer[],
  journal: readonly JournalRow[],
): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    with mine as (${mine(fence)}), saved as (
      insert into whatsapp_key (account, key, type, value)
      select ${account}, key, type, value from ${rowset('saved', saved, { key: 'bytea', type: 'text', value: 'bytea' })}, mine
      on conflict (account, key) do update set value = excluded.value
    ), deleted as (
      delete from whatsapp_key using ${rowset(
        'gone',
        deleted.map(key => ({ key })),
        { key: 'bytea' },
      )}, mine
      where whatsapp_key.account = ${account} and whatsapp_key.key = gone.key
    ), journaled as (
      insert into whatsapp_journal (account, key, value)
      select ${account}, key, value from ${rowset('journal', journal, { key: 'bytea', value: 'bytea' })}, mine
      on conflict (account, key) do nothing
    )
    select exists (select from mine) as held`.execute(db)
  return rows[0]?.held ?? false
}

/** Forgets all keys of a number. False where the lease has another holder. */
export async function wipeKeys(db: Kysely<Database>, account: string, fence: Fence): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    with mine as (${mine(fence)}), gone as (
      delete from whatsapp_key using mine where account = ${account}
    )
    select exists (select from mine) as held`.execute(db)
  return rows[0]?.held ?? false
}

export async function readKeys(db: Kysely<Database>, account: string, keys: readonly Buffer[]): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    select key, type, value from whatsapp_key
    where account = ${account} and key in (select key from ${rowset(
      'wanted',
      keys.map(key => ({ key })),
      { key: 'bytea' },
    )})`.execute(db)
  return rows
}

/** All keys of a number: they are looked through before it is used. */
export async function readAllKeys(db: Kysely<Database>, account: string): Promise<KeyRow[]> {
  return db.selectFrom('whatsapp_key').select(['key', 'type', 'value']).where('account', '=', account).execute()
}

/** What was decrypted and did not reach the inbox, in its order. */
export async function readJournal(db: Kysely<Database>, account: string): Promise<JournalRow[]> {
  return db
    .selectFrom('whatsapp_journal')
    .select(['key', 'value'])
    .where('account', '=', account)
    .where('taken_at', 'is', null)
    .orderBy('at')
    .execute()
}

export async function findJournaled(db: Kysely<Database>, account: string, key: Buffer): Promise<Buffer | undefined> {
  const found = db.selectFrom('whatsapp_journal').select('value').where('account', '=', account).where('key', '=', key)
  return (await found.executeTakeFirst())?.value
}

/** Notes what reached the inbox, and forgets what did so a while ago. */
export async function markTaken(db: Kysely<Database>, account: string, keys: readonly Buffer[]): Promise<void> {
  await sql`
    with old as (
      delete from whatsapp_journal where taken_at < (select app_now()) - interval '1 hour'
    )
    update whatsapp_journal set taken_at = (select app_now())
    where account = ${account} and key in (select key from ${rowset(
      'taken',
      keys.map(key => ({ key })),
      { key: 'bytea' },
    )})`.execute(db)
}
