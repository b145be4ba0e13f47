// Results as an assessment body writes them down: one line a person, every mistake in it named in words.
import { plainDate } from './age.ts'
import { clean } from './clean.ts'
import { dateParts } from './date-parts.ts'
import { readRegistrationNumber } from './number.ts'

export type Outcome = 'K' | 'BK'

/** The purpose of the message by which an association's officers hear its results in numbers. */
export const SUMMARY = 'hasil-anggota'

/** What a result says beside the outcome. Number and dates stand as the body wrote them. */
export type ResultDetail = {
  readonly certificate: string | null
  readonly issued: string | null
  readonly validUntil: string | null
  readonly feedback: string | null
  readonly units: readonly (readonly [unit: string, outcome: Outcome])[]
}

export type ResultLine = {
  /** The line of the file, the titles being line 1. */
  readonly line: number
  readonly number: string
  /** Digits alone. */
  readonly nik: string
  readonly outcome: Outcome
  readonly detail: ResultDetail
}

export type Mistake = { readonly line: number; readonly number: string; readonly why: string }
export type ReadResults = { readonly lines: readonly ResultLine[]; readonly mistakes: readonly Mistake[] }

const COLUMNS = [
  'nomor_pendaftaran',
  'nik',
  'hasil',
  'nomor_sertifikat',
  'tanggal_terbit',
  'berlaku_sampai',
  'umpan_balik',
] as const
type Column = (typeof COLUMNS)[number]
/** A column of a unit of competence: "unit F.45.TB.001". */
const UNIT = /^unit[ _:]+(.+)$/i

/** The lines of a table whose first row holds the titles. */
export function readResults(rows: readonly (readonly string[])[]): ReadResults {
  const titles = (rows[0] ?? []).map(title => clean(title).trim())
  const names = titles.map(title => title.toLowerCase())
  const wrong = [
    ...COLUMNS.filter(name => !names.includes(name)).map(name => `the column ${name} is missing`),
    ...names.flatMap((name, i) => (known(name) ? [] : [`nobody knows the column "${titles[i]}"`])),
    ...names.flatMap((name, i) =>
      name !== '' && names.indexOf(name) < i ? [`the column "${name}" is there twice`] : [],
    ),
  ]
  if (wrong.length > 0) return { lines: [], mistakes: wrong.map(why => ({ line: 1, number: '', why })) }
  const units = titles.flatMap((title, i) => {
    const [, unit] = UNIT.exec(title) ?? []
    return unit ? [[unit.trim(), i] as const] : []
  })
  const read = rows.slice(1).flatMap((row, i) => {
    if (row.every(cell => cell.trim() === '')) return []
    const of = (column: Column) => clean(row[names.indexOf(column)] ?? '').trim()
    return [
      readLine(
        i + 2,
        of,
        units.map(([unit, at]) => [unit, clean(row[at] ?? '').trim()] as const),
      ),
    ]
  })
  const lines = read.flatMap(one => ('why' in one ? [] : [one]))
  return { lines, mistakes: [...read.flatMap(one => ('why' in one ? [one] : [])), ...twice(lines)].sort(byLine) }
}

const known = (name: string): boolean => name === '' || COLUMNS.some(one => one === name) || UNIT.test(name)
const byLine = (a: Mistake, b: Mistake) => a.line - b.line

type Cells = { readonly of: (column: Column) => string; readonly units: readonly (readonly [string, string])[] }

function readLine(line: number, of: Cells['of'], units: Cells['units']): ResultLine | Mistake {
  const written = of('nomor_pendaftaran')
  const number = readRegistrationNumber(written)
  const outcome = of('hasil').toUpperCase()
  if (!number.ok) return { line, number: written, why: `"${written}" is no registration number` }
  const mistake = (why: string): Mistake => ({ line, number: number.value, why })
  if (!isOutcome(outcome)) return mistake(`hasil must be K or BK, not "${outcome}"`)
  const why = wrongNik(of('nik')) ?? wrongDetail({ of, units }, outcome)
  if (why) return mistake(why)
  return {
    line,
    number: number.value,
    nik: digitsOf(of('nik')),
    outcome,
    detail: {
      certificate: of('nomor_sertifikat') || null,
      issued: of('tanggal_terbit') || null,
      validUntil: of('berlaku_sampai') || null,
      feedback: of('umpan_balik') || null,
      units: units.flatMap(([unit, cell]) => (cell === '' ? [] : [[unit, cell.toUpperCase() as Outcome] as const])),
    },
  }
}

