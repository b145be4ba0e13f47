// Looks a flow over for what the compiler can't see: placeholders nobody fills, labels too long, words left untranslated.

import { CHOICES } from './choices.ts'
import type { Flow } from './flow.ts'
import { NOTES, REASONS } from './reasons.ts'
import { OVERLAYS } from './speak.ts'
import { WORDS } from './words.ts'

/** Labels stay readable on the narrowest channel: a list row of the WhatsApp Cloud API has 24 characters. */
const LONGEST_LABEL = 24

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(m => m[1] as string).toSorted()

/** What is wrong with a flow, a line each; empty when nothing is. */
export function lint(flow: Flow): string[] {
  return [
    ...flow.questions.flatMap(lintQuestion),
    ...flow.questions.flatMap(hangsOn(flow)),
    ...tooLong('id choice', CHOICES),
    ...Object.entries(OVERLAYS).flatMap(([lang, over]) => {
      const questions = over.flows[flow.id]?.questions ?? {}
      return [
        ...tooLong(`${lang} choice`, Object.fromEntries(Object.keys(CHOICES).map(key => [key, over.words[key] ?? '']))),
        ...flow.questions.flatMap(({ id }) => tooLong(`${lang} ${flow.id}.${id}`, labelOf(questions[id]))),
        ...compare(`${lang} words`, WORDS, over.words),
        ...compare(`${lang} reasons`, REASONS, over.reasons),
        ...compare(`${lang} notes`, NOTES, over.notes),
        ...flow.questions.flatMap(({ id, text, again, label, help }) =>
          compare(`${lang} ${flow.id}.${id}`, without({ text, again, label, help }), questions[id] ?? {}),
        ),
      ]
    }),
  ]
}

function lintQuestion({ id, text, label, help, fill }: Flow['questions'][number]): string[] {
  const unfilled = placeholders(text).length > 0 && !fill
  return [
    ...(unfilled ? [`${id}: nobody fills ${placeholders(text).join(', ')}`] : []),
    ...(placeholders(help ?? '').length ? [`${id}: a help has no placeholders`] : []),
    ...tooLong(id, labelOf({ label })),
    ...(label && !/contoh|pilih|ijazah|kirim/i.test(text) ? [`${id}: asks without an example`] : []),
  ]
}

const labelOf = (texts: { readonly label?: string | undefined } | undefined) => without({ label: texts?.label })

const tooLong = (where: string, labels: Readonly<Record<string, string>>): string[] =>
  Object.entries(labels).flatMap(([key, text]) =>
    text.length > LONGEST_LABEL ? [`${where}: ${key} is longer than ${LONGEST_LABEL}`] : [],
  )

/** A question hangs only on one that stands before it. */
const hangsOn =
  (flow: Flow) =>
  ({ id, of }: Flow['questions'][number], index: number): string[] =>
    of === undefined || flow.questions.slice(0, index).some(q => q.id === of)
      ? []
      : [`${id}: hangs on ${of}, which is not asked before`]

const without = (texts: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter((pair): pair is [string, string] => pair[1] !== undefined))

/** Every text of `base` has its counterpart with the same placeholders, and there are no others. */
function compare(
  where: string,
  base: Readonly<Record<string, string>>,
  over: Readonly<Record<string, string>>,
): string[] {
  const missing = Object.keys(base).filter(key => over[key] === undefined)
  const left = Object.keys(over).filter(key => base[key] === undefined)
  const differ = Object.entries(base).filter(
    ([key, text]) => over[key] !== undefined && String(placeholders(text)) !== String(placeholders(over[key])),
  )
  return [
    ...missing.map(key => `${where}: no words for ${key}`),
    ...left.map(key => `${where}: ${key} is nothing's`),
    ...differ.map(([key]) => `${where}: ${key} has other placeholders`),
  ]
}
