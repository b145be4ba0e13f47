// `sapa nominations`: whom associations have nominated, and the conflicts that wait for a decision.
import type { Command } from 'commander'
import { audit } from '../db/audit.ts'
import { tellOfficers } from '../db/claim.ts'
import { listNominations } from '../db/nomination.ts'
import { type Conflict, dismiss, listConflicts, uphold } from '../db/nomination-conflict.ts'
import { tellCalledOff } from '../db/nomination-notice.ts'
import { lockSeats, sendableOn } from '../db/seats.ts'
import { maskPhone } from '../domain/phone.ts'
import { CALLED_OFF } from '../flows/office-notices.ts'
import type { Given } from '../flows/office-types.ts'
import type { House } from '../house.ts'
import { chooseEvent } from './event-choice.ts'
import { actor, type Common, inHouse } from './house.ts'
import { type Column, printJson, printLines, tableHead, tableLine } from './print.ts'
import { CommandRefused } from './refuse.ts'

type Options = Common & { readonly event?: string; readonly for?: string; readonly reveal?: true }

export function addNominations(program: Command): void {
  const nominations = program
    .command('nominations')
    .description('list whom the associations have nominated')
    .option('--event <id>', 'id of the event, where there are several')
    .option('--reveal', 'show phone numbers in full')
    .action((_, command: Command) => inHouse(house => list(house, command.optsWithGlobals<Options>())))
  nominations
    .command('conflicts')
    .description('list people whom two associations have nominated')
    .action((_, command: Command) => inHouse(house => conflicts(house, command.optsWithGlobals<Options>())))
  nominations
    .command('resolve')
    .description('decide for which association a person comes; both are told')
    .argument('<ID>', 'id of the conflict, or the end of it as the list shows')
    .requiredOption('--for <association>', 'the association for which the person comes')
    .action((id: string, _, command: Command) =>
      inHouse(house => resolve(house, id, command.optsWithGlobals<Options>())),
    )
}

type Shown = {
  readonly association: string | null
  readonly name: string
  readonly phone: string | null
  readonly state: string
  readonly reserve: number | null
}

const COLUMNS: readonly Column<Shown>[] = [
  { title: 'ASSOCIATION', width: 12, of: one => one.association ?? '' },
  { title: 'NAME', width: 30, of: one => one.name },
  { title: 'PHONE', width: 15, of: one => one.phone ?? '' },
  { title: 'STATE', width: 11, of: one => one.state },
  { title: 'RESERVE', width: 7, right: true, of: one => (one.reserve === null ? '' : String(one.reserve)) },
]

async function list({ db, seal }: House, options: Options): Promise<void> {
  const { id } = await chooseEvent(db, options.event)
  const shown = (await listNominations(db, id)).map(({ id, association, name, line, state, reserve }): Shown => {
    const phone = line ? (seal.openJson<Given>(`nomination.line:${id}`, line).phone ?? null) : null
    return { association, name, phone: phone && !options.reveal ? maskPhone(phone) : phone, state, reserve }
  })
  if (options.json) return printJson(shown)
  if (shown.length === 0) return printLines('nobody has been nominated yet')
  await printLines(tableHead(COLUMNS), ...shown.map(one => tableLine(COLUMNS, one)))
}

const SHORT = 8
const CONFLICTS: readonly Column<Conflict>[] = [
  { title: 'ID', width: SHORT, of: one => one.id.slice(-SHORT) },
  { title: 'NAME', width: 30, of: one => one.name },
  { title: 'NOMINATED BY', width: 14, of: one => one.association },
  { title: 'AND BY', width: 14, of: one => one.other ?? 'registered' },
]

async function conflicts({ db }: House, options: Options): Promise<void> {
  const found = await listConflicts(db)
  if (options.json)
    return printJson(found.map(({ id, name, association, other }) => ({ id, name, association, other })))
  if (found.length === 0) return printLines('no conflicts')
  await printLines(tableHead(CONFLICTS), ...found.map(one => tableLine(CONFLICTS, one)))
}

async function resolve({ db, seal }: House, end: string, options: Options): Promise<void> {
  const by = actor(options)
  const wanted = options.for ?? ''
  const [found, ...others] = (await listConflicts(db)).filter(({ id }) => id.endsWith(end.toLowerCase()))
  if (!found || others.length > 0) throw new CommandRefused(`no single conflict has the id "${end}"`)
  const { id, association, other, conflict_with, event_id } = found
  if (wanted !== association && (other === null || wanted !== other))
    throw new CommandRefused(`the person was nominated by ${[association, other].filter(Boolean).join(' and ')}`)
  await db.transaction().execute(async trx => {
    const ground = await lockSeats(trx, event_id)
    const kept = wanted === association
    if (kept) {
      if (conflict_with) await dismiss(trx, ground, conflict_with)
      if (!(await uphold(trx, ground, found)))
        throw new CommandRefused(`the seats and the reserve of ${association} are full`)
    } else await dismiss(trx, ground, id)
    const at = sendableOn(ground)
    const over = kept ? conflict_with : id
    if (over) await tellCalledOff(trx, CALLED_OFF, over, at)
    await tellOfficers(trx, 'usulan-diperiksa', { id, event_id, association }, 'resolved', at)
    if (conflict_with && other)
      await tellOfficers(
        trx,
        'usulan-diperiksa',
        { id: conflict_with, event_id, association: other },
        `resolved ${id}`,
        at,
      )
    await audit(trx, seal, [{ by, action: 'nomination.resolve', subject: id, detail: { for: wanted } }])
  })
  return options.json
    ? printJson({ resolved: id, for: wanted })
    : printLines(`resolved: ${found.name} comes for ${wanted}`)
}
