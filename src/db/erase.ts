// Erases what people said and what was sent to them 30 days after it was dealt with. Ids and times stay.
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

const KEPT = '30 days'
/** So that a large backlog is erased in short statements. */
const AT_ONCE = 1_000

export async function eraseOldTexts(db: Kysely<Database>): Promise<void> {
  await sql`
    with spoken as (
      update inbox set payload = null where id in (
        select id from inbox where handled_at < app_now() - ${KEPT}::interval and payload is not null
        order by handled_at limit ${AT_ONCE})
    )
    update ledger set content = null where id in (
      select id from ledger where created_at < app_now() - ${KEPT}::interval and content is not null
        and state not in ('queued', 'claimed', 'attempted')
      order by created_at limit ${AT_ONCE})`.execute(db)
}
