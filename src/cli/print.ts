// What commands print: JSON for programs, CSV for spreadsheets, aligned columns for people.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Prints pieces as they come, no faster than they are read. A reader that leaves early (`| head`) is no mistake. */
export async function print(pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), process.stdout, { end: false })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
  }
}

export const printLines = (...lines: readonly string[]): Promise<void> => print(lines.map(line => `${line}\n`))

export const printJson = (value: unknown): Promise<void> => printLines(JSON.stringify(value, null, 2))

/** A JSON array, one item a line. */
export async function* jsonArray(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = '[\n'
  for await (const item of items) {
    yield before + JSON.stringify(item)
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

/** A line of CSV. What a spreadsheet would take for a formula gets an apostrophe before it. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(cell: string): string {
  const safe = /^[\s]*[=+\-@]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export type Column<Row> = {
  readonly title: string
  readonly width: number
  readonly of: (row: Row) => string
  readonly right?: boolean
  /** How wide it may become where there is room. */
  readonly grows?: number
}

const GAP = '  '

/** The first columns that fit into the terminal; what room is left goes to the one that grows. */
export function fitting<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  const room = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY
  let used = -GAP.length
  const shown = columns.filter(({ width }) => {
    used += GAP.length + width
    return used <= room
  })
  const left = room - shown.reduce((sum, { width }) => sum + GAP.length + width, -GAP.length)
  return shown.map(column => ({ ...column, width: Math.min(column.width + left, column.grows ?? column.width) }))
}

/** The titles of a table. */
export const tableHead = <Row>(columns: readonly Column<Row>[]): string =>
  line(columns.map(({ title, ...column }) => [title, column]))

/** One line of a table. */
export const tableLine = <Row>(columns: readonly Column<Row>[], row: Row): string =>
  line(columns.map(column => [column.of(row), column]))

function line(cells: readonly (readonly [string, { readonly width: number; readonly right?: boolean }])[]): string {
  return cells
    .map(([text, { width, right }]) => {
      const fitted = cut(plain(text), width)
      return right ? fitted.padStart(width) : fitted.padEnd(width)
    })
    .join(GAP)
    .trimEnd()
}

const cut = (text: string, width: number) => (text.length > width ? `${text.slice(0, width - 1)}…` : text)

/** Without what would move the cursor or turn the writing around. */
export const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/\p{C}/gu, '')
