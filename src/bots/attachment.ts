// The file that goes with a reply, made when it is sent: a text, a spreadsheet, cards to print.
import type { Reply } from '../flows/types.ts'

export type Attachment = { readonly name: string; readonly type: string; readonly bytes: Buffer }

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const CARDS = 'kartu-qr.pdf'

/** The name of the file that comes with a reply; empty where there is none. */
export const attachedName = ({ document, table, cards }: Reply): string =>
  document?.name ?? table?.name ?? (cards ? CARDS : '')

/** The file of a reply; undefined where it has none. What writes PDF and xlsx weighs 15 MB: it is loaded when first needed. */
export async function attachmentOf({ document, table, cards }: Reply): Promise<Attachment | undefined> {
  if (document) return { name: document.name, type: 'text/plain', bytes: Buffer.from(document.text) }
  if (cards) {
    const { cardsPdf } = await import('../files/cards.ts')
    return { name: CARDS, type: 'application/pdf', bytes: await cardsPdf(cards) }
  }
  if (!table) return undefined
  const { headRow, textRow, xlsxFile } = await import('../files/xlsx.ts')
  const [titles = [], ...rows] = table.rows
  const file = xlsxFile([headRow(titles), ...rows.map(textRow)], titles.length)
  return { name: table.name, type: XLSX, bytes: await file.toBuffer() }
}
