// What the Cloud API needs of the ledger: when people wrote last, whom we wrote to unasked. And how its number stands.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

const CHANNEL = sql.lit('cloud')

/**
 * Those of these chats that have been silent for so many hours, with the language of each. Meta counts from when a
 * message was written, which is its place in microseconds: it may have come much later.
 */
export async function findSilent(
  db: Kysely<Database>,
  chats: readonly string[],
  hours: number,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; language: string }>`
    select chat.id, language
    from unnest(${chats}::uuid[]) as wanted(id) join chat using (id)
    join conversation on conversation.id = chat.conversation_id
    left join lateral (
      select least(received_at, to_timestamp(place / 1000000)) as written from inbox
      where inbox.chat_id = chat.id order by received_at desc limit 1
    ) as latest on true
    where written is null or written <= (select app_now()) - ${hours} * interval '1 hour'`.execute(db)
  return new Map(rows.map(({ id, language }) => [id, language]))
}

/** How many people an account wrote to of its own accord in 24 hours, and in how many seconds the first of them counts
 * no more. Who had written before, who is being written to this moment and of whom it is not known counts too: less is
 * sent than might be, never more. */
export async function countPeople(
  db: Kysely<Database>,
  account: string,
): Promise<{ readonly sent: number; readonly free_in: number }> {
  const { rows } = await sql<{ sent: number; free_in: number }>`
    select count(*)::int as sent,
      coalesce(extract(epoch from min(latest) + interval '1 day' - (select app_now())), 0)::float8 as free_in
    from (
      select max(at) as latest from (
        select chat_id, sent_at as at from ledger
        where channel = ${CHANNEL} and account = ${account} and priority > 0
          and sent_at > (select app_now()) - interval '1 day'
        union all
        select chat_id, (select app_now()) from ledger
        where state in ('claimed', 'attempted') and channel = ${CHANNEL} and account = ${account} and priority > 0
        union all
        select chat_id, created_at from ledger
        where state = 'uncertain' and created_at > (select app_now()) - interval '1 day'
          and channel = ${CHANNEL} and account = ${account} and priority > 0
      ) as each group by chat_id
    ) as written`.execute(db)
  return rows[0] ?? { sent: 0, free_in: 0 }
}

/** How the number stands, to how many people it may write unasked in 24 hours, and which it is, where that is known. */
export async function noteCloudNumber(
  db: Kysely<Database>,
  account: string,
  standing: string,
  peoplePerDay: number,
  number: string | undefined,
): Promise<void> {
  const digits = number?.replace(/\D/g, '') || null
  await sql`
    insert into whatsapp_number as known (account, standing, people_per_day, number)
    values (${account}, ${standing}, ${peoplePerDay}, ${digits})
    on conflict (account) do update set standing = excluded.standing, people_per_day = excluded.people_per_day,
      number = coalesce(excluded.number, known.number), changed_at = app_now()
      where (known.standing, known.people_per_day, known.number)
        is distinct from (excluded.standing, excluded.people_per_day, coalesce(excluded.number, known.number))`.execute(
    db,
  )
}

/** `people_per_day`: to how many people the number may write unasked in 24 hours. */
export type CloudNumber = { readonly account: string; readonly standing: string; readonly people_per_day: number }

/** The Cloud number that was served last; undefined where none ever was. */
export async function readCloudNumber(db: Kysely<Database>): Promise<CloudNumber | undefined> {
  const { rows } = await sql<CloudNumber>`
    select account, standing, people_per_day from whatsapp_number where people_per_day is not null
    order by changed_at desc limit 1`.execute(db)
  return rows[0]
}
