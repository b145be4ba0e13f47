// One registration as it is listed: its fields in the contract's order, numbers masked unless they are revealed.
import type { ListedRegistration } from '../db/registration-list.ts'
import { trades } from '../domain/catalogue.ts'
import { maskNik } from '../domain/nik.ts'
import { maskPhone } from '../domain/phone.ts'
import type { RegistrationRecord } from '../flows/facts.ts'
import type { Seal } from '../seal.ts'
import type { Column } from './print.ts'

export type RegistrationView = ReturnType<typeof viewRegistration>

/** Opens a registration's record. */
export function viewRegistration(seal: Seal, row: ListedRegistration, reveal: boolean) {
  const record = seal.openJson<RegistrationRecord>(`registration.record:${row.id}`, row.record)
  const { name, nik, birth_date, sex, birth_place, phone, address, trade, level, association } = record
  return {
    number: row.number,
    status: row.status,
    name,
    nik: reveal ? nik : maskNik(nik),
    birth_date,
    sex,
    birth_place,
    phone: reveal || phone === null ? phone : maskPhone(phone),
    address,
    trade,
    level,
    association,
    experience_years: record.experience_years,
    education: record.education,
    documents: record.documents,
    channels: row.channels,
    created_at: row.created_at.toISOString(),
    event: row.event_id,
    title_before: record.title_before ?? null,
    title_after: record.title_after ?? null,
    phone_proven: record.phone_proven,
    warnings: record.warnings,
    why: row.why && seal.open(`registration.why:${row.id}`, row.why).toString(),
  }
}

export const CSV_FIELDS = [
  'number',
  'status',
  'name',
  'nik',
  'birth_date',
  'sex',
  'birth_place',
  'phone',
  'address',
  'trade',
  'level',
  'association',
  'experience_years',
  'education',
  'documents',
  'channels',
  'created_at',
  'event',
  'title_before',
  'title_after',
  'phone_proven',
  'warnings',
  'why',
] as const satisfies readonly (keyof RegistrationView)[]

/** A registration as cells of a spreadsheet: of the documents those that were sent. */
export function csvCells(view: RegistrationView): string[] {
  const sent = Object.entries(view.documents).flatMap(([kind, file]) => (file === null ? [] : [kind]))
  return CSV_FIELDS.map(field => {
    const value = field === 'documents' ? sent : view[field]
    if (value === null) return ''
    return Array.isArray(value) ? value.join(' ') : String(value)
  })
}

/** With the level, since one name has several. */
const TRADE_NAMES = new Map(trades.map(({ id, name, jenjang }) => [id, `${jenjang} ${name}`]))

const NIK: Column<RegistrationView> = { title: 'NIK', width: 16, of: view => view.nik }
const PHONE: Column<RegistrationView> = { title: 'PHONE', width: 14, of: view => view.phone ?? '' }
const STATUS: Column<RegistrationView> = { title: 'STATUS', width: 19, of: view => view.status }

/** Columns of the table, the most wanted first: a narrow terminal shows fewer. */
export const tableColumns = (reveal: boolean): readonly Column<RegistrationView>[] => [
  { title: 'NUMBER', width: 10, of: view => view.number },
  ...(reveal ? [] : [STATUS]),
  { title: 'NAME', width: 24, grows: 48, of: view => view.name },
  ...(reveal ? [NIK, PHONE, STATUS] : []),
  { title: 'ASSOCIATION', width: 11, of: view => view.association ?? '' },
  ...(reveal ? [] : [NIK, PHONE]),
  { title: 'TRADE', width: 34, of: view => TRADE_NAMES.get(view.trade) ?? view.trade },
  { title: 'WARNINGS', width: 24, of: view => view.warnings.join(' ') },
]
