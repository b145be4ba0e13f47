// `sapa registrations`: the list, and what an organiser decides about who is on it.
import { type Command, InvalidArgumentError } from 'commander'
import { audit } from '../db/audit.ts'
import { listRegistrations } from '../db/registration-list.ts'
import type { House } from '../house.ts'
import { accept, reject, returnForRepair } from './decide.ts'
import { chooseEvent } from './event-choice.ts'
import { actor, type Common, inHouse } from './house.ts'
import { csvLine, fitting, jsonArray, print, printJson, printLines, tableHead, tableLine } from './print.ts'
import { CommandRefused } from './refuse.ts'
import { CSV_FIELDS, csvCells, type RegistrationView, tableColumns, viewRegistration } from './registration-view.ts'
import { writeXlsx } from './xlsx.ts'

type ListOptions = Common & {
  readonly event?: string
  readonly reveal?: true
  readonly csv?: true
  readonly xlsx?: string
}

export function addRegistrations(program: Command): void {
  const registrations = program
    .command('registrations')
    .description('list registrations; NIK and phone are masked')
    .enablePositionalOptions()
    .option('--event <id>', 'only of this event')
    .option('--reveal', 'show NIK and phone in full; the audit log keeps who did')
    .option('--csv', 'as CSV, for a spreadsheet')
    .option('--xlsx <file>', 'into an Excel file')
    .action((_, command: Command) => {
      const options = command.optsWithGlobals<ListOptions>()
      if ([options.csv, options.json, options.xlsx].filter(Boolean).length > 1)
        command.error('error: --json, --csv and --xlsx exclude each other')
      return inHouse(house => list(house, options))
    })

  registrations
    .command('accept')
    .description('accept people within capacity and quota; each is told once. All of them or none')
    .argument('[NUMBER...]', 'registration numbers, such as PSR-00042W')
    .option('--all', 'everybody who waits (MENUNGGU_VERIFIKASI)')
    .option('--event <id>', 'with --all: of this event; not needed where there is only one')
    .action((numbers: string[], { all = false, event }: { all?: boolean; event?: string }, command: Command) => {
      const named = numbers.length > 0
      if (named === all) command.error('error: name registration numbers, or --all')
      const options = command.optsWithGlobals<Common>()
      return inHouse(async house => {
        const which = all ? { allOf: (await chooseEvent(house.db, event)).id } : { numbers }
        const accepted = await accept(house, which, actor(options))
        if (options.json) return printJson({ accepted })
        return printLines(accepted.length ? `accepted: ${accepted.join(', ')}` : 'nobody waits')
      })
    })

  registrations
    .command('return')
    .description('return a registration to its worker, who is asked again what the reason names')
    .argument('<NUMBER>', 'registration number, such as PSR-00042W')
    .requiredOption('--why <reason>', 'what is wrong, in words the worker reads: "foto KTP buram"', text)
    .action((number: string, { why }: { why: string }, command: Command) =>
      decideOne(command, (house, by) => returnForRepair(house, number, why, by), 'returned'),
    )

  registrations
    .command('reject')
    .description('reject a registration; the worker is told the reason, NIK and seat are free again')
    .argument('<NUMBER>', 'registration number, such as PSR-00042W')
    .requiredOption('--why <reason>', 'the reason, in words the worker reads', text)
    .action((number: string, { why }: { why: string }, command: Command) =>
      decideOne(command, (house, by) => reject(house, number, why, by), 'rejected'),
    )
}

async function list({ db, seal }: House, options: ListOptions): Promise<void> {
  const { event, reveal = false, json, csv, xlsx } = options
  if (event !== undefined) await chooseEvent(db, event)
  if (reveal)
    await audit(db, seal, [{ by: actor(options), action: 'registration.reveal', subject: event ?? 'all events' }])
  // One moment's picture, however long the reader takes.
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async trx => {
      const rows = listRegistrations(trx, event)
      const views = mapAll(rows, row => viewRegistration(seal, row, reveal))
      if (json) return print(jsonArray(views))
      if (xlsx !== undefined) return saveXlsx(xlsx, views)
      return print(csv ? asCsv(views) : asTable(views, reveal))
    })
}

async function saveXlsx(path: string, views: AsyncIterable<RegistrationView>): Promise<void> {
  const count = await writeXlsx(path, CSV_FIELDS, mapAll(views, csvCells)).catch((error: NodeJS.ErrnoException) => {
    if (error.syscall === undefined) throw error
    throw new CommandRefused(`${path} can't be written: ${error.code}`)
  })
  await printLines(`${count} registrations: ${path}`)
}

async function* asCsv(views: AsyncIterable<RegistrationView>): AsyncGenerator<string> {
  yield csvLine(CSV_FIELDS)
  for await (const view of views) yield csvLine(csvCells(view))
}

async function* asTable(views: AsyncIterable<RegistrationView>, reveal: boolean): AsyncGenerator<string> {
  const all = tableColumns(reveal)
  const columns = fitting(all)
  const counts = new Map<string, number>()
  let warned = 0
  for await (const view of views) {
    if (counts.size === 0) yield `${tableHead(columns)}\n`
    counts.set(view.status, (counts.get(view.status) ?? 0) + 1)
    if (view.warnings.length > 0) warned++
    yield `${tableLine(columns, view)}\n`
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (total === 0) return yield 'no registrations yet\n'
  const byStatus = [...counts].map(([status, count]) => `${count} ${status}`)
  yield `\n${total} ${total === 1 ? 'registration' : 'registrations'}: ${byStatus.join(', ')}\n`
  if (warned > 0) yield `${warned} with warnings\n`
  if (columns.length < all.length) yield 'More columns in a wider terminal, all of them with --csv or --json.\n'
}

async function* mapAll<From, To>(items: AsyncIterable<From>, change: (item: From) => To): AsyncGenerator<To> {
  for await (const item of items) yield change(item)
}

type Decide = (house: House, by: string) => Promise<string>

function decideOne(command: Command, decide: Decide, done: 'returned' | 'rejected'): Promise<void> {
  const options = command.optsWithGlobals<Common>()
  return inHouse(async house => {
    const number = await decide(house, actor(options))
    return options.json ? printJson({ [done]: number }) : printLines(`${done}: ${number}`)
  })
}

/** A reason with something in it. */
export function text(value: string): string {
  if (!value.trim()) throw new InvalidArgumentError('it is empty')
  return value.trim()
}
