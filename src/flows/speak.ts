// Says things in a person's language: the Indonesian text of the flows, or what locales/ lays over it.
import en from '../../locales/en.json' with { type: 'json' }
import type { Choice } from './choices.ts'
import type { EventFact } from './facts.ts'
import type { Flow, Question } from './flow.ts'
import { NOTES, REASONS } from './reasons.ts'
import type { Lang } from './types.ts'
import { WORDS, type Word } from './words.ts'

type Overlay = {
  readonly words: Readonly<Record<string, string>>
  readonly reasons: Readonly<Record<string, string>>
  readonly notes: Readonly<Record<string, string>>
  readonly flows: Readonly<Record<string, FlowOverlay>>
}
type FlowOverlay = {
  readonly welcome: string
  readonly confirm: string
  readonly questions: Readonly<
    Record<string, { readonly text: string; readonly again?: string; readonly label?: string; readonly help?: string }>
  >
}

/** The overlays by language; Indonesian needs none. */
export const OVERLAYS: Readonly<Record<Exclude<Lang, 'id'>, Overlay>> = { en }

type Values = Readonly<Record<string, string | number>>

const overlay = (lang: Lang): Overlay | undefined => (lang === 'id' ? undefined : OVERLAYS[lang])

/** A text with its `{placeholders}` filled, once: what is filled in is never read as a placeholder again. */
export const fillIn = (text: string, values: Values): string =>
  text.includes('{') ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : text

export const say = (lang: Lang, word: Word, values: Values = {}): string =>
  fillIn(overlay(lang)?.words[word] ?? WORDS[word], values)

/** The words on a choice. */
export const sayChoice = (lang: Lang, word: Choice, values: Values = {}): string => say(lang, word, values)

/** Why an answer was not taken; a reason without words of its own is "not understood". */
export function sayReason(lang: Lang, reason: string, values: Values = {}): string {
  const known = reason in REASONS ? (reason as keyof typeof REASONS) : 'UNCLEAR'
  return fillIn(overlay(lang)?.reasons[known] ?? REASONS[known], values)
}

/** Notes for the warnings that concern the person. */
export const sayNotes = (lang: Lang, warn: readonly string[]): string[] =>
  warn.flatMap(w => (w in NOTES ? [overlay(lang)?.notes[w] ?? NOTES[w as keyof typeof NOTES]] : []))

export const welcomeOf = (flow: Flow, lang: Lang): string => overlay(lang)?.flows[flow.id]?.welcome ?? flow.welcome
export const confirmOf = (flow: Flow, lang: Lang): string => overlay(lang)?.flows[flow.id]?.confirm ?? flow.confirm

/** Text, label and help of a question, unfilled. */
export function wordsOf(
  flow: Flow,
  question: Question,
  lang: Lang,
): { text: string; again: string; label: string; help: string } {
  const over = overlay(lang)?.flows[flow.id]?.questions[question.id]
  return {
    text: over?.text ?? question.text,
    again: over?.again ?? question.again ?? '',
    label: over?.label ?? question.label ?? '',
    help: over?.help ?? question.help ?? '',
  }
}

const nth = (lang: Lang, word: Word, n: number): string => say(lang, word).split(',')[n] as string

/** "17 Agustus 1985" */
export function sayDate(lang: Lang, date: Temporal.PlainDate): string {
  return `${date.day} ${nth(lang, 'months', date.month - 1)} ${date.year}`
}

/** "Rabu, 8 Oktober 2025" */
export const sayDay = (lang: Lang, date: Temporal.PlainDate): string =>
  `${nth(lang, 'days', date.dayOfWeek - 1)}, ${sayDate(lang, date)}`

const ZONES: Readonly<Record<string, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
}

/** An instant on the event's clock: its date, and "07.30" with the zone's name "WIB". */
export function onClock(event: EventFact, instant: string): { date: Temporal.PlainDate; time: string; zone: string } {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(event.timezone)
  const two = (n: number) => String(n).padStart(2, '0')
  return {
    date: local.toPlainDate(),
    time: `${two(local.hour)}.${two(local.minute)}`,
    zone: ZONES[event.timezone] ?? event.timezone,
  }
}

/** "Rabu, 8 Oktober 2025, 07.30 WIB" */
export function sayInstant(lang: Lang, event: EventFact, instant: string): string {
  const at = onClock(event, instant)
  return `${sayDay(lang, at.date)}, ${at.time} ${at.zone}`
}
