// A list of nominees: what would become of each line, and all of it saved or nothing.
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import { tellOfficers } from '../db/claim.ts'
import {
  addNominations,
  findKnown,
  findNomination,
  listNominations,
  type NewNomination,
  type Nomination,
} from '../db/nomination.ts'
import type { Database } from '../db/schema.ts'
import { type Ground, readQueue, reserveOf, sendableOn, takeSeats } from '../db/seats.ts'
import { addTasks } from '../db/task.ts'
import type { ListLine } from '../domain/nominee-list.ts'
import { words } from '../domain/words.ts'
import { CHECKING } from '../flows/office-notices.ts'
import type { Given, OfficeOutcome, Verdict } from '../flows/office-types.ts'
import type { Seal } from '../seal.ts'
import { claimKey, claimToken, givenOf, keysOf } from './nominees.ts'
import { viewOf } from './office-view.ts'

type Db = Kysely<Database>
export type Office = { readonly id: string; readonly event: string; readonly association: string }

type Judged = Verdict & { readonly with?: string | null }

/** What would become of each line at this moment. */
export async function judge(
  trx: Db,
  seal: Seal,
  office: Office,
  ground: Ground,
  lines: readonly ListLine[],
): Promise<Judged[]> {
  const today = ground.file.event.date_start
  const keys = lines.map(line => keysOf(seal, line, today))
  const known = await findKnown(trx, office.event, office.association, keys)
  const own = (await listNominations(trx, office.event, office.association)).filter(
    ({ state }) => state !== 'BATAL' && state !== 'KEDALUWARSA',
  )
  const named = Map.groupBy(own, ({ name }) => words(name))
  const held = own.filter(({ state }) => state === 'DIUSULKAN' || state === 'DIKLAIM' || state === 'DITAWARI').length
  const { waiting } = await readQueue(trx, ground, office.association)
  let free = waiting > 0 ? 0 : Math.max(0, await countFree(trx, ground, office.association, held))
  let place = waiting
  const most = reserveOf(ground)
  const first = new Map<string, number>()
  return lines.map((line, i): Judged => {
    if (!line.name) return { verdict: 'nameless' }
    const { nik_key } = keys[i] as (typeof keys)[number]
    const phone = line.phone ?? ''
    // The same NIK, or the same name and no other phone.
    const marks = [...(nik_key ? [nik_key.toString('hex')] : []), ...(line.nik ? [] : [`${words(line.name)} ${phone}`])]
    const same = marks.map(mark => first.get(mark)).find(n => n !== undefined)
    if (same !== undefined) return { verdict: 'same', of: same }
    for (const mark of [...marks, `${words(line.name)} ${phone}`]) if (!first.has(mark)) first.set(mark, line.n)
    const found = known.get(line.n)
    if (found?.own || isNamed(seal, named.get(words(line.name)) ?? [], line)) return { verdict: 'known' }
    if (found) return { verdict: 'checking', with: found.other }
    if (free > 0) {
      free--
      return { verdict: 'new' }
    }
    place++
    return place > most ? { verdict: 'full', of: most } : { verdict: 'reserve', of: place }
  })
}

/** The same name is the same person, unless phone or NIK tell them apart. */
function isNamed(seal: Seal, namesakes: readonly Nomination[], line: ListLine): boolean {
  return namesakes.some(({ id, line: sealed }) => {
    const given = sealed ? seal.openJson<Given>(`nomination.line:${id}`, sealed) : undefined
    const differs = (a: string | undefined, b: string | undefined) => a !== undefined && b !== undefined && a !== b
    return !differs(given?.nik, line.nik) && !differs(given?.phone, line.phone)
  })
}

