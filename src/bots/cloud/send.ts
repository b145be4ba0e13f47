// Sends one reply to one person: its messages one after the other, or the approved template where free words are not taken.
import type { WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import type { Reply } from '../../flows/types.ts'
import { toData } from '../button.ts'
import { type Outgoing, Refused, type Template } from '../port.ts'
import { type Part, partsOf, type To, type Uploads } from './content.ts'
import { createPairPace, createThroughput } from './pace.ts'
import { refusalOf } from './refusal.ts'

/**
 * Sends; gives Meta's id of the last message, null where there was nothing to say. Whether a message that got no answer
 * arrived can't be known, until Meta tells of it under the name that the last bears: the id of its row.
 */
export function createSend(client: WhatsAppClient, phoneNumberId: string, uploads: Uploads) {
  /** Messages of which Meta took a part and refused the next: the next try goes on from there. */
  const halfSent = new Map<string, number>()
  const pace = createPairPace()
  const throughput = createThroughput()

  return async ({ id, address, reply, template }: Outgoing): Promise<string | null> => {
    const to = { ...recipient(address), phoneNumberId }
    try {
      const parts = template ? [approved(template, reply)] : await made(reply, uploads)
      let messageId: string | null = null
      for (let i = halfSent.get(id) ?? 0; i < parts.length; i++) {
        pace(address)
        await throughput()
        const isLast = i + 1 === parts.length
        messageId = idIn(await (parts[i] as Part)(client.messages, isLast ? { ...to, bizOpaqueCallbackData: id } : to))
        if (!isLast) halfSent.set(id, i + 1)
      }
      halfSent.delete(id)
      return messageId
    } catch (error) {
      const refusal = error instanceof Refused ? error.refusal : refusalOf(error)
      if (!refusal) throw error
      if (!['wait', 'later', 'unreachable'].includes(refusal.kind)) halfSent.delete(id)
      throw new Refused(refusal)
    }
  }
}

/** Without an id it was perhaps not Meta that answered. */
function idIn(answer: unknown): string {
  const id = (answer as { messages?: readonly { id?: unknown }[] } | null)?.messages?.[0]?.id
  if (typeof id !== 'string') throw new Refused({ kind: 'uncertain', why: 'an answer without an id' })
  return id
}

/** Where an upload got no answer, nothing has left yet: it is tried again. */
async function made(reply: Reply, uploads: Uploads): Promise<readonly Part[]> {
  try {
    return await partsOf(reply, uploads)
  } catch (error) {
    const refusal = refusalOf(error)
    throw refusal?.kind === 'uncertain' ? new Refused({ kind: 'unreachable', why: refusal.why }) : error
  }
}

const recipient = (address: string): To => (/^\d+$/.test(address) ? { to: address } : { recipient: address })

/** Values hold no line breaks: Meta refuses them, and buttons it did not approve. A template's carry what ours would. */
function approved(
  { name, language, values, buttons: approvedButtons = 0 }: Template,
  { asked = -1, options = [] }: Reply,
): Part {
  const parameters = values.map(text => ({ type: 'text' as const, text: text.replace(/\s+/g, ' ').trim() }))
  const buttons = options.slice(0, approvedButtons).flatMap(({ value }, index) => {
    const payload = toData(asked, value)
    return payload
      ? [
          {
            type: 'button' as const,
            subType: 'quick_reply' as const,
            index,
            parameters: [{ type: 'payload' as const, payload }],
          },
        ]
      : []
  })
  const components = [{ type: 'body' as const, parameters }, ...buttons]
  return (messages, to) =>
    messages.sendTemplate({ ...to, template: { name, language: { code: language }, components } })
}
