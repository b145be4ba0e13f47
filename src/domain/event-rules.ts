// The reminder rules of an event file: when each fires, to whom, and when nothing may be sent.
import { z } from 'zod'
import { date, duration, text, wallTime } from './event-values.ts'

const to = z.enum(['accepted', 'present', 'not_checked_in', 'incomplete', 'assessed', 'competent', 'renewal_consent'])
const common = { id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and dashes only'), to }
const copies = { asks: z.literal('attendance').optional(), copy_to: z.literal('nominator').optional() }

/** Before or after a session; `at` puts it on a clock time of that day. */
const aroundSession = z
  .strictObject({
    ...common,
    session: text,
    day: z.number().int().min(1).optional(),
    before: duration.optional(),
    after: duration.optional(),
    at: wallTime.optional(),
    ...copies,
  })
  .refine(rule => (rule.before === undefined) !== (rule.after === undefined), 'needs either "before" or "after"')
  .refine(
    rule => rule.at === undefined || !/T/.test(rule.before ?? rule.after ?? ''),
    '"at" needs whole days, such as "before": "P1D"',
  )

/** When something happens to the person. */
const onHappening = z.strictObject({
  ...common,
  on: z.enum(['accepted', 'results_published', 'certificate_recorded']),
  between: z.tuple([wallTime, wallTime]).optional(),
  ...copies,
})

/** Again and again until a deadline. */
const untilDeadline = z.strictObject({
  ...common,
  until: text,
  every: duration,
  at: wallTime,
  max: z.number().int().min(1),
  // biome-ignore lint/suspicious/noThenProperty: the event file's own word, and never a function
  then: z.literal('nominator').optional(),
  ...copies,
})

/** Before a certificate expires. */
const beforeExpiry = z.strictObject({
  ...common,
  expiry: z.literal(true),
  before: z.array(duration).min(1, 'needs at least one length of time'),
})

/** The words by one of which a rule says when it fires. */
export const RULE_KEYS = ['session', 'on', 'until', 'expiry'] as const

const rule = z.union(
  [aroundSession, onHappening, untilDeadline, beforeExpiry],
  `must say when it fires, by one of "${RULE_KEYS.join('", "')}"`,
)

export const reminders = z.strictObject({
  quiet_hours: z.strictObject({
    start: wallTime,
    end: wallTime,
    early_before: wallTime.optional(),
    early_send: wallTime.optional(),
  }),
  avoid_windows: z.array(
    z
      .strictObject({
        name: text,
        /** 1 is Monday, 7 is Sunday; without it every day. */
        weekday: z.number().int().min(1).max(7).optional(),
        /** A holiday: on this day only. */
        date: date.optional(),
        start: wallTime,
        end: wallTime,
        soft: z.boolean(),
      })
      .refine(window => window.start < window.end, 'it ends before it starts'),
  ),
  plan: z.array(rule),
  max_per_day: z.number().int().min(1),
  grammar: z.string().optional(),
})

export type ReminderRules = z.infer<typeof reminders>
