// The process that reads one spreadsheet: bytes on stdin, cells as JSON on stdout. What it is given is not trusted.
import { buffer } from 'node:stream/consumers'
import Papa from 'papaparse'
import readXlsx from 'read-excel-file/node'

/** More is refused elsewhere, with words; here it only must not grow. */
const MOST_ROWS = 1_200
const MOST_COLUMNS = 30
const MOST_LETTERS = 300

/** A number that Excel has rounded shows it: digits that are lost must not look like zeros. */
function textOf(cell: unknown): string {
  if (typeof cell === 'number') return Math.abs(cell) >= 1e15 ? cell.toExponential() : String(cell)
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'string' ? cell.trim().slice(0, MOST_LETTERS) : ''
}

/** The sheet with a column of names, else the first with anything in it. */
async function readBook(bytes: Buffer): Promise<readonly (readonly unknown[])[]> {
  const sheets = (await readXlsx(bytes)).map(({ data }) => data as readonly (readonly unknown[])[])
  const named = sheets.find(rows => rows.slice(0, 10).some(row => row.some(cell => /\bnama\b/i.test(textOf(cell)))))
  return named ?? sheets.find(rows => rows.length > 0) ?? []
}

/** UTF-8, or what old Windows programs write. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

const bytes = await buffer(process.stdin)
const rows =
  process.argv[2] === 'xlsx'
    ? await readBook(bytes)
    : (Papa.parse(decode(bytes), { preview: MOST_ROWS, skipEmptyLines: true }).data as string[][])
const cells = rows.slice(0, MOST_ROWS).map(row => row.slice(0, MOST_COLUMNS).map(textOf))
process.stdout.write(JSON.stringify(cells))
