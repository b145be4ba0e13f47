// Sends one reply to one chat: text, buttons, contact button, picture, pop-up, or an edit of the pressed message.
import { type Api, GrammyError, InputFile } from 'grammy'
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types'
import type { Logger } from 'pino'
import type { Reply } from '../../flows/types.ts'
import { attachedName, attachmentOf } from '../attachment.ts'
import { toData } from '../button.ts'
import { telegram } from '../capabilities.ts'
import { type Accepted, type Outgoing, Refused } from '../port.ts'
import { type Rendered, render } from '../render.ts'
import { describe, refusalOf } from './refusal.ts'

const MAX_CAPTION = 1024
const NO_PREVIEW = { link_preview_options: { is_disabled: true } }

/** Makes the PNG of a ticket. */
export type DrawTicket = (ticket: NonNullable<Reply['ticket']>) => Promise<Uint8Array>

/** `send` of the port. Names and texts go out as typed: no parse mode is ever set. */
export function createSend(api: Api, drawTicket: DrawTicket, log: Logger) {
  /** Messages of which Telegram took a part and refused the next: the next try goes on from there. */
  const halfSent = new Map<string, number>()

  return async (message: Outgoing): Promise<Accepted> => {
    const rendered = renderFor(message.reply)
    const wordless = rendered.texts.length === 0 && !message.reply.ticket
    try {
      if (message.press) {
        if (rendered.popup && !wordless && (await showPopup(api, message.press.callback, rendered)))
          return { messageId: null }
        // Only stops the button's spinner; nobody waits for it.
        void stopSpinner(api, message.press.callback, log)
        if (await edit(api, message, rendered)) return { messageId: message.press.message }
      }
      if (wordless) return { messageId: null }
      return { messageId: String(await sendParts(api, message, rendered, drawTicket, halfSent)) }
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal) throw error
      if (refusal.kind !== 'wait' && refusal.kind !== 'unreachable') halfSent.delete(message.id)
      throw new Refused(refusal)
    }
  }
}

/** Buttons whose data Telegram would not take become a numbered menu. */
function renderFor(reply: Reply): Rendered {
  const fits = (reply.options ?? []).every(option => toData(reply.asked ?? -1, option.value))
  return render(reply, fits ? telegram : { ...telegram, buttons: false })
}

async function sendParts(
  api: Api,
  { id, address, reply }: Outgoing,
  rendered: Rendered,
  drawTicket: DrawTicket,
  halfSent: Map<string, number>,
): Promise<number> {
  const { ticket } = reply
  const attached = attachedName(reply) !== ''
  const captioned = ticket && rendered.texts.length === 1 && (rendered.texts[0]?.length ?? 0) <= MAX_CAPTION
  const parts = ticket && !captioned ? ['', ...rendered.texts] : rendered.texts
  let messageId = 0
  for (let i = halfSent.get(id) ?? 0; i < parts.length; i++) {
    const text = parts[i] as string
    const markup = { reply_markup: i === parts.length - 1 ? keyboard(reply, rendered) : REMOVE }
    const sent =
      ticket && i === 0
        ? await api.sendPhoto(address, new InputFile(await drawTicket(ticket), 'tiket.png'), {
            caption: text,
            ...markup,
          })
        : await api.sendMessage(address, text, { ...NO_PREVIEW, ...markup })
    messageId = sent.message_id
    if (i + 1 < parts.length || attached) halfSent.set(id, i + 1)
  }
  const attachment = await attachmentOf(reply)
  if (attachment) {
    const file = new InputFile(attachment.bytes, attachment.name)
    messageId = (await api.sendDocument(address, file)).message_id
  }
  halfSent.delete(id)
  return messageId
}

/** A contact keyboard stays until something takes it away; every message without buttons does. */
const REMOVE: ReplyKeyboardRemove = { remove_keyboard: true }

function keyboard(reply: Reply, rendered: Rendered): InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove {
  if (rendered.contact !== undefined) {
    const button = { text: rendered.contact, request_contact: true as const }
    return { keyboard: [[button]], one_time_keyboard: true, resize_keyboard: true }
  }
  return rendered.rows.length > 0 ? inline(reply, rendered) : REMOVE
}

const inline = (reply: Reply, { rows }: Rendered): InlineKeyboardMarkup => ({
  inline_keyboard: rows.map(row =>
    row.map(({ label, value }) => ({ text: label, callback_data: toData(reply.asked ?? -1, value) as string })),
  ),
})

/** False where the press is too old for a pop-up: then the words go out as a message. */
async function showPopup(api: Api, callback: string, { texts }: Rendered): Promise<boolean> {
  try {
    return await api.answerCallbackQuery(callback, { text: texts[0] as string })
  } catch (error) {
    if (isRejected(error)) return false
    throw error
  }
}

async function stopSpinner(api: Api, callback: string, log: Logger): Promise<void> {
  try {
    await api.answerCallbackQuery(callback)
  } catch (error) {
    if (!isRejected(error)) log.warn(describe(error), 'telegram: a press could not be acknowledged')
  }
}

/** False where the pressed message is not to be, or can't be, replaced: then a new one goes out. */
async function edit(api: Api, { address, reply, press }: Outgoing, rendered: Rendered): Promise<boolean> {
  const inPlace = reply.replaces && !reply.ticket && rendered.contact === undefined && rendered.texts.length === 1
  if (!press || !inPlace || press.message === '') return false
  try {
    const markup = rendered.rows.length > 0 ? { reply_markup: inline(reply, rendered) } : {}
    await api.editMessageText(address, Number(press.message), rendered.texts[0] as string, { ...NO_PREVIEW, ...markup })
  } catch (error) {
    if (!isRejected(error)) throw error
    return error.description.includes('message is not modified')
  }
  return true
}

const isRejected = (error: unknown): error is GrammyError => error instanceof GrammyError && error.error_code === 400
