// A sheet of cards to print and cut: a name and the QR code of a link each, on A4.
import PDFDocument from 'pdfkit'
import QRCode from 'qrcode'

export type Cards = {
  readonly title: string
  readonly people: readonly { readonly name: string; readonly link: string }[]
}

const COLUMNS = 2
const ROWS = 4
const MARGIN = 36
const QR = 120

/** The sheets as a PDF. */
export async function cardsPdf({ title, people }: Cards): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margin: MARGIN, autoFirstPage: false, info: { Title: title } })
  const pieces: Buffer[] = []
  pdf.on('data', (piece: Buffer) => pieces.push(piece))
  const ended = new Promise(resolve => pdf.on('end', resolve))
  for (const [n, person] of people.entries()) {
    const place = n % (COLUMNS * ROWS)
    if (place === 0) pdf.addPage()
    card(pdf, title, person, place)
  }
  pdf.end()
  await ended
  return Buffer.concat(pieces)
}

function card(pdf: PDFKit.PDFDocument, title: string, { name, link }: Cards['people'][number], place: number): void {
  const width = (pdf.page.width - 2 * MARGIN) / COLUMNS
  const height = (pdf.page.height - 2 * MARGIN) / ROWS
  const x = MARGIN + (place % COLUMNS) * width
  const y = MARGIN + Math.floor(place / COLUMNS) * height
  pdf.lineWidth(0.5).dash(3, { space: 3 }).rect(x, y, width, height).stroke('#999999').undash()
  drawCode(pdf, link, x + (width - QR) / 2, y + 10)
  const text = { width: width - 16, align: 'center', lineBreak: true, ellipsis: true } as const
  pdf.fillColor('#111111').font('Helvetica-Bold').fontSize(13)
  pdf.text(name, x + 8, y + QR + 14, { ...text, height: 16 })
  pdf.fillColor('#555555').font('Helvetica').fontSize(8)
  pdf.text(title, x + 8, y + QR + 32, { ...text, height: 20 })
  pdf.text(link, x + 8, y + QR + 54, { ...text, height: 20 })
}

function drawCode(pdf: PDFKit.PDFDocument, link: string, x: number, y: number): void {
  const { modules } = QRCode.create(link, { errorCorrectionLevel: 'M' })
  const unit = QR / modules.size
  for (const [i, dark] of modules.data.entries()) {
    if (!dark) continue
    const column = i % modules.size
    pdf.rect(x + column * unit, y + ((i - column) / modules.size) * unit, unit, unit)
  }
  pdf.fill('#111111')
}
