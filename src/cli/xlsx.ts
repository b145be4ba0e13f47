// Registrations as an Excel file. Every cell is text and stays text when it is edited: nothing becomes a formula.
import writeXlsxFile, { type Row } from 'write-excel-file/node'

const TEXT = '@'
/** XML has no place for them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** Writes a table of texts into a file; the first row stays in sight. */
export async function writeXlsx(
  path: string,
  titles: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): Promise<number> {
  const sheet: Row[] = [titles.map(value => ({ value, type: String, fontWeight: 'bold' }))]
  for await (const cells of rows) {
    sheet.push(
      cells.map(value => (value === '' ? null : { value: value.replace(CONTROL, ''), type: String, format: TEXT })),
    )
  }
  await writeXlsxFile(sheet, { stickyRowsCount: 1, columns: titles.map(() => ({ width: 20 })) }).toFile(path)
  return sheet.length - 1
}
