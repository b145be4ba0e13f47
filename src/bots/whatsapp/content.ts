// A reply as WhatsApp shows it: text with a numbered menu, the ticket as a picture with the text under it.
import type { AnyMessageContent } from '@whiskeysockets/baileys'
import type { Reply } from '../../flows/types.ts'
import { attachmentOf } from '../attachment.ts'
import { whatsapp } from '../capabilities.ts'
import { render } from '../render.ts'

const MAX_CAPTION = 1024

/** Makes the PNG of a ticket. */
export type DrawTicket = (ticket: NonNullable<Reply['ticket']>) => Promise<Uint8Array>

/** The messages that a reply becomes, in order; none where it says nothing here. */
export async function contentsOf(reply: Reply, drawTicket: DrawTicket): Promise<readonly AnyMessageContent[]> {
  const { texts } = render(reply, whatsapp)
  const file = reply.document ? undefined : await attachmentOf(reply)
  if (file)
    return [
      ...texts.map(text => ({ text, linkPreview: null })),
      { document: file.bytes, mimetype: file.type, fileName: file.name },
    ]
  if (!reply.ticket) return texts.map(text => ({ text, linkPreview: null }))
  const image = Buffer.from(await drawTicket(reply.ticket))
  const [caption = ''] = texts
  const picture = { image, mimetype: 'image/png' }
  if (texts.length <= 1 && caption.length <= MAX_CAPTION) return [{ ...picture, caption }]
  return [picture, ...texts.map(text => ({ text, linkPreview: null }))]
}
