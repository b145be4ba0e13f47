// A reply as WhatsApp shows it: text with a numbered menu, the ticket as a picture with the text under it, files.
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
  const texts = render(reply, whatsapp).texts.map(text => ({ text, linkPreview: null }))
  const words = reply.ticket ? withPicture(Buffer.from(await drawTicket(reply.ticket)), texts) : texts
  const file = await attachmentOf(reply)
  return file ? [...words, { document: file.bytes, mimetype: file.type, fileName: file.name }] : words
}

function withPicture(image: Buffer, texts: readonly { readonly text: string }[]): readonly AnyMessageContent[] {
  const picture = { image, mimetype: 'image/png' }
  const caption = texts[0]?.text ?? ''
  return texts.length <= 1 && caption.length <= MAX_CAPTION ? [{ ...picture, caption }] : [picture, ...texts]
}
