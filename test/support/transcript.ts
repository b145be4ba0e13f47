// Reads a transcript: a conversation in plain text that a clerk can read and review.

export type Line =
  | { readonly who: 'person' | 'bot'; readonly text: string; readonly line: number }
  | { readonly who: 'time'; readonly hours: number; readonly line: number }
  | { readonly who: 'app'; readonly line: number }
  /** Another person's phone. */
  | { readonly who: 'phone'; readonly whose: string; readonly line: number }
  | { readonly who: 'office'; readonly act: string; readonly line: number }

export type Transcript = {
  readonly title: string
  /** Values of the head: "saluran: telegram", "hari ini: 2025-09-20", … */
  readonly head: Readonly<Record<string, string>>
  readonly lines: readonly Line[]
}

const HEAD = /^(saluran|hari ini|acara|nomor chat|bahasa): (.+)$/
const SPEECH = /^(Pekerja|Bot|Panitia): ?(.*)$/
const OTHER_APP = '(pindah ke aplikasi yang lain)'
const PHONE = /^\(HP (.+)\)$/
const LATER = /^\(lewat (\d+) (jam|hari)\)$/

/**
 * A line "Pekerja: …" is said by the worker, "Bot: …" is one message of the bot, "Panitia: …" an act of the office,
 * "(lewat 24 jam)" lets time pass; "(pindah ke aplikasi yang lain)" puts the worker on the other look, "(HP Siti)" goes on with
 * another person's phone; an indented line goes on the message above, "|" keeping an empty one.
 * Throws with the line's number on anything else, so that a typing mistake can't hide a test.
 */
export function readTranscript(text: string): Transcript {
  const head: Record<string, string> = {}
  const lines: Line[] = []
  let title = ''
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1
    const last = lines.at(-1)
    const speech = SPEECH.exec(raw)
    const later = LATER.exec(raw)
    const phone = PHONE.exec(raw)
    const set = lines.length === 0 ? HEAD.exec(raw) : null
    if (raw.startsWith('# ')) title ||= raw.slice(2)
    else if (set) head[set[1] as string] = set[2] as string
    else if (speech && speech[1] === 'Panitia') lines.push({ who: 'office', act: speech[2] as string, line })
    else if (speech) lines.push({ who: speech[1] === 'Bot' ? 'bot' : 'person', text: speech[2] as string, line })
    else if (phone) lines.push({ who: 'phone', whose: phone[1] as string, line })
    else if (raw === OTHER_APP) lines.push({ who: 'app', line })
    else if (later) lines.push({ who: 'time', hours: Number(later[1]) * (later[2] === 'hari' ? 24 : 1), line })
    else if (/^\s+\S/.test(raw) && last && 'text' in last) {
      lines[lines.length - 1] = { ...last, text: `${last.text}\n${raw.trim().replace(/^\|$/, '')}` }
    } else if (raw.trim() !== '') throw new Error(`line ${line} is no line of a transcript: ${raw}`)
  }
  if (!title) throw new Error('a transcript begins with "# " and what it shows')
  return { title, head, lines }
}