/** Free seats of the association's own. */
async function countFree(trx: Db, { file }: Ground, association: string, held: number): Promise<number> {
  const row = await trx
    .selectFrom('seat')
    .select(eb => eb.fn.countAll<number>().as('free'))
    .where('event_id', '=', file.event.id)
    .where('association', '=', association)
    .where('holder', 'is', null)
    .executeTakeFirst()
  return Math.min(row?.free ?? 0, (file.quotas[association] ?? 0) - held)
}

export async function save(
  trx: Db,
  seal: Seal,
  office: Office,
  ground: Ground,
  lines: readonly ListLine[],
): Promise<OfficeOutcome> {
  const verdicts = await judge(trx, seal, office, ground, lines)
  const view = async () => viewOf(trx, seal, office)
  const full = verdicts.filter(({ verdict }) => verdict === 'full').length
  if (full > 0) return { kind: 'office_save', saved: [], full, view: await view() }
  const fresh = lines.flatMap((line, i) => {
    const verdict = verdicts[i] as Judged
    return ['new', 'reserve', 'checking'].includes(verdict.verdict) ? [{ line, verdict }] : []
  })
  if (fresh.length === 0) return { kind: 'office_save', saved: [], full: 0, view: await view() }
  const { last } = await readQueue(trx, ground, office.association)
  let queue = last
  const rows = fresh.map(({ line, verdict }) =>
    newRow(seal, ground, line, {
      state: verdict.verdict === 'checking' ? 'DIPERIKSA' : verdict.verdict === 'reserve' ? 'CADANGAN' : 'DIUSULKAN',
      queue: verdict.verdict === 'reserve' ? ++queue : null,
      conflict_with: verdict.verdict === 'checking' ? (verdict.with ?? null) : null,
    }),
  )
  await addNominations(trx, { ...office, officer: office.id }, rows)
  const seated = rows
    .filter(({ state }) => state === 'DIUSULKAN')
    .map(({ id }) => ({ id, association: office.association }))
  const won = await takeSeats(trx, ground, seated)
  if (won.size < seated.length) throw new Error('a seat that was free under the lock could not be taken')
  await addTasks(
    trx,
    rows.filter(({ state }) => state === 'DIPERIKSA').map(({ id, name }) => conflictTask(seal, office, id, name)),
  )
  await tellChecked(
    trx,
    ground,
    rows.flatMap(({ id, conflict_with }) => (conflict_with ? [{ newer: id, older: conflict_with }] : [])),
  )
  const seen = await view()
  const order = new Map(rows.map(({ id }, n) => [id, n]))
  const saved = seen.nominees
    .filter(({ id }) => order.has(id))
    .toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
  return { kind: 'office_save', saved, full: 0, view: seen }
}

/** The officers of who nominated the same people before hear that they are under examination, and no more. */
async function tellChecked(
  trx: Db,
  ground: Ground,
  conflicts: readonly { readonly newer: string; readonly older: string }[],
): Promise<void> {
  for (const { newer, older } of conflicts) {
    const nomination = await findNomination(trx, older)
    await tellOfficers(trx, CHECKING, nomination, newer, sendableOn(ground))
  }
}

export function newRow(
  seal: Seal,
  { file }: Ground,
  line: ListLine,
  place: Pick<NewNomination, 'state' | 'queue' | 'conflict_with'>,
): NewNomination {
  const id = randomUUIDv7()
  const { n: _, ...keys } = keysOf(seal, line, file.event.date_start)
  return {
    id,
    name: line.name ?? '',
    ...keys,
    line: seal.sealJson(`nomination.line:${id}`, givenOf(line)),
    claim_key: claimKey(seal, claimToken(seal, id, 1)),
    ...place,
  }
}

const conflictTask = (seal: Seal, { event, association }: Office, nomination: string, name: string) => {
  const id = randomUUIDv7()
  return {
    id,
    kind: 'conflict',
    event_id: event,
    conversation_id: null,
    registration_id: null,
    detail: seal.sealJson(`task.detail:${id}`, { name, association, nomination }),
    matter: `conflict ${nomination}`,
  }
}
