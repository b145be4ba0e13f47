// Requests to link a number: made by the operator's command, served by whoever holds the socket.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

export type NewLink = {
  readonly id: string
  readonly account: string
  readonly asked_by: string
  /** Sealed. */
  readonly phone: Buffer | null
  readonly token: Buffer | null
  readonly seconds: number
}

/** A newer request ends those before it: one phone links one number. */
export async function addLink(db: Kysely<Database>, link: NewLink): Promise<void> {
  await sql`
    with ended as (
      update whatsapp_link set ended_at = app_now() where account = ${link.account} and ended_at is null
    )
    insert into whatsapp_link (id, account, asked_by, phone, token, until)
    values (${link.id}, ${link.account}, ${link.asked_by}, ${link.phone}, ${link.token},
      app_now() + ${link.seconds} * interval '1 second')`.execute(db)
}

export async function nextLink(
  db: Kysely<Database>,
  account: string,
): Promise<{ readonly id: string; readonly phone: Buffer | null } | undefined> {
  const { rows } = await sql<{ id: string; phone: Buffer | null }>`
    select id, phone from whatsapp_link
    where account = ${account} and ended_at is null and until > (select app_now())
    order by asked_at desc limit 1`.execute(db)
  return rows[0]
}

export async function isLinkOpen(db: Kysely<Database>, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from whatsapp_link where id = ${id} and ended_at is null and until > (select app_now())`.execute(db)
  return rows.length > 0
}

/** `news` is sealed. */
export async function tellLink(db: Kysely<Database>, id: string, news: Buffer, ended: boolean): Promise<void> {
  await sql`
    update whatsapp_link set news = ${news}, ended_at = case when ${ended} then app_now() end
    where id = ${id} and ended_at is null`.execute(db)
}

export type LinkRow = { readonly id: string; readonly news: Buffer | null; readonly open: boolean }

/** How a request stands; whoever watches it keeps it open for `seconds` more (0: only looks). */
export async function watchLink(db: Kysely<Database>, id: string, seconds: number): Promise<LinkRow | undefined> {
  const { rows } = await sql<LinkRow>`
    update whatsapp_link set until = greatest(until, app_now() + ${seconds} * interval '1 second')
    where id = ${id}
    returning id, news, ended_at is null and until > app_now() as open`.execute(db)
  return rows[0]
}

export async function findLinkByToken(db: Kysely<Database>, token: Buffer): Promise<LinkRow | undefined> {
  const { rows } = await sql<LinkRow>`
    select id, news, ended_at is null and until > (select app_now()) as open from whatsapp_link
    where token = ${token}`.execute(db)
  return rows[0]
}

/** Whether any process holds a lease now. */
export async function isHeld(db: Kysely<Database>, lease: string): Promise<boolean> {
  const { rows } = await sql`select from lease where name = ${lease} and until > (select app_now())`.execute(db)
  return rows.length > 0
}
