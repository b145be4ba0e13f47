// `sapa checkin`, `sapa attendance sheet`: who is there, and the list to sign.
import type { Command } from 'commander'
import { audit } from '../db/audit.ts'
import { checkIn, findPeople, readSheet, type SheetLine } from '../db/check-in.ts'
import { type ListedEvent, listEvents } from '../db/event-list.ts'
import { readRegistrationNumber } from '../domain/number.ts'
import { readTicket } from '../files/ticket.ts'
import type { House } from '../house.ts'
import type { Seal } from '../seal.ts'
import { actor, type Common, inHouse } from './house.ts'
import { type Column, printJson, printLines, tableHead, tableLine } from './print.ts'
import { CommandRefused, groupReasons } from './refuse.ts'

type Options = Common & { readonly session: string; readonly event?: string }

export function addCheckIn(program: Command): void {
  program
    .command('checkin')
    .description('check people in at a session; a second time says when and by whom they were. All of them or none')
    .argument('<CODE|NUMBER...>', "the QR code's text, or a registration number such as PSR-00042W")
    .requiredOption('--session <id>', 'id of the session, such as d1-reg')
    .action((codes: string[], _, command: Command) =>
      inHouse(house => check(house, codes, command.optsWithGlobals<Options>())),
    )

  program
    .command('attendance')
    .description('lists of attendance')
    .command('sheet')
    .description('print the list of who is accepted, with a column to sign')
    .requiredOption('--session <id>', 'id of the session, such as d1-reg')
    .option('--event <id>', 'id of the event, where several have such a session')
    .action((_, command: Command) => inHouse(house => sheet(house, command.optsWithGlobals<Options>())))
}

async function check({ db, seal }: House, codes: readonly string[], options: Options): Promise<void> {
  const read = codes.map(code => ({ code, number: numberOf(seal, code) }))
  const forged = read.filter(({ number }) => number === undefined)
  refuse(forged.map(({ code }) => [code, 'neither a ticket of ours nor a registration number']))
  const numbers = [...new Set(read.flatMap(({ number }) => number ?? []))]
  const by = actor(options)
  const events = await listEvents(db)
  const people = await db.transaction().execute(async trx => {
    const found = new Map((await findPeople(trx, numbers)).map(person => [person.number, person]))
    const has = (id: string) =>
      hasSession(
        events.find(event => event.id === id),
        options.session,
      )
    refuse(
      numbers.flatMap((number): [string, string][] => {
        const person = found.get(number)
        if (!person) return [[number, 'not registered']]
        if (person.status !== 'DITERIMA') return [[number, `not accepted: ${person.status}`]]
        return has(person.event_id) ? [] : [[number, `its event has no session "${options.session}"`]]
      }),
    )
    const checked = await checkIn(trx, numbers, options.session, by)
    await audit(
      trx,
      seal,
      checked
        .filter(({ fresh }) => fresh)
        .map(({ number }) => {
          return { by, action: 'checkin', subject: number, detail: { session: options.session } }
        }),
    )
    return numbers.flatMap(number => checked.find(one => one.number === number) ?? [])
  })
  if (options.json)
    return printJson(
      people.map(({ number, name, at, by, fresh }) => {
        return { number, name, session: options.session, at: at.toISOString(), by, already: !fresh }
      }),
    )
  await printLines(
    ...people.map(({ number, name, at, by, fresh, event_id }) => {
      const when = sayTime(
        events.find(event => event.id === event_id),
        at,
      )
      return fresh
        ? `${number}  ${name}: checked in at ${options.session}, ${when}`
        : `${number}  ${name}: was checked in already at ${options.session}, ${when}, by ${by}`
    }),
  )
}

/** A scanned ticket, whose tag must be ours, or a number as typed. */
function numberOf(seal: Seal, code: string): string | undefined {
  if (code.includes('.')) return readTicket(seal, code) ?? undefined
  const read = readRegistrationNumber(code)
  return read.ok ? read.value : undefined
}

const hasSession = (event: ListedEvent | undefined, session: string) =>
  event?.file.sessions.some(({ id }) => id === session) ?? false

function refuse(reasons: readonly (readonly [string, string])[]): void {
  if (reasons.length > 0) throw new CommandRefused(`nobody was checked in: ${groupReasons(reasons)}`)
}

function sayTime(event: ListedEvent | undefined, at: Date): string {
  const there = at.toTemporalInstant().toZonedDateTimeISO(event?.file.event.timezone ?? 'UTC')
  return `${there.toPlainDate()} ${there.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

const COLUMNS: readonly Column<SheetLine & { readonly nth: number }>[] = [
  { title: 'NO', width: 4, right: true, of: line => String(line.nth) },
  { title: 'NUMBER', width: 11, of: line => line.number },
  { title: 'NAME', width: 30, of: line => line.name },
  { title: 'ASSOCIATION', width: 12, of: line => line.association ?? '-' },
  { title: 'SAID', width: 9, of: line => (line.late ? 'TERLAMBAT' : (line.answer ?? '')) },
  { title: 'THERE', width: 6, of: line => (line.at ? 'yes' : '') },
  { title: 'SIGNATURE', width: 24, of: () => '_'.repeat(24) },
]

async function sheet({ db }: House, { session, event, json }: Options): Promise<void> {
  const events = (await listEvents(db)).filter(one => hasSession(one, session) && one.id === (event ?? one.id))
  const [chosen, ...others] = events
  if (!chosen) throw new CommandRefused(`no event has a session "${session}"`)
  if (others.length > 0)
    throw new CommandRefused(`several events have it, name one with --event: ${events.map(({ id }) => id).join(', ')}`)
  const lines = (await readSheet(db, chosen.id, session)).map((line, n) => ({ ...line, nth: n + 1 }))
  if (json) return printJson(lines.map(({ nth, at, ...line }) => ({ ...line, at: at?.toISOString() ?? null })))
  const told = chosen.file.sessions.find(({ id }) => id === session)
  await printLines(
    chosen.file.event.title,
    `${told?.title}, ${told && sayTime(chosen, new Date(told.start))}, ${chosen.file.event.venue.name}`,
    '',
    tableHead(COLUMNS),
    ...lines.flatMap(line => [tableLine(COLUMNS, line), '']),
    `${lines.length} people`,
  )
}
