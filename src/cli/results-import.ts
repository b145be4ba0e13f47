// Brings in a file of results: reads it, holds it against the event's registrations, keeps all of it or nothing.
import { randomUUIDv7 } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { audit } from '../db/audit.ts'
import {
  type Assessed,
  addImport,
  lockResults,
  type NewResult,
  readAssessed,
  readCertificates,
} from '../db/result-import.ts'
import { certificateKey, type Mistake, type ResultLine, readDay, readResults } from '../domain/result.ts'
import { readSheetFile } from '../files/read-sheet.ts'
import type { House } from '../house.ts'
import { CommandRefused } from './refuse.ts'

/** As many lines as the reader of spreadsheets gives; a file that reaches it may have been cut. */
const MOST_LINES = 1_200

export type Checked = {
  readonly mistakes: readonly Mistake[]
  readonly warnings: readonly Mistake[]
  readonly lines: readonly (ResultLine & { readonly person: Assessed })[]
  /** Accepted people of whom the file says nothing: they hear nothing. */
  readonly missing: readonly Assessed[]
}

/** Reads a file into cells. */
export async function readTable(path: string): Promise<readonly (readonly string[])[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandRefused(`${path} can't be read: ${error.code}`)
  })
  const read = await readSheetFile(bytes)
  if (!read.ok) {
    const why = { too_big: 'it is too big', wrong_type: 'it is neither xlsx nor csv', damaged: 'it is damaged' }
    throw new CommandRefused(`${path} can't be read: ${why[read.problem]}`)
  }
  if (read.rows.length >= MOST_LINES)
    throw new CommandRefused(`${path} has ${MOST_LINES} lines or more: import it in parts of fewer`)
  return read.rows
}

/** Holds a table against the registrations of an event; `each` hears of every line. */
export async function check(
  { db, seal }: House,
  eventId: string,
  rows: readonly (readonly string[])[],
  each: (lines: number) => void = () => {},
): Promise<Checked> {
  const { lines, mistakes } = readResults(rows)
  const people = await readAssessed(db, eventId)
  const byNumber = new Map(people.map(person => [person.number, person]))
  const certificates = await givenAway({ db, seal }, lines)
  const judged = lines.map(line => {
    each(1)
    const person = byNumber.get(line.number)
    const why = !person
      ? 'not registered for this event'
      : person.status !== 'DITERIMA'
        ? `not accepted: ${person.status}`
        : !seal.lookup('nik', line.nik).equals(person.nik_key)
          ? 'the NIK belongs to somebody else'
          : certificates.get(line.line)
    return { ...line, person, why }
  })
  const good = judged.flatMap(({ why, person, ...line }) => (why === undefined && person ? [{ ...line, person }] : []))
  const bad = judged.flatMap(({ line, number, why }) => (why === undefined ? [] : [{ line, number, why }]))
  const named = new Set([...lines, ...mistakes].map(({ number }) => number))
  return {
    mistakes: [...mistakes, ...bad].sort((a, b) => a.line - b.line),
    warnings: good.flatMap(warn),
    lines: good,
    missing: people.filter(({ number, status }) => status === 'DITERIMA' && !named.has(number)),
  }
}

/** Lines whose certificate belongs to another person already. */
async function givenAway({ db, seal }: Pick<House, 'db' | 'seal'>, lines: readonly ResultLine[]) {
  const keys = lines.flatMap(({ detail: { certificate } }) =>
    certificate === null ? [] : [seal.lookup('certificate', certificateKey(certificate))],
  )
  const known = await readCertificates(db, keys)
  const owners = Map.groupBy(known, ({ certificate_key }) => certificate_key.toString('hex'))
  return new Map(
    lines.flatMap(({ line, number, detail: { certificate } }) => {
      if (certificate === null) return []
      const key = seal.lookup('certificate', certificateKey(certificate)).toString('hex')
      const other = owners.get(key)?.find(owner => owner.number !== number)
      return other ? [[line, `that certificate is ${other.number}'s`] as const] : []
    }),
  )
}

function warn({ line, number, person, detail: { validUntil } }: Checked['lines'][number]): Mistake[] {
  return [
    ...(person.present ? [] : [{ line, number, why: 'has a result, and was never checked in' }]),
    ...(validUntil !== null && !readDay(validUntil)
      ? [{ line, number, why: `"${validUntil}" is no day: nobody will be reminded to renew` }]
      : []),
  ]
}

/** Keeps a checked file as the event's next import. Tells nobody anything. */
export async function keep(
  { db, seal }: House,
  eventId: string,
  { lines }: Pick<Checked, 'lines'>,
  by: string,
  replaces = false,
): Promise<number> {
  return db.transaction().execute(async trx => {
    const { newest, now } = await lockResults(trx, eventId)
    if (newest?.tells_at && newest.tells_at > now)
      throw new CommandRefused(
        `import ${newest.number} can be undone until ${newest.tells_at.toISOString()}: wait, or undo it first`,
      )
    const open = newest && newest.approved_at === null ? newest : undefined
    if (open && !replaces)
      throw new CommandRefused(`import ${open.number} still waits for its approval: --yes puts this file in its place`)
    const id = randomUUIDv7()
    // Never one that was there before: what was undone of it must not be taken for told.
    const number = (newest?.number ?? 0) + 1
    const results = lines.map(({ outcome, detail, person }): NewResult => {
      const day = detail.validUntil === null ? undefined : readDay(detail.validUntil)
      return {
        registration_id: person.id,
        outcome,
        certificate_key:
          detail.certificate === null ? null : seal.lookup('certificate', certificateKey(detail.certificate)),
        valid_until: day?.toString() ?? null,
        detail: seal.sealJson(`result.detail:${id} ${person.id}`, detail),
      }
    })
    await addImport(trx, { id, event_id: eventId, number, imported_by: by }, results)
    await audit(trx, seal, [
      {
        by,
        action: 'results.import',
        subject: eventId,
        detail: { import: number, results: lines.length, replaces: open !== undefined },
      },
    ])
    return number
  })
}
