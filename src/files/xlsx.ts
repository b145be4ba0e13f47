// Excel files of texts. Every cell is text and stays text when it is edited: nothing becomes a formula, no NIK a number.
import writeXlsxFile, { type Row } from 'write-excel-file/node'

const TEXT = '@'
/** XML has no place for them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** A row in bold. */
export const headRow = (titles: readonly string[]): Row =>
  titles.map(value => ({ value, type: String, fontWeight: 'bold' }))

/** A row of texts. */
export const textRow = (cells: readonly string[]): Row =>
  cells.map(value => (value === '' ? null : { value: value.replace(CONTROL, ''), type: String, format: TEXT }))

/** A file of these rows, the first being the titles; the first row stays in sight. */
export function xlsxFile(sheet: readonly Row[], columns: number) {
  return writeXlsxFile([...sheet], {
    stickyRowsCount: 1,
    columns: Array.from({ length: columns }, () => ({ width: 20 })),
  })
}
