// What ended without a seat is kept for the event's draft days only: the record, and the conversation with it.
import { audit } from '../db/audit.ts'
import { eraseFiles, findEnded } from '../db/retention.ts'
import { forget, lockEvents } from '../db/rights.ts'
import type { House } from '../house.ts'
import { filesIn, filesInRecords } from './files.ts'
import { leave, open } from './rights.ts'

/** Erases registrations that were withdrawn or rejected long ago, and people who have no other. */
export async function eraseEnded({ db, seal }: House): Promise<void> {
  await db.transaction().execute(async trx => {
    const ended = await findEnded(trx)
    if (ended.length === 0) return
    await lockEvents(trx, [...new Set(ended.map(({ event_id }) => event_id))])
    for (const row of ended) {
      await leave(trx, seal, row, false)
      const named = await filesInRecords(trx, seal, row.conversation_id)
      await eraseFiles(
        trx,
        filesIn(open(seal, row.id, row.record)).filter(id => !named.has(id)),
      )
    }
    const alone = ended.filter(({ others }) => !others).map(({ conversation_id }) => conversation_id)
    if (alone.length > 0) await forget(trx, alone)
    await audit(
      trx,
      seal,
      ended.map(({ number }) => ({ by: 'the sweep', action: 'registration.erase', subject: number })),
    )
  })
}
