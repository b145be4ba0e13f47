// Reads a list of nominees as officers paste it: numbered, with dashes, tabs or semicolons, in a message or a sheet.
import { clean } from './clean.ts'
import { isMarked, type Nominee, partsOf, readWritten, type Written } from './nominee.ts'
import { got, not, type Read } from './read.ts'
import { words } from './words.ts'

/** As many lines as one list may have. */
export const MOST_LINES = 500

/** A line as it was written and what it gave; `n` is its number in the list. */
export type ListLine = Nominee & { readonly n: number; readonly said: string }

type Context = { readonly today: string }

const SAID_KEPT = 200
const HEADING =
  /^(?:(?:ini|berikut|daftar|data|nama|list|peserta|usulan|w?ass?al\w*|ass|selamat|yth|kepada|mohon|terima|trima|makasih|matur|suwun|salam|hormat|demikian|tolong|pak|bu|bapak|ibu|dari|asosiasi|no|halo|pagi|siang|sore|malam)\b)/

/** The nominees of a message. One line alone is a list only where more than a name stands in it. */
export function readNomineeList(text: string, context: Context): Read<readonly ListLine[]> {
  const lines = splitLines(text)
  if (lines.length > MOST_LINES * 2) return tooLong(lines.length)
  const read = lines.flatMap(line => {
    const written = partsOf(line)
    const more = Boolean(written.phone || written.nik || written.birth_date)
    if (!more && !isMarked(line) && HEADING.test(words(line))) return []
    const nominee = readWritten(written, context)
    const bare = !more && !isMarked(line) && !nominee.trade
    return [{ line, nominee, bare }]
  })
  const listed = read.filter(({ nominee, bare }) => !bare || (nominee.name && isShort(nominee.name)))
  const sure = listed.some(({ bare }) => !bare) || (listed.length > 1 && listed.length === read.length)
  if (!sure || !listed.some(({ nominee }) => nominee.name)) return not('LIST_EMPTY')
  if (listed.length > MOST_LINES) return tooLong(listed.length)
  return got(listed.map(({ line, nominee }, n) => ({ n: n + 1, said: line.slice(0, SAID_KEPT), ...nominee })))
}

const tooLong = (lines: number) => not<readonly ListLine[]>('LIST_OVER_QUOTA', { detail: { lines } })
const isShort = (name: string) => name.split(' ').length <= 5

/** Lines, tabs kept: `clean` makes one space of them. */
function splitLines(text: string): string[] {
  return text
    .split(/\r\n?|\n|\u2028|\u2029/)
    .map(line => clean(line.replaceAll('\t', ' ; ')))
    .filter(line => /[\p{L}\d]/u.test(line))
}

/** One nominee in a line of its own, where it is known to be one. */
export function readNominee(text: string, context: Context, n: number): ListLine {
  const line = clean(text.replaceAll('\t', ' ; '))
  return { n, said: line.slice(0, SAID_KEPT), ...readWritten(partsOf(line), context) }
}

const COLUMNS: readonly (readonly [keyof Written, RegExp])[] = [
  ['nik', /\bnik\b|no ?ktp|nomor ktp/],
  ['birth_date', /(?:tgl|tanggal) ?lahir/],
  ['phone', /\b(?:hp|wa|whatsapp|telp|telepon|tlp|phone|handphone)\b/],
  ['trade', /jabatan|keahlian|pekerjaan|\btrade\b/],
  ['name', /\bnama\b|\bname\b/],
]

/** Where the columns of a sheet are, by its header; undefined where no row is one. */
function findHeader(rows: readonly (readonly string[])[]) {
  for (const [at, row] of rows.slice(0, 10).entries()) {
    const columns = row.map(cell => COLUMNS.find(([, label]) => label.test(words(cell)))?.[0])
    if (columns.includes('name') && row.filter(Boolean).length > 1) return { at, columns }
    if (columns.includes('name') && row.filter(Boolean).length === 1 && words(row.join(' ')).startsWith('nama'))
      return { at, columns }
  }
  return undefined
}

/** The nominees of a sheet: by its header, wherever that stands and in whatever order, else line by line. */
export function readNomineeSheet(rows: readonly (readonly string[])[], context: Context): Read<readonly ListLine[]> {
  const header = findHeader(rows)
  if (!header) return readNomineeList(rows.map(row => row.filter(Boolean).join('\t')).join('\n'), context)
  const filled = rows.slice(header.at + 1).filter(row => row.some(cell => /[\p{L}\d]/u.test(cell)))
  if (filled.length > MOST_LINES) return tooLong(filled.length)
  if (filled.length === 0) return not('LIST_EMPTY')
  return got(
    filled.map((row, n) => {
      const written: { -readonly [Field in keyof Written]: string } = {}
      for (const [column, field] of header.columns.entries())
        if (field && row[column]) written[field] ??= clean(row[column])
      const said = row.filter(Boolean).join('; ').slice(0, SAID_KEPT)
      return { n: n + 1, said, ...readWritten(written, context) }
    }),
  )
}
