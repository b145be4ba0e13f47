// Lists registrations page by page, in the order they were made, so that a list of any length needs little memory.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

const PAGE = 1000

export type ListedRegistration = {
  readonly id: string
  readonly event_id: string
  readonly number: string
  readonly status: string
  readonly why: Buffer | null
  readonly record: Buffer
  readonly created_at: Date
  readonly channels: readonly string[]
}

/** Every registration, of one event or of all; run it in a repeatable-read transaction for one moment's picture. */
export async function* listRegistrations(
  db: Kysely<Database>,
  eventId: string | undefined,
): AsyncGenerator<ListedRegistration> {
  let after = '00000000-0000-0000-0000-000000000000'
  while (true) {
    const page = await readPage(db, eventId, after)
    yield* page
    if (page.length < PAGE) return
    after = (page.at(-1) as ListedRegistration).id
  }
}

async function readPage(
  db: Kysely<Database>,
  eventId: string | undefined,
  after: string,
): Promise<readonly ListedRegistration[]> {
  const { rows } = await sql<ListedRegistration>`
    select id, event_id, number, status, why, record, created_at, array(
      select distinct channel from chat_conversation join chat on chat.id = chat_id
      where chat_conversation.conversation_id = registration.conversation_id order by channel
    ) as channels
    from registration
    where id > ${after} ${eventId === undefined ? sql`` : sql`and event_id = ${eventId}`}
    order by id limit ${PAGE}`.execute(db)
  return rows
}
