// What phones say of messages that left: delivered, read. And the message that left under an id.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

export type ReceiptRow = { readonly message_id: string; readonly read: boolean }

/**
 * Notes receipts; gives the ids it found. One that overtakes the acceptance is an acceptance too; nothing goes back from
 * read to delivered. What somebody else is writing just now is not found: to wait for it would be a deadlock with who
 * writes many at once.
 */
export async function noteReceipts(
  db: Kysely<Database>,
  account: string,
  receipts: readonly ReceiptRow[],
  channel: 'whatsapp' | 'cloud' = 'whatsapp',
): Promise<string[]> {
  const { rows } = await sql<{ message_id: string }>`
    with receipt as (
      select message_id, bool_or(read) as read
      from ${rowset('arrived', receipts, { message_id: 'text', read: 'boolean' })} group by message_id
    ), free as materialized (
      select ledger.id, receipt.read from receipt join ledger using (message_id)
      where ledger.channel = ${sql.lit(channel)} and ledger.account = ${account}
        and ledger.state in ('queued', 'claimed', 'attempted', 'accepted', 'delivered', 'uncertain')
      for no key update of ledger skip locked
    )
    update ledger set
      state = case when free.read or ledger.state = 'read' then 'read' else 'delivered' end,
      sent_at = coalesce(sent_at, now.at),
      delivered_at = coalesce(delivered_at, now.at),
      read_at = case when free.read then coalesce(read_at, now.at) else read_at end,
      lease_until = null, why = null
    from (select app_now() as at) as now, free
    where ledger.id = free.id
    returning ledger.message_id`.execute(db)
  return rows.map(({ message_id }) => message_id)
}

export type ReadRow = { readonly ledger: string; readonly conversation_id: string }

/** Notes that people pressed a button under messages of their own: that proves more than a platform's silence. */
export async function noteRead(trx: Kysely<Database>, presses: readonly ReadRow[]): Promise<void> {
  if (presses.length === 0) return
  await sql`
    update ledger set state = 'read', sent_at = coalesce(sent_at, now.at), delivered_at = coalesce(delivered_at, now.at),
      read_at = now.at, lease_until = null, why = null
    from (select app_now() as at) as now, ${rowset('press', presses, { ledger: 'uuid', conversation_id: 'uuid' })}
    where ledger.id = press.ledger and ledger.conversation_id = press.conversation_id
      and ledger.state in ('queued', 'claimed', 'attempted', 'accepted', 'delivered', 'uncertain')`.execute(trx)
}

/** The sealed content of the message with this id. */
export async function findSent(
  db: Kysely<Database>,
  account: string,
  messageId: string,
): Promise<{ readonly id: string; readonly content: Buffer } | undefined> {
  const { rows } = await sql<{ id: string; content: Buffer }>`
    select id, content from ledger
    where channel = 'whatsapp' and account = ${account} and message_id = ${messageId} and content is not null`.execute(
    db,
  )
  return rows[0]
}