const digitsOf = (nik: string): string => nik.replace(/[\s.'-]/g, '')

function wrongNik(written: string): string | undefined {
  if (/^\d(?:\.\d+)?e\+?\d+$/i.test(written)) return 'Excel has cut the NIK: make the column text and fill it in again'
  const nik = digitsOf(written)
  return /^\d{16}$/.test(nik) ? undefined : `a NIK has 16 digits, this one ${nik.replace(/\D/g, '').length}`
}

function wrongDetail({ of, units }: Cells, outcome: Outcome): string | undefined {
  const certificate = of('nomor_sertifikat')
  const [issued, validUntil] = [of('tanggal_terbit'), of('berlaku_sampai')]
  if (outcome === 'BK' && certificate !== '') return 'BK, and yet a certificate number'
  if (outcome === 'BK' && of('umpan_balik') === '')
    return 'BK without umpan_balik: the worker needs to know what to work on'
  if (certificate === '' && (issued !== '' || validUntil !== ''))
    return 'dates of a certificate, but no nomor_sertifikat'
  const [from, until] = [readDay(issued), readDay(validUntil)]
  if (from && until && Temporal.PlainDate.compare(until, from) <= 0) return 'berlaku_sampai is not after tanggal_terbit'
  const unread = units.find(([, cell]) => cell !== '' && !isOutcome(cell.toUpperCase()))
  return unread && `unit ${unread[0]} must be K or BK, not "${unread[1]}"`
}

const isOutcome = (text: string): text is Outcome => text === 'K' || text === 'BK'

/** One person has one line, one certificate one person. */
function twice(lines: readonly ResultLine[]): Mistake[] {
  const people = new Map<string, number>()
  const certificates = new Map<string, number>()
  return lines.flatMap(({ line, number, detail: { certificate } }) => {
    const key = certificate === null ? undefined : certificateKey(certificate)
    const person = people.get(number)
    const same = key === undefined ? undefined : certificates.get(key)
    people.set(number, person ?? line)
    if (key !== undefined) certificates.set(key, same ?? line)
    if (person !== undefined) return [{ line, number, why: `the same person as in line ${person}` }]
    return same === undefined ? [] : [{ line, number, why: `the same certificate number as in line ${same}` }]
  })
}

/** A certificate number as it is looked for, however it is typed: capital letters and digits alone. */
export const certificateKey = (text: string): string =>
  clean(text)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')

/** The day that a body wrote down: 2030-10-20, 20-10-2030, "20 Oktober 2030". Undefined where it is none. */
export function readDay(text: string): Temporal.PlainDate | undefined {
  const parts = dateParts(clean(text).toLowerCase())
  if (typeof parts !== 'object' || !/^\d{4}$/.test(parts.year)) return undefined
  return plainDate(Number(parts.year), Number(parts.month), Number(parts.day))
}

/** What a person hears of a result, next to the one told before: all of it, a certificate that was added, or nothing. */
export function tellsOf(
  now: { readonly outcome: Outcome; readonly detail: ResultDetail },
  before: { readonly outcome: Outcome; readonly detail: ResultDetail } | undefined,
): 'hasil' | 'sertifikat' | null {
  if (!before || before.outcome !== now.outcome) return 'hasil'
  const { certificate: _c, issued: _i, validUntil: _v, ...rest } = now.detail
  const { certificate, issued: _bi, validUntil: _bv, ...former } = before.detail
  if (JSON.stringify(rest) !== JSON.stringify(former)) return 'hasil'
  if (JSON.stringify(now.detail) === JSON.stringify(before.detail)) return null
  return certificate === null ? 'sertifikat' : 'hasil'
}
