// The sweep of one account: whatever a lost bell, a dead process or a closed platform left lying is taken up.
import { startCold } from '../db/cold.ts'
import { eraseOldTexts } from '../db/erase.ts'
import { loadEventsNow } from '../db/event-read.ts'
import { dropLateFetches } from '../db/file-fetch.ts'
import { divertNotices } from '../db/ledger-fallback.ts'
import { expireLate, recoverDead, retryUncertain } from '../db/ledger-recover.ts'
import { ROUTE_AT_ONCE, routeNotices } from '../db/ledger-route.ts'
import { dropOldCodes, eraseUnclaimed } from '../db/nomination-notice.ts'
import { forgetPauses, sayWhyWaiting } from '../db/pause.ts'
import { dropExpired, eraseDrafts, eraseVerified, filesToErase, noteErased, strayFiles } from '../db/retention.ts'
import { noteSweep } from '../db/sweep.ts'
import { inTrips } from '../db/trips.ts'
import { createStore } from '../files/store.ts'
import type { House } from '../house.ts'
import { eraseEnded } from '../turn.ts'
import { type Account, addressOf } from './account.ts'
import { askAgain } from './ask-again.ts'
import { planCorrections } from './correct.ts'
import { sweepNominations } from './nominations.ts'
import { planNudges } from './nudge.ts'
import { planReminders } from './plan.ts'
import type { Bell } from './queues.ts'
import { planRenewals } from './renew.ts'

/**
 * Each step is one statement over all rows it concerns; `ring` tells that there may be work. What nobody waits for is
 * done once a minute.
 */
export async function sweep(house: House, at: Account, ring: (what: Bell, at: Account) => void): Promise<void> {
  const { db } = house
  const tidies = await noteSweep(db, addressOf(at))
  // People wait for these: they don't wait for the rest.
  ring('turns', at)
  ring('files', at)
  const [open] = await Promise.all([loadEventsNow(db), recover(house, at), retryUncertain(db, at), expireLate(db, at)])
  await Promise.all([
    // A correction says what an older reminder would say.
    planCorrections(house).then(() => planReminders(house, open)),
    planNudges(house, open),
    sweepNominations(db, open),
    planRenewals(house),
    divertNotices(db),
  ])
  // Only who has no other chat.
  if (at.channel === 'whatsapp') await startCold(db, at.account)
  await route(house, ring)
  await sayWhyWaiting(db, at)
  ring('notices', at)
  if (tidies) await tidy(house)
}

async function tidy(house: House): Promise<void> {
  const { db } = house
  await forgetPauses(db)
  await eraseStray(house, await dropLateFetches(db))
  await eraseOldTexts(db)
  await eraseDrafts(db)
  await eraseEnded(house)
  await eraseVerified(db)
  await dropExpired(db)
  await eraseUnclaimed(db)
  await dropOldCodes(db)
  await eraseFiles(house)
}

/** Lot by lot: what was routed leaves while the next is. */
async function route({ db }: House, ring: (what: Bell, at: Account) => void): Promise<void> {
  for (;;) {
    const { seen, accounts } = await routeNotices(db)
    for (const account of accounts) ring('notices', account)
    if (seen < ROUTE_AT_ONCE) return
  }
}

/** What a fetch stored before its process died, and nobody waits for. */
async function eraseStray(house: House, ids: readonly string[]): Promise<void> {
  const store = createStore(house)
  for (const id of await strayFiles(house.db, ids)) await store.erase(id)
}

/** The bytes first: a crash in between erases them again. */
async function eraseFiles(house: House): Promise<void> {
  const ids = await filesToErase(house.db)
  if (ids.length === 0) return
  const store = createStore(house)
  for (const id of ids) await store.erase(id)
  await noteErased(house.db, ids)
}

async function recover({ db, seal, log }: House, at: Account): Promise<void> {
  const recovered = await inTrips(db, async ({ trx, begin, commit }) => {
    const [, rows] = await Promise.all([begin(), recoverDead(trx, at)])
    await askAgain(trx, seal, rows)
    await commit()
    return rows
  })
  for (const { id, state } of recovered) log.warn({ ledger: id, state }, 'the process that held this message died')
}
