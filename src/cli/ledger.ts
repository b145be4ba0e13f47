// `sapa ledger`: everything that was sent or is to be sent, and what became of it.
import { type Command, Option } from 'commander'
import { LEDGER_STATES, type LedgerFilter, type LedgerRow, listLedger } from '../db/ledger-list.ts'
import { findByNumber } from '../db/registration-decide.ts'
import { readRegistrationNumber } from '../domain/number.ts'
import type { House } from '../house.ts'
import { chooseEvent } from './event-choice.ts'
import { type Common, inHouse } from './house.ts'
import { type Resolving, resolve } from './ledger-resolve.ts'
import { type Column, fitting, jsonArray, print, tableHead, tableLine } from './print.ts'
import { CommandRefused } from './refuse.ts'
import { text } from './registrations.ts'

type Options = Common & LedgerFilter

export function addLedger(program: Command): void {
  const ledger = program
    .command('ledger')
    .description(
      'list what was sent and what became of it, the newest first; never the text. Road 2 is the second channel, after the first failed',
    )
    .option('--person <number>', 'only to this person, by registration number')
    .option('--event <id>', 'only of this event')
    .addOption(new Option('--state <state>', 'only in this state').choices(LEDGER_STATES))
    .action((_, command: Command) => inHouse(house => list(house, command.optsWithGlobals<Options>())))

  ledger
    .command('resolve')
    .description('decide about a message that is uncertain or failed: send it once more, or close it')
    .argument('<ID>', 'id of the message, or the end of it as the list shows')
    .addOption(new Option('--resend', 'send it once more; it may arrive twice').conflicts('close'))
    .option('--close', 'send nothing more')
    .requiredOption('--why <reason>', 'why, for the audit log', text)
    .action((id: string, _, command: Command) => {
      const options = command.optsWithGlobals<Resolving>()
      if (!options.resend && !options.close) command.error('error: say what to do: --resend or --close')
      return inHouse(house => resolve(house, id.toLowerCase(), options))
    })
}

async function list({ db }: House, { person, event, state, json }: Options): Promise<void> {
  if (event !== undefined) await chooseEvent(db, event)
  const filter = {
    ...(person !== undefined && { person: await findNumber(db, person) }),
    ...(event !== undefined && { event }),
    ...(state !== undefined && { state }),
  }
  // One moment's picture, however long the reader takes.
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async trx => {
      const rows = listLedger(trx, filter)
      return print(json ? jsonArray(rows) : asTable(rows))
    })
}

async function findNumber(db: House['db'], typed: string): Promise<string> {
  const read = readRegistrationNumber(typed)
  const [found] = read.ok ? await findByNumber(db, [read.value]) : []
  if (!found) throw new CommandRefused(`"${typed}" is no registration's number`)
  return found.number
}

/** The end of an id that is enough to name a message. */
const SHORT = 8

const COLUMNS: readonly Column<LedgerRow>[] = [
  { title: 'ID', width: SHORT, of: row => row.id.slice(-SHORT) },
  { title: 'SENT', width: 16, of: row => sayTime(row.sent_at ?? row.created_at) },
  { title: 'STATE', width: 10, of: row => row.state },
  { title: 'RULE', width: 12, grows: 24, of: row => row.rule },
  { title: 'NUMBER', width: 10, of: row => row.number ?? '' },
  { title: 'CHANNEL', width: 9, of: row => row.channel ?? '' },
  { title: 'ROAD', width: 4, of: row => String(row.road) },
  { title: 'WHY', width: 30, of: row => row.why ?? '' },
]

/** "2025-10-08 07:30", in UTC as in the JSON. */
const sayTime = (time: Date): string => time.toISOString().slice(0, 16).replace('T', ' ')

async function* asTable(rows: AsyncIterable<LedgerRow>): AsyncGenerator<string> {
  const columns = fitting(COLUMNS)
  let count = 0
  for await (const row of rows) {
    if (count++ === 0) yield `${tableHead(columns)}\n`
    yield `${tableLine(columns, row)}\n`
  }
  yield count === 0 ? 'nothing was sent\n' : `\n${count} ${count === 1 ? 'message' : 'messages'}, times in UTC\n`
}
