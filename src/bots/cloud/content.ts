// A reply as the Cloud API shows it: up to three buttons, a list of up to ten rows, else text with a numbered menu.
import type { WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import type { Reply } from '../../flows/types.ts'
import { type Attachment, attachmentOf } from '../attachment.ts'
import { toData } from '../button.ts'
import { cloud } from '../capabilities.ts'
import { type Rendered, render } from '../render.ts'

const MAX_CAPTION = 1024
/** On the button that opens a list; the same word in both languages. */
const OPEN_LIST = 'Menu'

type Messages = WhatsAppClient['messages']
/** To whom: a number, or an id that stands for the person towards our business alone. */
export type To = { readonly to: string } | { readonly recipient: string }
/** Whose number sends it, and by what Meta is to name it when it tells what became of it. */
type Sending = { readonly phoneNumberId: string; readonly bizOpaqueCallbackData?: string }
/** Sends one message of ours; gives Meta's answer. */
export type Part = (messages: Messages, to: To & Sending) => Promise<unknown>

/** `upload` gives the id under which Meta knows a file of ours. */
export type Uploads = {
  readonly picture: (ticket: NonNullable<Reply['ticket']>) => Promise<string>
  readonly document: (attachment: Attachment) => Promise<string>
}

/** The messages that a reply becomes, in order; none where it says nothing here. */
export async function partsOf(reply: Reply, uploads: Uploads): Promise<readonly Part[]> {
  const rendered = renderFor(reply)
  const { ticket } = reply
  const texts = rendered.texts.map((body, i) =>
    i === rendered.texts.length - 1 && rendered.rows.length > 0 ? choices(reply, rendered, body) : text(body),
  )
  const [caption = ''] = rendered.texts
  const captioned = rendered.texts.length === 1 && rendered.rows.length === 0 && caption.length <= MAX_CAPTION
  const pictured = ticket
    ? captioned
      ? [image(await uploads.picture(ticket), caption)]
      : [image(await uploads.picture(ticket)), ...texts]
    : texts
  const attachment = await attachmentOf(reply)
  return attachment ? [...pictured, file(await uploads.document(attachment), attachment.name)] : pictured
}

/** Buttons whose data would not come back become a numbered menu. */
function renderFor(reply: Reply): Rendered {
  const fits = (reply.options ?? []).every(option => toData(reply.asked ?? -1, option.value))
  return render(reply, fits ? cloud : { ...cloud, buttons: false })
}

const text =
  (body: string): Part =>
  (messages, to) =>
    messages.sendText({ ...to, body, previewUrl: false })

const image =
  (id: string, caption?: string): Part =>
  (messages, to) =>
    messages.sendImage({ ...to, image: { id, ...(caption ? { caption } : {}) } })

const file =
  (id: string, filename: string): Part =>
  (messages, to) =>
    messages.sendDocument({ ...to, document: { id, filename } })

function choices(reply: Reply, { rows, list }: Rendered, bodyText: string): Part {
  const options = rows
    .flat()
    .map(({ value, label }) => ({ id: toData(reply.asked ?? -1, value) as string, title: label }))
  return (messages, to) =>
    list
      ? messages.sendInteractiveList({ ...to, bodyText, buttonText: OPEN_LIST, sections: [{ rows: options }] })
      : messages.sendInteractiveButtons({ ...to, bodyText, buttons: options })
}
