// A message with labelled lines ("Nama: …, NIK: …") answers every question it names.
import { readLabelled } from '../domain/labelled.ts'
import { not } from '../domain/read.ts'
import { type Standing, standing } from './progress.ts'
import { say, sayReason, wordsOf } from './speak.ts'
import { accept, LONGEST, type Step } from './step.ts'

/**
 * Goes through the lines in the order of the questions, so that what hangs on another answer sees it.
 * Null where the message has no labelled line for a question of this flow, or only one for the open question.
 */
export function fill(at: Standing, text: string): Step | null {
  const lines = new Map(readLabelled(text).map(line => [line.label as string, line.text]))
  const named = at.flow.questions.filter(q => lines.has(q.id))
  if (named.length === 0) return null
  let there = at
  const filled: string[] = []
  const unread: string[] = []
  const { lang } = at.state
  for (const question of named) {
    const said = lines.get(question.id) ?? ''
    const { label } = wordsOf(at.flow, question, lang)
    const read =
      said.length > LONGEST ? not('TOO_LONG') : question.kind.read({ kind: 'text', text: said }, there.context)
    const step = read.ok ? accept(there, question, read.value, said, read.warn ?? []) : undefined
    if (step?.asks) return step
    const taken = step !== undefined && step.state.answers[question.id] !== there.state.answers[question.id]
    if (taken) there = standing(at.flow, step.state, at.facts)
    if (!label) continue
    if (taken) filled.push(label)
    else unread.push(`• ${label}: ${read.ok ? (step?.lead?.[0] ?? '') : sayReason(lang, read.reason, read.detail)}`)
  }
  return {
    state: there.state,
    put: true,
    lead: [
      filled.length ? say(lang, 'filled', { labels: filled.join(', ') }) : '',
      unread.length ? say(lang, 'not_filled', { lines: unread.join('\n') }) : '',
    ],
  }
}
