// Nominating one by one: name, phone, NIK, trade; all but the name may be left out.
import { readCommand } from '../domain/command.ts'
import { readWritten } from '../domain/nominee.ts'
import { type ListLine, readNominee } from '../domain/nominee-list.ts'
import { words } from '../domain/words.ts'
import { closedText, type Desk, type Move, noting } from './office-desk.ts'
import { hearList } from './office-list.ts'
import type { Asking } from './office-types.ts'
import { onClock, say, sayDate, sayReason } from './speak.ts'

type One = Extract<Asking, { readonly line: ListLine; readonly kind: 'name' | 'phone' | 'nik' | 'trade' }>

const ORDER = ['name', 'phone', 'nik', 'trade'] as const
const EMPTY: ListLine = { n: 1, said: '', warn: [] }

const ask = (desk: Desk, asking: One, lead = ''): Move => ({
  state: noting(desk, { ...desk.state.office, asking }),
  replies: [{ text: [lead, say(desk.lang, `one_${asking.kind}`)].filter(Boolean).join('\n\n') }],
})

/** "Belum tahu", "nggak punya": as good as LEWATI. */
const UNKNOWN =
  /^(?:(?:belum|blm|tidak|tdk|gak|ga|gk|nggak|ngga|enggak|ndak|ora|mboten|kurang) (?:tahu|tau|ada|punya|hafal|hapal|ingat|eruh|ngerti|weruh|ngertos|gadah)(?: \w+){0,2}|lupa|kosong)$/

export function beginOne(desk: Desk): Move {
  const closed = closedText(desk, instant => sayDate(desk.lang, onClock(desk.event, instant).date))
  return closed
    ? { state: desk.state, replies: [{ text: closed }] }
    : ask(desk, { kind: 'name', line: EMPTY }, say(desk.lang, 'one_begin'))
}

/** The answer to one of the questions; undefined where it is something else: a pasted list. */
export function answerOne(desk: Desk, { kind, line }: One, text: string): Move | undefined {
  const today = desk.event.dateStart
  const command = readCommand(text)
  const skips = (command.ok && command.value === 'SKIP') || UNKNOWN.test(words(text))
  if (command.ok && !skips) return undefined
  if (text.includes('\n')) return undefined
  // "Budi Santoso 0836… tukang batu" answers all at once.
  const whole = kind === 'name' ? readNominee(text, { today }, 1) : undefined
  const read = whole ?? readWritten({ [kind]: text }, { today })
  if (skips && kind === 'name') return ask(desk, { kind, line })
  if (!skips && read[kind] === undefined)
    return ask(
      desk,
      { kind, line },
      sayReason(desk.lang, read.warn[0] ?? 'UNCLEAR', { digits: text.replace(/\D/g, '').length }),
    )
  const known: ListLine = skips ? line : { ...line, ...read, warn: [], said: text.slice(0, 200), n: 1 }
  const next = ORDER.slice(ORDER.indexOf(kind) + 1).find(field => known[field] === undefined)
  const given = whole && (whole.phone || whole.nik || whole.trade)
  if (next && !given) return ask(desk, { kind: next, line: known })
  return hearList(
    { ...desk, state: noting(desk, { ...desk.state.office }) },
    () => ({ ok: true, value: [known] }),
    false,
  )
}
