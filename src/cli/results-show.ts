// How the results of an event stand, and what associations may hear of them.
import { countTold, type ImportedResult, readAssessed, readNewest, readStanding } from '../db/result-import.ts'
import { trades } from '../domain/catalogue.ts'
import { titled } from '../flows/result-text.ts'
import type { House } from '../house.ts'
import { chooseEvent } from './event-choice.ts'
import type { Common } from './house.ts'
import { type Column, printJson, printLines, tableHead, tableLine } from './print.ts'
import { opens } from './results-publish.ts'
import { sayAt, sayNumbers } from './say.ts'

type Options = Common & { readonly event?: string; readonly association?: string }

/** What waits, what is published, who was told. */
export async function show({ db }: House, options: Options): Promise<void> {
  const event = await chooseEvent(db, options.event)
  const newest = await readNewest(db, event.id)
  const told = await countTold(db, event.id)
  const standing = await readStanding(db, event.id)
  const has = new Set(standing.map(({ number }) => number))
  const missing = (await readAssessed(db, event.id)).filter(one => one.status === 'DITERIMA' && !has.has(one.number))
  const outcomes = { K: of(standing, 'K'), BK: of(standing, 'BK') }
  if (options.json)
    return printJson({ newest: newest ?? null, standing: outcomes, missing: missing.map(one => one.number), told })
  if (!newest) return printLines('there are no results yet: sapa results import FILE')
  const when = (at: Date | null) => (at === null ? '' : sayAt(event.file, at.toTemporalInstant()))
  await printLines(
    `import ${newest.number}: brought in by ${newest.imported_by}, ${when(newest.imported_at)}`,
    newest.published_by === null
      ? 'not published'
      : `published by ${newest.published_by}, ${when(newest.published_at)}`,
    newest.approved_by === null
      ? 'not approved: nobody is told'
      : `approved by ${newest.approved_by}, ${when(newest.approved_at)}; told from ${when(newest.tells_at)}`,
    `what counts now: ${outcomes.K} Kompeten, ${outcomes.BK} Belum Kompeten; ${missing.length} accepted without a result${missing.length ? `: ${sayNumbers(missing.map(one => one.number))}` : ''}`,
    ...told.map(one => `${one.purpose}: ${one.count} ${one.state}`),
  )
}

const of = (results: readonly ImportedResult[], outcome: string) =>
  results.filter(one => one.outcome === outcome).length

const TRADES = new Map(trades.map(trade => [trade.id, titled(trade)]))
type Line = {
  readonly association: string
  readonly number: string
  readonly name: string
  readonly trade: string
  readonly outcome: string
}

const COLUMNS: readonly Column<Line>[] = [
  { title: 'ASSOCIATION', width: 12, of: line => line.association },
  { title: 'NUMBER', width: 10, of: line => line.number },
  { title: 'NAME', width: 24, grows: 40, of: line => line.name },
  { title: 'TRADE', width: 40, of: line => line.trade },
  { title: 'RESULT', width: 14, of: line => line.outcome },
]

/** The published results by association. */
export async function summarise({ db, seal }: House, options: Options): Promise<void> {
  const event = await chooseEvent(db, options.event)
  const standing = (await readStanding(db, event.id)).filter(
    one => options.association === undefined || one.association === options.association,
  )
  const lines = standing
    .map((one): Line => {
      return {
        association: one.association ?? '',
        number: one.number,
        name: one.name,
        trade: TRADES.get(one.trade) ?? one.trade,
        outcome: opens(seal, one).outcome === 'K' ? 'Kompeten' : 'Belum Kompeten',
      }
    })
    .sort((a, b) => a.association.localeCompare(b.association) || a.number.localeCompare(b.number))
  if (options.json) return printJson(lines)
  if (lines.length === 0) return printLines('no results are published yet')
  const groups = [...Map.groupBy(lines, ({ association }) => association)]
  await printLines(
    tableHead(COLUMNS),
    ...lines.map(line => tableLine(COLUMNS, line)),
    '',
    ...groups.map(([association, people]) => {
      const competent = people.filter(({ outcome }) => outcome === 'Kompeten').length
      return `${association || '(none)'}: ${competent} Kompeten, ${people.length - competent} Belum Kompeten`
    }),
  )
}
