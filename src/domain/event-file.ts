// The event file: its form, and every mistake in it named in words a clerk understands.
import { z } from 'zod'
import { contradictions } from './event-check.ts'
import { say, wording } from './event-mistakes.ts'
import { reminders } from './event-rules.ts'
import { date, instant, text, wallTime } from './event-values.ts'

const ZONES = ['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'] as const

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and dashes only')
const count = z.number().int().min(0)

const event = z.strictObject({
  id,
  title: text,
  short_title: text,
  organiser: z.strictObject({ name: text, role: text.optional() }),
  city: text,
  province: text.optional(),
  region_code: z.string().regex(/^\d{4}$/, 'a region code has 4 digits, such as "3575"'),
  venue: z.strictObject({
    name: text,
    city: text.nullish(),
    address: text.nullish(),
    map_url: text.nullish(),
    hall: text.nullish(),
    practice_area: text.nullish(),
  }),
  date_start: date,
  date_end: date,
  weekdays: z.array(text).optional(),
  timezone: z.enum(ZONES),
  capacity: z.number().int().min(1),
  associations_count: count.optional(),
  lsp: z.strictObject({ name: text, tuk: text.optional() }).optional(),
  fee_idr: count,
  dress: text.nullish(),
  bring: z.array(text),
})

const session = z.strictObject({
  id,
  day: z.number().int().min(1),
  start: instant,
  end: instant,
  title: text,
  kind: text,
  pic: text.optional(),
  attendance: z.boolean().optional(),
  by_group: z.boolean().optional(),
})

const form = z.strictObject({
  meta: z.unknown().optional(),
  event,
  quotas: z.record(z.string(), count),
  waitlist: z
    .strictObject({ enabled: z.boolean(), max_per_association: count, across_from: instant, offer_hours: count })
    .optional(),
  deadlines: z.record(z.string(), instant),
  groups: z.array(z.strictObject({ id: text, max_size: count, label: text })).optional(),
  assessor_ratio_max: count.optional(),
  assessors: z.array(z.strictObject({ id: text, group: text })).optional(),
  sessions: z.array(session).min(1, 'at least one session is needed'),
  prayer_times_approx: z
    .record(z.string(), z.union([text, z.record(z.string(), wallTime)], 'must be times such as {"subuh": "03:53"}'))
    .optional(),
  reminders,
  registration: z.strictObject({
    open: instant,
    close: instant,
    number_prefix: z.string().regex(/^[A-Z]{2,5}$/, 'use 2 to 5 capital letters, such as "PSR"'),
  }),
  results: z
    .strictObject({
      undo_minutes: count,
      appeal_days: count,
      /** Where a certificate can be verified; what the QR code of a notice holds. */
      verify_url: z.url('must be an address such as "https://lpjk.pu.go.id"').optional(),
      /** When and where who is not competent yet may try again. */
      next_chance: text.optional(),
    })
    .optional(),
  privacy: z.strictObject({ unclaimed_delete_at: instant, draft_days: count, id_photo: text }),
})

/** An event as its organiser wrote it down; the form of examples/pasuruan-2025.json. */
export type EventFile = z.infer<typeof form>

export type ReadEventFile =
  | { readonly ok: true; readonly value: EventFile }
  | { readonly ok: false; readonly mistakes: readonly string[] }

/** Reads parsed JSON as an event file. Nothing is changed in it; a refusal names every mistake. */
export function readEventFile(json: unknown): ReadEventFile {
  if (holdsNul(json)) return { ok: false, mistakes: ['a text holds the character \\u0000, which no database keeps'] }
  const read = form.safeParse(json, { error: issue => wording(issue) })
  const mistakes = read.success ? contradictions(read.data) : read.error.issues.flatMap(issue => say(issue, json))
  return read.success && mistakes.length === 0 ? { ok: true, value: read.data } : { ok: false, mistakes }
}

/** Anywhere, also where the form allows any text. */
function holdsNul(json: unknown): boolean {
  if (typeof json === 'string') return json.includes('\0')
  if (typeof json !== 'object' || json === null) return false
  return Object.entries(json).some(entry => entry.some(holdsNul))
}
