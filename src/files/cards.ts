// A sheet of cards to print and cut: a name and the QR code of a link to each app, on A4.
import PDFDocument from 'pdfkit'
import QRCode from 'qrcode'

type Code = { readonly label: string; readonly link: string }
type Card = {
  readonly name: string
  readonly codes: readonly Code[]
  /** What may be typed instead. */
  readonly typed: string
}
export type Cards = { readonly title: string; readonly people: readonly Card[] }

const COLUMNS = 2
const ROWS = 4
const MARGIN = 36
const PADDING = 8
const QR = 112

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

function card(pdf: PDFKit.PDFDocument, title: string, { name, codes, typed }: Card, place: number): void {
  const width = (pdf.page.width - 2 * MARGIN) / COLUMNS
  const height = (pdf.page.height - 2 * MARGIN) / ROWS
  const x = MARGIN + (place % COLUMNS) * width
  const y = MARGIN + Math.floor(place / COLUMNS) * height
  pdf.lineWidth(0.5).dash(3, { space: 3 }).rect(x, y, width, height).stroke('#999999').undash()
  const line = (text: string, at: number, size: number, color: string, font: string) =>
    pdf
      .fillColor(color)
      .font(font)
      .fontSize(size)
      .text(text, x + PADDING, y + at, {
        width: width - 2 * PADDING,
        height: size + 3,
        align: 'center',
        lineBreak: true,
        ellipsis: true,
      })
  line(name, PADDING, 13, '#111111', 'Helvetica-Bold')
  line(title, 25, 8, '#555555', 'Helvetica')
  const room = width / codes.length
  for (const [n, { label, link }] of codes.entries()) {
    const left = x + n * room
    drawCode(pdf, link, left + (room - QR) / 2, y + 38)
    pdf.fillColor('#111111').font('Helvetica').fontSize(9)
    pdf.text(label, left, y + 38 + QR + 3, { width: room, align: 'center' })
  }
  line(typed, height - 22, 9, '#111111', 'Helvetica')
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
