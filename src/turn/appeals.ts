// What an erasure leaves of appeals. One that is looked at is an official record until it is settled: whoever looks at it
// needs its words. After that its number, its dates and what was ticked stay; the reason, in the person's own words, goes.
import type { Kysely } from 'kysely'
import { appealOfTask, type KeptAppeal, lockAppeals, writeAppeals } from '../db/appeal.ts'
import type { Database } from '../db/schema.ts'
import type { Seal } from '../seal.ts'

type Db = Kysely<Database>

/** In the detail of an open appeal's task: the person had the own data erased meanwhile. */
const ERASED = 'erase_when_closed'

/** Leaves of a registration's appeals what must be kept: of an open one everything, where the registration stays. */
export async function leaveAppeals(trx: Db, seal: Seal, registrationId: string, kept: boolean): Promise<void> {
  const appeals = await lockAppeals(trx, registrationId)
  await writeAppeals(
    trx,
    appeals.map(one => (kept && one.open ? marked(seal, one) : unsaid(seal, one))),
  )
}

/** An appeal was settled: of whoever had the own data erased meanwhile its words go now. */
export async function settleAppeal(trx: Db, seal: Seal, taskId: string): Promise<void> {
  const appeal = await appealOfTask(trx, taskId)
  if (appeal && detailOf(seal, appeal)[ERASED]) await writeAppeals(trx, [unsaid(seal, appeal)])
}

const place = (id: string) => `appeal.answers:${id}`
const detailOf = (seal: Seal, { task_id, detail }: KeptAppeal): Readonly<Record<string, unknown>> =>
  detail ? seal.openJson(`task.detail:${task_id}`, detail) : {}

const marked = (seal: Seal, appeal: KeptAppeal): KeptAppeal => {
  const detail = { ...detailOf(seal, appeal), [ERASED]: true }
  return { ...appeal, detail: seal.sealJson(`task.detail:${appeal.task_id}`, detail) }
}

/** The ticks stay, the reason goes. */
const unsaid = (seal: Seal, appeal: KeptAppeal): KeptAppeal => {
  const ticks = seal.openJson<readonly string[]>(place(appeal.id), appeal.answers).slice(0, -1)
  return { ...appeal, answers: seal.sealJson(place(appeal.id), [...ticks, '']), detail: null }
}
