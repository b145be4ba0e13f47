// Publishing results: one name publishes, another approves, and for some minutes nobody has heard anything yet.
import { audit } from '../db/audit.ts'
import { addNotices } from '../db/registration-decide.ts'
import {
  cancelResults,
  lockResults,
  noteApproved,
  notePublished,
  noteTells,
  noteUndone,
  type ResultImport,
  readImported,
  readStanding,
  supersedeResults,
} from '../db/result-import.ts'
import { addSummaries, cancelSummaries } from '../db/result-summary.ts'
import { type ResultDetail, tellsOf } from '../domain/result.ts'
import { tellableFrom } from '../domain/result-times.ts'
import type { House } from '../house.ts'
import type { Seal } from '../seal.ts'
import { CommandRefused } from './refuse.ts'

const UNDO_MINUTES = 10
/** So long a result waits for a phone that can't be reached. */
const USEFUL_DAYS = 90
const DAY = 86_400_000

/** Says that the import is right; nobody hears anything before another name approves. */
export function publish({ db, seal }: House, eventId: string, by: string): Promise<ResultImport> {
  return db.transaction().execute(async trx => {
    const { newest } = await lockResults(trx, eventId)
    const open = opened(newest)
    if (open.published_by !== null)
      throw new CommandRefused(`import ${open.number} is published already, by ${open.published_by}: it wants approval`)
    await notePublished(trx, open.id, by)
    await audit(trx, seal, [{ by, action: 'results.publish', subject: eventId, detail: { import: open.number } }])
    return open
  })
}

export type Approved = {
  readonly import: number
  /** Until then it can be undone; from then on people are told, as the hours of the rule allow. */
  readonly tellsAt: Date
  readonly leavesAt: Date
  /** How many hear what; who hears nothing knows it already. */
  readonly hasil: number
  readonly sertifikat: number
  /** Officers who hear their association's numbers afterwards: where some of its members hear a first result. */
  readonly officers: number
}

/** Approves what another name published: queues what each person hears, for when it can no longer be undone. */
export function approve({ db, seal }: House, eventId: string, by: string): Promise<Approved> {
  return db.transaction().execute(async trx => {
    const { newest, file, now } = await lockResults(trx, eventId)
    const open = opened(newest)
    if (open.published_by === null) throw new CommandRefused(`import ${open.number} is not published yet`)
    if (sameName(open.published_by, by))
      throw new CommandRefused(`${open.published_by} published it: another name must approve`)
    const tellsAt = new Date(now.getTime() + (file.results?.undo_minutes ?? UNDO_MINUTES) * 60_000)
    const before = new Map((await readStanding(trx, eventId)).map(one => [one.id, opens(seal, one)]))
    const people = (await readImported(trx, open.id)).map(one => {
      return { ...one, revision: 0, tells: tellsOf(opens(seal, one), before.get(one.id)) }
    })
    await noteApproved(trx, open.id, by, tellsAt)
    await noteTells(trx, open.id, people)
    const occurrence = occurrenceOf({ ...open, round: open.round + 1 })
    const hears = people.filter(({ tells }) => tells !== null)
    await supersedeResults(trx, eventId, occurrence, hears)
    for (const purpose of ['hasil', 'sertifikat'] as const) {
      // A file without the rule wants no such message.
      if (!file.reminders.plan.some(({ id }) => id === purpose)) continue
      const due = new Date(tellableFrom(file, purpose, tellsAt.toTemporalInstant()).epochMilliseconds)
      const expires_at = new Date(due.getTime() + USEFUL_DAYS * DAY)
      const told = hears.filter(({ tells }) => tells === purpose)
      await addNotices(trx, { purpose, event_id: eventId, occurrence, priority: 10, due_at: due, expires_at }, told)
    }
    const first = hears.flatMap(one => (before.has(one.id) || one.association === null ? [] : [one.association]))
    const leaves = tellableFrom(file, 'hasil', tellsAt.toTemporalInstant())
    const leavesAt = new Date(leaves.epochMilliseconds)
    const expires_at = new Date(leaves.epochMilliseconds + USEFUL_DAYS * DAY)
    const officers = file.reminders.plan.some(({ id }) => id === 'hasil')
      ? await addSummaries(trx, eventId, { occurrence, due_at: leavesAt, expires_at }, [...new Set(first)])
      : 0
    const count = (purpose: string) => people.filter(({ tells }) => tells === purpose).length
    const [hasil, sertifikat] = [count('hasil'), count('sertifikat')]
    await audit(trx, seal, [
      { by, action: 'results.approve', subject: eventId, detail: { import: open.number, hasil, sertifikat, officers } },
    ])
    return { import: open.number, tellsAt, leavesAt, hasil, sertifikat, officers }
  })
}

/** Takes an approval back while nobody has heard anything. */
export function undo({ db, seal }: House, eventId: string, by: string): Promise<number> {
  return db.transaction().execute(async trx => {
    const { newest, now } = await lockResults(trx, eventId)
    if (!newest?.published_at) throw new CommandRefused('nothing is published: there is nothing to undo')
    const late = newest.tells_at !== null && newest.tells_at <= now
    if (late || !(await cancelResults(trx, eventId, occurrenceOf(newest))))
      throw new CommandRefused(
        `import ${newest.number} can't be undone any more: people have been told since ${newest.tells_at?.toISOString()}. Import a corrected file`,
      )
    await cancelSummaries(trx, eventId, occurrenceOf(newest))
    await noteUndone(trx, newest.id)
    await audit(trx, seal, [{ by, action: 'results.undo', subject: eventId, detail: { import: newest.number } }])
    return newest.number
  })
}

function opened(newest: ResultImport | undefined): ResultImport {
  if (!newest) throw new CommandRefused('there are no results yet: sapa results import FILE')
  if (newest.approved_at !== null)
    throw new CommandRefused(`import ${newest.number} is approved already, by ${newest.approved_by}`)
  return newest
}

/** What makes a message about results one of its kind: what was undone is said anew under another. */
const occurrenceOf = ({ number, round }: Pick<ResultImport, 'number' | 'round'>) => `${number}.${round}`

const sameName = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

/** An outcome with its detail, opened. */
export function opens(
  seal: Seal,
  one: { readonly id: string; readonly import_id: string; readonly outcome: 'K' | 'BK'; readonly detail: Buffer },
) {
  return {
    outcome: one.outcome,
    detail: seal.openJson<ResultDetail>(`result.detail:${one.import_id} ${one.id}`, one.detail),
  }
}
