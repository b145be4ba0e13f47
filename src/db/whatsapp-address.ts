// Who is who on WhatsApp: a person's LID and phone number lead to one chat, whichever came first.
import { type Kysely, sql } from 'kysely'
import { rowset } from './rows.ts'
import type { Database } from './schema.ts'

export type AddressRow = { readonly key: Buffer; readonly address: Buffer }

export async function findAddresses(
  db: Kysely<Database>,
  account: string,
  keys: readonly Buffer[],
): Promise<AddressRow[]> {
  const { rows } = await sql<AddressRow>`
    select key, address from whatsapp_address
    where account = ${account} and key in (select key from ${rowset(
      'wanted',
      keys.map(key => ({ key })),
      { key: 'bytea' },
    )})`.execute(db)
  return rows
}

/** Lets these keys lead to these addresses from now on. */
export async function keepAddresses(
  db: Kysely<Database>,
  account: string,
  addresses: readonly AddressRow[],
): Promise<void> {
  await sql`
    insert into whatsapp_address (account, key, address)
    select ${account}, key, address from ${rowset('new', addresses, { key: 'bytea', address: 'bytea' })}
    on conflict (account, key) do update set address = excluded.address`.execute(db)
}

/**
 * Two chats turn out to be one person's: both go on with the conversation that got further, the one with a
 * registration before the one with more turns.
 */
export async function joinChats(
  db: Kysely<Database>,
  channel: string,
  account: string,
  addressKeys: readonly Buffer[],
): Promise<void> {
  await db.transaction().execute(async trx => {
    const chats = sql`
      chat.channel = ${channel} and chat.account = ${account} and chat.address_key in (select key from ${rowset(
        'same',
        addressKeys.map(key => ({ key })),
        { key: 'bytea' },
      )})`
    await sql`
      select from conversation where id in (select conversation_id from chat where ${chats})
      order by id for no key update`.execute(trx)
    await sql`
      with furthest as (
        select conversation.id from conversation
        where id in (select conversation_id from chat where ${chats})
        order by exists (select from registration where registration.conversation_id = conversation.id) desc,
          turns desc, created_at limit 1
      ), joined as (
        insert into chat_conversation (chat_id, conversation_id)
        select chat.id, furthest.id from chat, furthest where ${chats}
        on conflict do nothing
      )
      update chat set conversation_id = furthest.id from furthest where ${chats}`.execute(trx)
  })
}
