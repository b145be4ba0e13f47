// Reminds holders to renew, months before a certificate expires and years after its event.
import { mayPlanRenewals, planRenewal, readExpiring } from '../db/renewal-plan.ts'
import type { EventFile } from '../domain/event-file.ts'
import { tellableFrom } from '../domain/result-times.ts'
import type { House } from '../house.ts'

/** No rule looks further ahead. */
const FURTHEST = 'P2Y'
const AT = '09:00'

/** Plans what is due; gives how many messages were added. Looks only once in a while. */
export async function planRenewals({ db }: House): Promise<number> {
  if (!(await mayPlanRenewals(db))) return 0
  let added = 0
  for (const { file, now } of await readExpiring(db, FURTHEST)) {
    for (const moment of momentsOf(file, now)) added += await planRenewal(db, moment)
  }
  return added
}

/** The moments of a file's rules, the last one first. */
function momentsOf(file: EventFile, now: Date) {
  return file.reminders.plan.flatMap(rule => {
    if (!('expiry' in rule)) return []
    const due = tellableFrom(file, rule.id, now.toTemporalInstant())
    const sorted = rule.before.toSorted((a, b) => lengthOf(a) - lengthOf(b))
    return sorted.map((before, i) => ({
      event_id: file.event.id,
      rule: rule.id,
      before,
      shorter: sorted.slice(0, i),
      at: AT,
      zone: file.event.timezone,
      due_at: new Date(due.epochMilliseconds),
    }))
  })
}

const lengthOf = (duration: string): number =>
  Temporal.Duration.from(duration).total({ unit: 'hours', relativeTo: Temporal.PlainDate.from('2025-01-01') })
