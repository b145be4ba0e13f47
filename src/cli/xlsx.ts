// Registrations as an Excel file.
import { headRow, textRow, xlsxFile } from '../files/xlsx.ts'

/** Writes a table of texts into a file; gives how many rows it has. */
export async function writeXlsx(
  path: string,
  titles: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): Promise<number> {
  const sheet = [headRow(titles)]
  for await (const cells of rows) sheet.push(textRow(cells))
  await xlsxFile(sheet, titles.length).toFile(path)
  return sheet.length - 1
}
