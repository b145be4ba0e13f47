// Carries out what officers ask: looking, a list, calling off, replacing, links made anew.
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import { audit } from '../db/audit.ts'
import { addNominations, endRegistrations, findOwn, handOver, renewLink } from '../db/nomination.ts'
import { tellCalledOff } from '../db/nomination-notice.ts'
import type { Database } from '../db/schema.ts'
import { type Ground, lockSeats, readGround, release, sendableOn } from '../db/seats.ts'
import { addTasks } from '../db/task.ts'
import type { ListLine } from '../domain/nominee-list.ts'
import { onNominee } from '../flows/office-act.ts'
import { CALLED_OFF } from '../flows/office-notices.ts'
import type { NomineeFact, OfficeAsk, OfficeOutcome } from '../flows/office-types.ts'
import type { Seal } from '../seal.ts'
import { claimKey, claimToken } from './nominees.ts'
import { judge, newRow, type Office, save } from './office-list.ts'
import { summaryOf } from './office-results.ts'
import { viewOf } from './office-view.ts'
import type { Person } from './person.ts'

type Db = Kysely<Database>

/** Settles one ask of an officer, under the locks of his event where it changes anything. */
export async function settleOffice(trx: Db, seal: Seal, { waiting }: Person, ask: OfficeAsk): Promise<OfficeOutcome> {
  const { office } = waiting
  if (!office || office.event !== ask.event) throw new Error('only an officer asks for his own association')
  if (ask.kind === 'office_view') return { kind: 'office_view', view: await viewOf(trx, seal, office) }
  if (ask.kind === 'office_judge') return look(trx, seal, office, ask.lines)
  if (ask.kind === 'office_results') return summaryOf(trx, office)
  const ground = await lockSeats(trx, office.event)
  switch (ask.kind) {
    case 'office_save':
      return save(trx, seal, office, ground, ask.lines)
    case 'office_cancel':
      return { kind: 'office_cancel', done: await cancel(trx, seal, office, ground, ask.id) }
    case 'office_replace':
      return replace(trx, seal, waiting.conversation_id, office, ground, ask)
    case 'office_resend':
      return resend(trx, seal, office, ask.whom)
  }
}

/** What would become of each line. Nobody waits for it: it is judged again, under the locks, when it is saved. */
async function look(trx: Db, seal: Seal, office: Office, lines: readonly ListLine[]): Promise<OfficeOutcome> {
  const judged = await judge(trx, seal, office, await readGround(trx, office.event), lines)
  return { kind: 'office_judge', lines, verdicts: judged.map(({ with: _, ...verdict }) => verdict) }
}

async function cancel(trx: Db, seal: Seal, office: Office, ground: Ground, id: string): Promise<boolean> {
  const own = await findOwn(trx, office.event, office.association, id)
  if (!own) return false
  if (own.registration_id) await endRegistrations(trx, [own.registration_id])
  await release(trx, ground, [id], 'BATAL')
  await tellCalledOff(trx, CALLED_OFF, id, sendableOn(ground))
  await audit(trx, seal, [{ by: `officer ${office.id}`, action: 'nomination.cancel', subject: id }])
  return true
}

async function replace(
  trx: Db,
  seal: Seal,
  conversation: string,
  office: Office,
  ground: Ground,
  { id, line }: Extract<OfficeAsk, { readonly kind: 'office_replace' }>,
): Promise<OfficeOutcome> {
  const outcome = async (done: NomineeFact | 'late' | 'known' | null): Promise<OfficeOutcome> => {
    return { kind: 'office_replace', done, view: await viewOf(trx, seal, office) }
  }
  const own = await findOwn(trx, office.event, office.association, id)
  if (!own || own.state === 'DIPERIKSA') return outcome(null)
  const final = ground.file.deadlines.final_list
  if (final && ground.now >= new Date(final)) {
    const task = randomUUIDv7()
    const detail = seal.sealJson(`task.detail:${task}`, {
      association: office.association,
      name: own.name,
      by: line.said,
    })
    const about = { event_id: office.event, conversation_id: conversation, registration_id: own.registration_id }
    await addTasks(trx, [{ id: task, kind: 'replace_late', ...about, detail, matter: `replace ${id}` }])
    return outcome('late')
  }
  const [verdict] = await judge(trx, seal, office, ground, [{ ...line, n: 1 }])
  if (verdict?.verdict === 'known' || verdict?.verdict === 'checking' || verdict?.verdict === 'nameless')
    return outcome('known')
  const row = newRow(seal, ground, line, { state: 'DIUSULKAN', queue: null, conflict_with: null })
  await addNominations(trx, { ...office, officer: office.id }, [row])
  if (own.registration_id) await endRegistrations(trx, [own.registration_id])
  await handOver(trx, own, row.id)
  await tellCalledOff(trx, CALLED_OFF, id, sendableOn(ground))
  await audit(trx, seal, [
    { by: `officer ${office.id}`, action: 'nomination.replace', subject: id, detail: { by: row.id } },
  ])
  const view = await viewOf(trx, seal, office)
  return { kind: 'office_replace', done: view.nominees.find(one => one.id === row.id) ?? null, view }
}

async function resend(trx: Db, seal: Seal, office: Office, whom: string): Promise<OfficeOutcome> {
  const found = onNominee((await viewOf(trx, seal, office)).nominees, whom)
  const [one] = found
  const own = found.length === 1 && one ? await findOwn(trx, office.event, office.association, one.id) : undefined
  const renewed = own !== undefined && own.conversation_id === null
  if (renewed)
    await renewLink(trx, own.id, own.revision + 1, claimKey(seal, claimToken(seal, own.id, own.revision + 1)))
  const view = await viewOf(trx, seal, office)
  return {
    kind: 'office_resend',
    found,
    done: renewed ? (view.nominees.find(({ id }) => id === own.id) ?? null) : null,
    view,
  }
}
