// How the bot would read a text, field by field: for the operator's `understand` and for the table test of utterances.
import { readBirthDate } from './birth-date.ts'
import { readExperience } from './experience.ts'
import { readLevel } from './level.ts'
import { readName } from './name.ts'
import { readNik } from './nik.ts'
import { readPhone } from './phone.ts'
import type { Read } from './read.ts'

/** The situation the utterances were written for. */
const today = '2025-10-01'
const city = '3575'

const READERS: Readonly<Record<string, (text: string) => Read<unknown>>> = {
  birth_date: text => readBirthDate(text, { today }),
  nik: text => readNik(text, { today, city }),
  phone: readPhone,
  name: readName,
  experience_years: text => readExperience(text, { today, birthDate: '1985-08-17' }),
  kkni_level: text => readLevel(text, { offered: [1, 2, 3] }),
}

export type Understood =
  | { readonly ok: true; readonly value: unknown; readonly warn: readonly string[] }
  | { readonly ok: false; readonly reason: string }

/** The fields that can be asked for. */
export const understoodFields: readonly string[] = Object.keys(READERS)

/** What a text means as an answer to a field. */
export function understand(field: string, text: string): Understood {
  const reader = Object.hasOwn(READERS, field) ? READERS[field] : undefined
  if (!reader) throw new Error(`unknown field: ${field}`)
  const read = reader(text)
  return read.ok ? { ok: true, value: read.value, warn: read.warn ?? [] } : { ok: false, reason: read.reason }
}
