// People on a test's Cloud API: what they write, press and send, and what they see on their phone.
import { randomUUID } from 'node:crypto'
import type { Look } from './graph-rules.ts'
import { type Media, metaId, seconds } from './graph-server.ts'

/** A message as it arrived. */
export type Shown = Look & {
  readonly id: string
  readonly to: string
  /** By what its sender wants to hear of it. */
  readonly name?: string
}

type Graph = {
  readonly messages: readonly Shown[]
  readonly addMedia: (file: Media) => string
  readonly post: (value: Readonly<Record<string, unknown>>) => Promise<number>
  readonly until: (what: () => string, holds: () => boolean, patienceMs?: number) => Promise<void>
}

export type Person = ReturnType<typeof createPerson>

/** `name`: his number (digits), or an id that stands for him towards our business (`ID.…`). */
export function createPerson(graph: Graph, name: string) {
  const numbered = /^\d+$/.test(name)
  let userId = numbered ? undefined : name
  let number = numbered ? name : undefined
  let heard = 0

  const sees = () => graph.messages.filter(({ to }) => to === name)

  /** Posts a message; gives its id once the bot has confirmed it. */
  async function sends(content: Readonly<Record<string, unknown>>, id = metaId(name, randomUUID())): Promise<string> {
    const contact = {
      ...(number ? { wa_id: number } : {}),
      ...(userId ? { user_id: userId } : {}),
      profile: { name: 'Budi' },
    }
    const from = { ...(number ? { from: number } : {}), ...(userId ? { from_user_id: userId } : {}) }
    await graph.post({ contacts: [contact], messages: [{ ...from, id, timestamp: seconds(), ...content }] })
    return id
  }

  function presses(title: string): Promise<string> {
    const message = sees().findLast(({ choices }) => choices.some(choice => choice.title === title))
    const choice = message?.choices.find(one => one.title === title)
    if (!message || !choice) throw new Error(`no choice "${title}" in ${JSON.stringify(sees().at(-1))}`)
    return pressesId(choice.id, title, message.type)
  }

  function pressesId(id: string, title = 'x', type = typeOf(id)): Promise<string> {
    if (type === 'template') return sends({ type: 'button', button: { payload: id, text: title } })
    const kind = type === 'list' ? 'list_reply' : 'button_reply'
    return sends({ type: 'interactive', interactive: { type: kind, [kind]: { id, title } } })
  }

  /** The kind of the message under which a choice stands. */
  const typeOf = (id: string): string =>
    sees().findLast(({ choices }) => choices.some(choice => choice.id === id))?.type ?? 'buttons'

  /** The bot's next message of this kind; what came before it counts as heard. */
  async function hears(pattern: RegExp, patienceMs?: number): Promise<Shown> {
    const next = () => sees().findIndex((message, i) => i >= heard && pattern.test(textOf(message)))
    await graph.until(
      () => `${pattern} at ${name}; last seen: ${JSON.stringify(sees().at(-1))}`,
      () => next() >= 0,
      patienceMs,
    )
    heard = next() + 1
    return sees()[heard - 1] as Shown
  }

  return {
    sees,
    sends,
    says: (text: string, id?: string) => sends({ type: 'text', text: { body: text } }, id),
    presses,
    pressesId,
    hears,
    sendsImage: (bytes: Buffer, changes: Partial<Media> = {}) => {
      const media = graph.addMedia({ bytes, mime: 'image/jpeg', ...changes })
      return sends({ type: 'image', image: { id: media, mime_type: 'image/jpeg' } })
    },
    sendsDocument: (bytes: Buffer, mime: string, changes: Partial<Media> = {}) => {
      const media = graph.addMedia({ bytes, mime, ...changes })
      return sends({ type: 'document', document: { id: media, mime_type: mime, filename: 'berkas' } })
    },
    /** From now on both are told, or only the id. */
    isKnownBy: (names: { readonly number?: string; readonly userId?: string }) => {
      number = names.number
      userId = names.userId
    },
  }
}

const textOf = ({ text, template }: Shown): string =>
  template ? `${template.name} ${template.values.join(' ')}` : text
