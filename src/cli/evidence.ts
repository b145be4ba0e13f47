// `sapa evidence`: one folder with what an inspector asks for. Names and numbers, never a NIK, a phone or a chat's words.
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { audit } from '../db/audit.ts'
import { verifyChain } from '../db/audit-chain.ts'
import { readNow } from '../db/clock.ts'
import { readAppeals, readAttendance, readAudit, readDecisions, sumLedger } from '../db/evidence.ts'
import { readStanding } from '../db/result-import.ts'
import { trades } from '../domain/catalogue.ts'
import { titled } from '../flows/result-text.ts'
import type { House } from '../house.ts'
import { chooseEvent } from './event-choice.ts'
import { actor, type Common, inHouse } from './house.ts'
import { csvLine, printJson, printLines } from './print.ts'
import { CommandRefused } from './refuse.ts'
import { opens } from './results-publish.ts'

type Options = Common & { readonly event?: string; readonly out?: string }
type Table = {
  readonly titles: readonly string[]
  readonly rows: readonly (readonly (string | number | Date | null)[])[]
}

export function addEvidence(program: Command): void {
  program
    .command('evidence')
    .description(
      'write one folder: attendance, results, appeals, decisions, the ledger in sums, the audit log with its hashes, and a list of checksums',
    )
    .option('--event <id>', 'id of the event; not needed where there is only one')
    .option('--out <folder>', 'where to write it (default: evidence-EVENT)')
    .action((_, command: Command) => inHouse(house => write(house, command.optsWithGlobals<Options>())))
}

async function write(house: House, options: Options): Promise<void> {
  const { db, seal } = house
  const event = await chooseEvent(db, options.event)
  await audit(db, seal, [{ by: actor(options), action: 'evidence.write', subject: event.id }])
  // One moment's picture.
  const { tables, chain, now } = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async trx => {
      const picture = { ...house, db: trx }
      return { tables: await collect(picture, event.id), chain: await verifyChain(trx, seal), now: await readNow(trx) }
    })
  if (chain.faults.length > 0) throw new CommandRefused('the audit log was tampered with: see sapa audit verify')
  const counts = Object.fromEntries(Object.entries(tables).map(([name, { rows }]) => [name, rows.length]))
  const summary = { event: event.id, title: event.file.event.title, written_at: now, counts, audit_head: chain.head }
  const files: Record<string, string> = {
    ...Object.fromEntries(Object.entries(tables).map(([name, table]) => [`${name}.csv`, csvOf(table)])),
    'summary.json': `${JSON.stringify(summary, null, 2)}\n`,
  }
  const sums = Object.entries(files).map(
    ([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`,
  )
  const folder = options.out ?? `evidence-${event.id}`
  await save(folder, { ...files, SHA256SUMS: sums.join('') })
  if (options.json) return printJson({ folder, ...summary })
  await printLines(
    ...Object.entries(counts).map(([name, count]) => `${name}.csv: ${count}`),
    `head of the audit log: ${chain.head}`,
    `written: ${folder}. Keep the head apart, on paper: sapa audit verify --head HASH`,
  )
}

async function save(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new CommandRefused(`${folder} can't be written: ${code}`)
  }
}

const csvOf = ({ titles, rows }: Table): string =>
  [titles, ...rows.map(row => row.map(cellOf))].map(cells => csvLine(cells)).join('')

const cellOf = (cell: string | number | Date | null): string =>
  cell instanceof Date ? cell.toISOString() : cell === null ? '' : String(cell)

const TRADES = new Map(trades.map(trade => [trade.id, titled(trade)]))

async function collect({ db, seal }: Pick<House, 'db' | 'seal'>, event: string): Promise<Record<string, Table>> {
  const results = await readStanding(db, event)
  const log = (rows: Awaited<ReturnType<typeof readAudit>>): Table => ({
    titles: ['seq', 'id', 'at', 'by', 'action', 'subject', 'detail_sha256', 'hash'],
    rows: rows.map(row => [row.seq, row.id, row.at, row.by, row.action, row.subject, row.detail_hash, row.hash]),
  })
  return {
    attendance: {
      titles: ['number', 'name', 'status', 'association', 'said', 'session', 'checked_in_at', 'by'],
      rows: (await readAttendance(db, event)).map(row => [
        row.number,
        row.name,
        row.status,
        row.association,
        row.answer,
        row.session,
        row.at,
        row.by,
      ]),
    },
    results: {
      titles: ['number', 'name', 'association', 'trade', 'result', 'certificate', 'issued', 'valid_until', 'feedback'],
      rows: results.map(row => {
        const { outcome, detail } = opens(seal, row)
        const { certificate, issued, validUntil, feedback } = detail
        const said = [outcome, certificate, issued, validUntil, feedback]
        return [row.number, row.name, row.association, TRADES.get(row.trade) ?? row.trade, ...said]
      }),
    },
    appeals: {
      titles: ['number', 'name', 'at', 'settled_at', 'settled_by'],
      rows: (await readAppeals(db, event)).map(row => [
        row.number,
        row.name,
        row.created_at,
        row.closed_at,
        row.closed_by,
      ]),
    },
    ledger: {
      titles: ['rule', 'state', 'channel', 'messages'],
      rows: (await sumLedger(db, event)).map(row => [row.rule, row.state, row.channel, row.count]),
    },
    decisions: log(await readDecisions(db, event)),
    audit: log(await readAudit(db)),
  }
}
