// `sapa officer`: who may nominate for an association. An invitation binds one chat, once.
import { randomInt, randomUUIDv7 } from 'node:crypto'
import type { Command } from 'commander'
import { audit } from '../db/audit.ts'
import { addInvitation, listOfficers, readPlaces, removeOfficer } from '../db/officer.ts'
import { associations } from '../domain/catalogue.ts'
import { invitationCode, spaced } from '../domain/claim-code.ts'
import { linksOf } from '../domain/links.ts'
import { REMOVED } from '../flows/office-notices.ts'
import type { House } from '../house.ts'
import { chooseEvent } from './event-choice.ts'
import { actor, type Common, inHouse } from './house.ts'
import { type Column, printJson, printLines, tableHead, tableLine } from './print.ts'
import { CommandRefused } from './refuse.ts'

type Options = Common & { readonly event?: string; readonly association: string; readonly name?: string }

export function addOfficer(program: Command): void {
  const officer = program.command('officer').description('officers of associations, who nominate by chat')
  officer
    .command('invite')
    .description('make a one-time code that makes a chat an officer’s; valid for a week')
    .option('--event <id>', 'id of the event, where there are several')
    .requiredOption('--association <id>', 'id of the association, such as gapensi')
    .option('--name <name>', 'who is invited')
    .action((_, command: Command) => inHouse(house => invite(house, command.optsWithGlobals<Options>())))
  officer
    .command('list')
    .description('list the officers of an event')
    .option('--event <id>', 'id of the event, where there are several')
    .action((_, command: Command) => inHouse(house => list(house, command.optsWithGlobals<Options>())))
  officer
    .command('remove')
    .description('take an officer’s right away; what he nominated stays')
    .argument('<ID>', 'id of the officer, or the end of it as the list shows')
    .action((id: string, _, command: Command) => inHouse(house => remove(house, id, command.optsWithGlobals<Common>())))
}

async function invite({ db, seal }: House, options: Options): Promise<void> {
  const { association, name } = options
  const { id: event, file } = await chooseEvent(db, options.event)
  const known = associations.find(({ id }) => id === association)
  if (!known || !file.quotas[association]) throw new CommandRefused(`${association} has no seats in ${event}`)
  const id = randomUUIDv7()
  const code = invitationCode(randomInt)
  const by = actor(options)
  const until = await db.transaction().execute(async trx => {
    const sealed = name ? seal.seal(`invitation.name:${id}`, name) : null
    const code_key = seal.lookup('invitation', code)
    const until = await addInvitation(trx, { id, event_id: event, association, name: sealed, code_key })
    await audit(trx, seal, [{ by, action: 'officer.invite', subject: association, detail: { event, invitation: id } }])
    return until
  })
  const { telegram, whatsapp } = linksOf(await readPlaces(db), 'PENGURUS', code)
  if (options.json) return printJson({ code, telegram, whatsapp, expires_at: until.toISOString() })
  await printLines(
    `code for an officer of ${known.acronym}: ${spaced(code)}`,
    ...(telegram ? [`Telegram: ${telegram}`] : []),
    ...(whatsapp ? [`WhatsApp: ${whatsapp}`] : []),
    `It works once, for one chat, until ${until.toISOString()}. In the chat: PENGURUS ${spaced(code)}`,
  )
}

type Shown = { readonly id: string; readonly association: string; readonly name: string; readonly channel: string }

const SHORT = 8
const COLUMNS: readonly Column<Shown>[] = [
  { title: 'ID', width: SHORT, of: one => one.id.slice(-SHORT) },
  { title: 'ASSOCIATION', width: 12, of: one => one.association },
  { title: 'CHANNEL', width: 10, of: one => one.channel },
  { title: 'NAME', width: 30, of: one => one.name },
]

async function list({ db, seal }: House, options: Options): Promise<void> {
  const officers = (await listOfficers(db, (await chooseEvent(db, options.event)).id)).map(
    ({ id, name, bound_at, ...one }) => ({
      id,
      ...one,
      name: name ? seal.open(`officer.name:${id}`, name).toString() : '',
      bound_at: bound_at.toISOString(),
    }),
  )
  if (options.json) return printJson(officers)
  if (officers.length === 0) return printLines('no officers yet')
  await printLines(tableHead(COLUMNS), ...officers.map(one => tableLine(COLUMNS, one)))
}

async function remove({ db, seal }: House, id: string, options: Common): Promise<void> {
  const by = actor(options)
  await db.transaction().execute(async trx => {
    const removed = /^[0-9a-f-]{8,36}$/i.test(id) ? await removeOfficer(trx, id.toLowerCase(), REMOVED) : []
    if (removed.length !== 1) throw new CommandRefused(`no single officer has the id "${id}"`)
    await audit(trx, seal, [{ by, action: 'officer.remove', subject: removed[0] as string }])
  })
  return options.json ? printJson({ removed: id }) : printLines(`removed: ${id}`)
}
