// What a phone on the Cloud API has to show: answers and notices in full, or the words that Meta approved.
import { partsOf } from '../../src/bots/cloud/content.ts'
import type { Reply } from '../../src/flows/types.ts'
import type { Shown } from './graph-people.ts'
import type { Arrived } from './ledger-world.ts'

const worded = ({ text, choices, template }: Shown): string =>
  [`${template?.name} (${template?.language}): ${text}`, choices.map(({ title }) => `[${title}]`).join(' ')]
    .filter(Boolean)
    .join('\n     ')

/** A phone shows a message for each part of the replies and no other, and every choice of theirs in full. */
export async function compare(shown: readonly Shown[], replies: readonly Reply[]): Promise<void> {
  const uploads = { picture: async () => 'x', document: async () => 'x' }
  const parts = await Promise.all(replies.map(reply => partsOf(reply, uploads)))
  const all = shown.flatMap(({ text, choices }) => [text, ...choices.map(({ title }) => title)]).join('\n')
  const labels = replies.flatMap(({ spoken, options = [] }) => (spoken ? [] : options.map(({ label }) => label)))
  const missing = [...replies.map(({ text }) => text.slice(0, 300)), ...labels].filter(words => !all.includes(words))
  if (shown.length !== parts.flat().length || missing.length > 0 || shown.some(({ template }) => template))
    throw new Error(`the phone shows ${JSON.stringify(shown)}; missing: ${JSON.stringify(missing)}`)
}

/**
 * Phones show these notices and no other message: in their own words, or by a template each where the person has been
 * silent for a day. Gives what templates said.
 */
export async function compareNotices(
  all: readonly Shown[],
  arrived: readonly Arrived[],
  isSilent: (to: string) => boolean,
): Promise<readonly string[]> {
  const told = Map.groupBy(arrived, ({ id }) => all.find(({ name }) => name === id)?.to ?? 'nobody')
  const unasked = all.filter(({ to }) => !told.has(to))
  if (unasked.length > 0) throw new Error(`nothing in the ledger says ${JSON.stringify(unasked)}`)
  const said: string[] = []
  for (const [to, notices] of told) {
    const shown = all.filter(one => one.to === to)
    if (!isSilent(to)) {
      const replies = notices.map(({ reply }) => reply)
      await compare(shown, replies)
      continue
    }
    if (shown.length !== notices.length || shown.some(({ template }) => !template))
      throw new Error(`only templates may tell of ${JSON.stringify(notices)}, not ${JSON.stringify(shown)}`)
    said.push(...shown.map(worded))
  }
  return said
}
