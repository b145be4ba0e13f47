// The acts of a timeline file: what happens when, one a line, in words that an organiser can read.

export type Act = {
  /** On the event's clock: "2025-10-05 09:00". */
  readonly at: string
  readonly verb: 'terima' | 'kembalikan' | 'tolak' | 'kata' | 'hadir' | 'mati' | 'hidup'
  /** Numbers of the people it concerns, counted from 1. */
  readonly people: readonly number[]
  /** The reason, the words said, or the session. */
  readonly what: string
}

const LINE =
  /^\* (\d{4}-\d\d-\d\d \d\d:\d\d) (terima|kembalikan|tolak|kata|hadir|mati|hidup)(?: ([\d, -]+))?(?:: (.+))?$/

/** Reads the lines that begin with a star. Throws on one that is no act, so that a typing mistake can't hide a test. */
export function readActs(text: string): readonly Act[] {
  return text.split('\n').flatMap(line => {
    if (!line.startsWith('*')) return []
    const [, at, verb, people = '', what = ''] = LINE.exec(line) ?? []
    if (!at || !verb) throw new Error(`no act: ${line}`)
    return [{ at, verb: verb as Act['verb'], people: readRanges(people), what }]
  })
}

export const printAct = ({ at, verb, people, what }: Act): string =>
  ['*', at, verb, ...(people.length ? [`${printRanges(people)}${what && ':'}`] : []), ...(what ? [what] : [])].join(' ')

function readRanges(text: string): number[] {
  return text.split(',').flatMap(part => {
    const [from, to = from] = part.trim().split('-').map(Number)
    if (!from || !to) return []
    return Array.from({ length: to - from + 1 }, (_, n) => from + n)
  })
}

/** 1-3, 5 */
export function printRanges(numbers: readonly number[]): string {
  const sorted = numbers.toSorted((a, b) => a - b)
  const starts = sorted.filter(n => !sorted.includes(n - 1))
  return starts
    .map(start => {
      let end = start
      while (sorted.includes(end + 1)) end++
      return end === start ? String(start) : `${start}-${end}`
    })
    .join(', ')
}
