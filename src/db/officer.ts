// Officers: who may nominate for an association, by which chat; their invitations, and codes that were wrong.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

type Db = Kysely<Database>

const DAYS = 7

export type Invitation = Pick<Database['invitation'], 'id' | 'event_id' | 'association' | 'name' | 'code_key'>

/** Keeps an invitation, valid for a week. */
export async function addInvitation(trx: Db, { id, event_id, association, name, code_key }: Invitation): Promise<Date> {
  const { expires_at } = await trx
    .insertInto('invitation')
    .values({
      id,
      event_id,
      association,
      name,
      code_key,
      expires_at: sql<Date>`app_now() + ${DAYS} * interval '1 day'`,
    })
    .returning('expires_at')
    .executeTakeFirstOrThrow()
  return expires_at
}

/** The invitation of a code that nobody used and that is still valid; locked. */
export async function findInvitation(trx: Db, codeKey: Buffer): Promise<Invitation | undefined> {
  const { rows } = await sql<Invitation>`
    select id, event_id, association, name, code_key from invitation
    where code_key = ${codeKey} and used_at is null and expires_at > (select app_now()) for update`.execute(trx)
  return rows[0]
}

/** The association for which a chat is an officer's in an event. */
export async function officerOf(db: Db, eventId: string, chatId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('officer')
    .select('association')
    .where('event_id', '=', eventId)
    .where('chat_id', '=', chatId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row?.association
}

/** Makes a chat an officer's, and uses the invitation up. */
export async function bindOfficer(
  trx: Db,
  invitation: string,
  officer: Pick<Database['officer'], 'id' | 'event_id' | 'association' | 'name' | 'chat_id' | 'conversation_id'>,
): Promise<void> {
  await sql`update invitation set used_at = app_now() where id = ${invitation}`.execute(trx)
  await trx.insertInto('officer').values(officer).execute()
}

export type ListedOfficer = {
  readonly id: string
  readonly association: string
  /** Sealed. */
  readonly name: Buffer | null
  readonly channel: string
  readonly bound_at: Date
}

/** The officers of an event. */
export const listOfficers = (db: Db, eventId: string): Promise<ListedOfficer[]> =>
  db
    .selectFrom('officer')
    .innerJoin('chat', 'chat.id', 'chat_id')
    .select(['officer.id', 'association', 'name', 'channel', 'bound_at'])
    .where('event_id', '=', eventId)
    .where('removed_at', 'is', null)
    .orderBy('association')
    .orderBy('bound_at')
    .execute()

/** Takes an officer's right away, and queues the word that says so; `id` may be its end. Gives the ids: one, or none. */
export async function removeOfficer(trx: Db, id: string, purpose: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with gone as (
      update officer set removed_at = app_now() where id::text like ${`%${id}`} and removed_at is null
      returning officer.*
    ), told as (
      insert into ledger (id, purpose, recipient, occurrence, conversation_id, event_id, chat_id, channel, account, state,
        priority)
      select new_id(), ${purpose}, gone.id, 'removed', gone.conversation_id, event_id, chat.id, channel, account, 'queued', 10
      from gone join chat on chat.id = gone.chat_id
    )
    select id from gone`.execute(trx)
  return rows.map(({ id }) => id)
}

export type OfficerRow = {
  /** Sealed. */
  readonly name: Buffer | null
  readonly bound_at: Date
  readonly nominated: number
}

/** What is kept of an officer. */
export const readOfficer = (db: Db, id: string): Promise<OfficerRow> =>
  db
    .selectFrom('officer')
    .select([
      'name',
      'bound_at',
      sql<number>`(select count(*)::int from nomination where officer_id = officer.id)`.as('nominated'),
    ])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** Ends an officer's right at his own wish, and forgets his name. */
export async function resign(trx: Db, id: string): Promise<void> {
  await sql`update officer set removed_at = app_now(), name = null where id = ${id}`.execute(trx)
}

const WRONG_AN_HOUR = 5

/** Whether a chat has said so many wrong codes within an hour that no more are looked at. */
export async function triedTooMany(db: Db, chatId: string, kind: 'claim' | 'invitation'): Promise<boolean> {
  const { rows } = await sql<{ many: boolean }>`
    select count(*) >= ${WRONG_AN_HOUR} as many from wrong_code
    where chat_id = ${chatId} and kind = ${kind} and at > (select app_now()) - interval '1 hour'`.execute(db)
  return rows[0]?.many ?? false
}

/** Counts a wrong code. */
export async function noteWrong(trx: Db, chatId: string, kind: 'claim' | 'invitation'): Promise<void> {
  await sql`insert into wrong_code (id, chat_id, kind) values (new_id(), ${chatId}, ${kind})`.execute(trx)
}

/** Where people find us: the bot's user name on Telegram, the number on WhatsApp. */
export async function readPlaces(db: Db): Promise<{ readonly telegram?: string; readonly whatsapp?: string }> {
  const { rows } = await sql<{ channel: string; name: string }>`
    select channel, name from account_name where channel = 'telegram'
    union all (select 'whatsapp', number from whatsapp_number where number is not null order by changed_at)`.execute(db)
  return Object.fromEntries(rows.map(({ channel, name }) => [channel, name]))
}

/** Keeps what an account is called. */
export async function keepPlace(db: Db, channel: string, account: string, name: string): Promise<void> {
  await sql`
    insert into account_name (channel, account, name) values (${channel}, ${account}, ${name})
    on conflict (channel, account) do update set name = excluded.name`.execute(db)
}
