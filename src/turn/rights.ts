// Carries out what a person may ask about the own data: a code for another chat, what is held, why we wrote, erasure.
import { randomInt, randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import { audit } from '../db/audit.ts'
import { type OfficerRow, readOfficer, resign } from '../db/officer.ts'
import { CODE_MINUTES, keepCode } from '../db/people.ts'
import {
  forget,
  lockEvents,
  readHeld,
  readOwnNominations,
  readRecords,
  readSent,
  strip,
  stripNominations,
} from '../db/rights.ts'
import type { Database } from '../db/schema.ts'
import { lockSeats, release } from '../db/seats.ts'
import { addTasks } from '../db/task.ts'
import { linkCode } from '../domain/link-code.ts'
import type { AttendanceAnswer, Outcome } from '../flows/asks.ts'
import type { RegistrationRecord, RegistrationStatus } from '../flows/facts.ts'
import type { Given } from '../flows/office-types.ts'
import type { Seal } from '../seal.ts'
import { leaveAppeals } from './appeals.ts'
import type { Person } from './person.ts'

type Db = Kysely<Database>
type Settle = (trx: Db, seal: Seal, person: Person) => Promise<Outcome>

/** A fresh code for this conversation. */
export const makeCode: Settle = async (trx, seal, { waiting }) => {
  const code = linkCode(randomInt)
  await keepCode(trx, waiting.conversation_id, seal.lookup('link', code))
  return { kind: 'link_code', code, minutes: CODE_MINUTES }
}

export const collect: Settle = async (trx, seal, { waiting }) => {
  const held = await readHeld(trx, waiting.conversation_id)
  const office = waiting.office && (await readOfficer(trx, waiting.office.id))
  const rows = await readRecords(trx, waiting.conversation_id)
  const at = (time: string) => new Date(time).toISOString()
  const openHex = (place: string, hex: string) => seal.open(place, Buffer.from(hex.slice(2), 'hex')).toString()
  return {
    kind: 'my_data',
    held: {
      ...held,
      ...(office && waiting.office ? { office: officeHeld(seal, waiting.office.id, office) } : {}),
      consents: held.consents.map(one => ({ ...one, at: at(one.at) })),
      chats: held.chats.map(({ id, channel, since, phone }) => {
        return { channel, since: at(since), phone: phone && openHex(`chat.phone:${id}`, phone) }
      }),
      attendance: held.attendance.map(({ id, answer, said, ...one }) => {
        const words = openHex(`attendance.said:${id}`, said)
        return { ...one, answer: answer as AttendanceAnswer, said: words, at: at(one.at) }
      }),
      nominations: held.nominations.map(({ id, association, line }) => {
        return { association, given: line ? (JSON.parse(openHex(`nomination.line:${id}`, line)) as Given) : {} }
      }),
      appeals: held.appeals.map(({ id, answers, ...one }) => {
        const said: readonly string[] = JSON.parse(openHex(`appeal.answers:${id}`, answers))
        return { ...one, at: at(one.at), reason: said.at(-1) ?? '' }
      }),
      checkIns: held.checkIns.map(one => ({ ...one, at: at(one.at) })),
      registrations: rows.map(({ id, number, status, record, created_at }) => {
        const known = open(seal, id, record)
        return { number, status: status as RegistrationStatus, at: created_at.toISOString(), record: known }
      }),
    },
  }
}

const officeHeld = (seal: Seal, id: string, { name, bound_at, nominated }: OfficerRow) => ({
  name: name && seal.open(`officer.name:${id}`, name).toString(),
  since: bound_at.toISOString(),
  nominated,
})

export const findSent: Settle = async (trx, _, { waiting, incoming }) => {
  const row = await readSent(
    trx,
    waiting.chat_id,
    incoming.quotes,
    waiting.office ? waiting.conversation_id : undefined,
  )
  if (!row) return { kind: 'why_sent', message: null }
  const rule = row.purpose === 'reply' ? null : row.purpose
  return { kind: 'why_sent', message: { rule, at: row.at.toISOString(), number: row.number } }
}

/** Erases everything but what the law wants kept; the proof number is the audit entry's subject. */
export const erase: Settle = async (trx, seal, { waiting }) => {
  const { conversation_id, office } = waiting
  if (office) return eraseOfficer(trx, seal, conversation_id, office)
  const nominated = await readOwnNominations(trx, conversation_id)
  const events = [...waiting.registrations.map(({ event }) => event), ...nominated.map(({ event_id }) => event_id)]
  await lockEvents(trx, [...new Set(events)])
  const rows = await readRecords(trx, conversation_id)
  for (const row of rows) await leave(trx, seal, row, row.status === 'DITERIMA')
  const keeps = new Set(rows.filter(({ status }) => status === 'DITERIMA').map(({ id }) => id))
  const ended = nominated.filter(({ registration_id }) => !registration_id || !keeps.has(registration_id))
  for (const [event, here] of [...Map.groupBy(ended, ({ event_id }) => event_id)].sort())
    await release(trx, await lockSeats(trx, event), idsOf(here), 'BATAL')
  await stripNominations(trx, idsOf(ended.filter(({ registration_id }) => !registration_id)))
  await forget(trx, [conversation_id])
  const proof = proofOf(seal)
  const numbers = (kept: boolean) =>
    rows.filter(({ status }) => (status === 'DITERIMA') === kept).map(({ number }) => number)
  const detail = { conversation: conversation_id, kept: numbers(true), erased: numbers(false) }
  await audit(trx, seal, [{ by: 'the person, in chat', action: 'person.erase', subject: proof, detail }])
  return { kind: 'erase', proof, kept: numbers(true) }
}

/** An officer who has his data erased is one no more; what he nominated stays, and the organiser hears of it. */
async function eraseOfficer(
  trx: Db,
  seal: Seal,
  conversation: string,
  { id, event, association }: NonNullable<Person['waiting']['office']>,
): Promise<Outcome> {
  await resign(trx, id)
  await forget(trx, [conversation])
  const proof = proofOf(seal)
  const task = randomUUIDv7()
  const detail = seal.sealJson(`task.detail:${task}`, { association })
  const about = { event_id: event, conversation_id: null, registration_id: null }
  await addTasks(trx, [{ id: task, kind: 'officer_left', ...about, detail, matter: `officer ${id}` }])
  const what = { officer: id, association }
  await audit(trx, seal, [{ by: 'the person, in chat', action: 'officer.erase', subject: proof, detail: what }])
  return { kind: 'erase', proof, kept: [] }
}

const proofOf = (seal: Seal) => `HAPUS-${seal.tag(randomUUIDv7())}`

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

type RecordRow = Awaited<ReturnType<typeof readRecords>>[number]

/** Leaves of a registration what must be kept, or only that there was one. */
export async function leave(trx: Db, seal: Seal, { id, number, record }: RecordRow, kept: boolean): Promise<void> {
  await leaveAppeals(trx, seal, id, kept)
  const left = kept ? { ...open(seal, id, record), documents: NO_FILES } : ANONYMOUS
  const unsaid = seal.seal(`attendance.said:${id}`, '')
  await strip(trx, { id, number, kept, unsaid, record: seal.sealJson(place(id), left) })
}

const place = (id: string) => `registration.record:${id}`

/** A registration's record, opened. */
export const open = (seal: Seal, id: string, record: Buffer) => seal.openJson<RegistrationRecord>(place(id), record)

const NO_FILES = { ktp: null, portrait: null, diploma: null } as const

/** What is left of a registration that need not be kept: that there was one. Its trade and level stay as columns. */
const ANONYMOUS: Partial<RegistrationRecord> = {
  name: '-',
  nik: '',
  phone: null,
  phone_proven: false,
  documents: NO_FILES,
  warnings: [],
}
