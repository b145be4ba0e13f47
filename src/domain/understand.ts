// How the bot would read a text, field by field: for the operator's `understand` and for the table test of utterances.
import { readAssociation } from './association.ts'
import { readAttendance } from './attendance.ts'
import { readBirthDate } from './birth-date.ts'
import { associations, trades } from './catalogue.ts'
import { readCommand } from './command.ts'
import { readEducation } from './education.ts'
import { readExperience } from './experience.ts'
import { readLevel } from './level.ts'
import { readMenu } from './menu.ts'
import { readName } from './name.ts'
import { readNik } from './nik.ts'
import { readNomineeList } from './nominee-list.ts'
import { readPhone } from './phone.ts'
import { got, type Read } from './read.ts'
import { readSex } from './sex.ts'
import { readTrade } from './trade.ts'
import { readConsent, readYesNo } from './yes-no.ts'

/** The situation the utterances were written for. */
const today = '2025-10-01'
const city = '3575'
const offered = 'gapensi gapeksindo gapeknas aspekindo aksi askumindo askonas gabpeknas gatensi ataki'.split(' ')

const READERS: Readonly<Record<string, (text: string) => Read<unknown>>> = {
  birth_date: text => readBirthDate(text, { today }),
  nik: text => readNik(text, { today, city }),
  phone: readPhone,
  name: readName,
  experience_years: text => readExperience(text, { today, birthDate: '1985-08-17' }),
  kkni_level: text => readLevel(text, { offered: [1, 2, 3] }),
  yes_no: readYesNo,
  consent: readConsent,
  command: readCommand,
  sex: readSex,
  education: readEducation,
  trade: text => readTrade(text, trades),
  association: text => readAssociation(text, { offered, all: associations }),
  menu_number: text => readMenu(text, { options: 5 }),
  attendance: readAttendance,
  nomination_list: readList,
}

/** A list's lines as values; what was written in them and could not be read. */
function readList(text: string): Read<unknown> {
  const read = readNomineeList(text, { today })
  if (!read.ok) return read
  const warn = read.value.flatMap(line => line.warn)
  return got(
    read.value.map(({ n: _n, said: _said, warn: _warn, prefix: _p, suffix: _s, digits: _d, ...line }) => line),
    ...new Set(warn),
  )
}

/** As long as a message may be. A list is as long as it is. */
const LONGEST: Readonly<Record<string, number>> = { nomination_list: 65_536 }

export type Understood =
  | { readonly ok: true; readonly value: unknown; readonly warn: readonly string[] }
  | { readonly ok: false; readonly reason: string }

/** The fields that can be asked for. */
export const understoodFields: readonly string[] = Object.keys(READERS)

/** What a text means as an answer to a field. */
export function understand(field: string, text: string): Understood {
  const reader = Object.hasOwn(READERS, field) ? READERS[field] : undefined
  if (!reader) throw new Error(`unknown field: ${field}`)
  // As in a conversation: an answer is never so long, and no reader is made for it.
  if (text.length > (LONGEST[field] ?? 1000)) return { ok: false, reason: 'TOO_LONG' }
  const read = reader(text)
  return read.ok ? { ok: true, value: read.value, warn: read.warn ?? [] } : { ok: false, reason: read.reason }
}
