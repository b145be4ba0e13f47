// What phones say of messages that left: delivered, read. And the message that left under an id.
import { type Kysely, sql } from 'kysely'
import { despiteDeadlocks } from './deadlock.ts'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

export type ReceiptRow = { readonly message_id: string; readonly read: boolean }

/** Notes receipts; gives the ids it found. One that overtakes the acceptance is an acceptance too; nothing goes back from read to delivered. */
export async function noteReceipts(
  db: Kysely<Database>,
  account: string,
  receipts: readonly ReceiptRow[],
  channel: 'whatsapp' | 'cloud' = 'whatsapp',
): Promise<string[]> {
  const note = sql<{ message_id: string }>`
    update ledger set
      state = case when receipt.read or ledger.state = 'read' then 'read' else 'delivered' end,
      sent_at = coalesce(sent_at, now.at),
      delivered_at = coalesce(delivered_at, now.at),
      read_at = case when receipt.read then coalesce(read_at, now.at) else read_at end,
      lease_until = null, why = null
    from (select app_now() as at) as now, (
      select message_id, bool_or(read) as read
      from ${rowset('arrived', receipts, { message_id: 'text', read: 'boolean' })} group by message_id
    ) as receipt
    where ledger.channel = ${sql.lit(channel)} and ledger.account = ${account}
      and ledger.message_id = receipt.message_id
      and ledger.state in ('queued', 'claimed', 'attempted', 'accepted', 'delivered', 'uncertain')
    returning ledger.message_id`
  const { rows } = await despiteDeadlocks(() => note.execute(db))
  return rows.map(({ message_id }) => message_id)
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
