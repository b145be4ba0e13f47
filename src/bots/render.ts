// Turns a reply into what a channel can show. What it can't show is said in words: nothing is left out.
import type { Option, Reply } from '../flows/types.ts'
import type { Capabilities } from './port.ts'
import { shorten, split } from './split.ts'

/** Longer labels are cut off on a phone's screen: the text then lists them whole, the button shows the beginning. */
const BUTTON_LABEL = 40
/** Up to this length three buttons stand side by side. */
const SHORT_LABEL = 12
const MAX_POPUP = 200

export type Rendered = {
  /** One or more messages, in order. Buttons, the contact button and the picture belong to the whole. */
  readonly texts: readonly string[]
  /** Rows of buttons under the last message; empty where there are none. */
  readonly rows: readonly (readonly Option[])[]
  /** The rows are those of a list that opens, not buttons. */
  readonly list: boolean
  /** Label of the button that shares the sender's own number. Never together with `rows`. */
  readonly contact?: string
  /** The text is to be shown as a pop-up. */
  readonly popup: boolean
}

/** Renders one reply for a channel. A ticket is the channel's own matter: it stays in the reply. */
export function render(reply: Reply, can: Capabilities): Rendered {
  const options = reply.options ?? []
  const contact = can.contactButton ? reply.shareContact?.label : undefined
  // A message carries buttons or a contact button, not both. Without a contact button the question's own words do.
  const shape = shapeOf(reply, can)
  const buttons = shape !== 'numbers' && contact === undefined
  const whole = can.choices !== undefined || fitOnButtons(reply.text, options)
  const listed = options.length > 0 && (buttons ? !whole : !reply.spoken)
  const menu = numbered(options)
  const popup = can.popups && reply.popup === true && reply.text.length <= MAX_POPUP && isBare(reply)

  const parts = [reply.text]
  if (contact !== undefined) parts.push(reply.shareContact?.hint ?? '')
  if (listed)
    parts.push([...menu.map(option => option.label), ...(buttons || !reply.hint ? [] : [reply.hint])].join('\n'))
  return {
    texts: split(parts.join('\n\n'), can.maxText),
    rows: buttons ? (can.choices ? options.map(option => [option]) : rows(listed ? menu.map(shortened) : options)) : [],
    list: shape === 'list',
    ...(contact === undefined ? {} : { contact }),
    popup,
  }
}

/** How choices are shown. A platform that would cut off or refuse a label gets numbers: they say all of it. */
function shapeOf({ text, options = [] }: Reply, { buttons, choices }: Capabilities): 'buttons' | 'list' | 'numbers' {
  if (!buttons) return 'numbers'
  if (!choices) return 'buttons'
  const fits = ({ most, label }: { readonly most: number; readonly label: number }) =>
    options.length <= most && options.every(option => option.label.length <= label)
  if (text.length > choices.text || text.trim() === '') return 'numbers'
  return fits(choices.buttons) ? 'buttons' : fits(choices.list) ? 'list' : 'numbers'
}

const isBare = (reply: Reply): boolean =>
  !reply.options?.length && reply.shareContact === undefined && reply.ticket === undefined

const fitOnButtons = (text: string, options: readonly Option[]): boolean =>
  text.trim() !== '' && options.every(option => option.label.length <= BUTTON_LABEL)

const shortened = (option: Option): Option => ({ ...option, label: shorten(option.label, BUTTON_LABEL) })

/** Options under their own numbers; the others are counted from 1, as the engine counts them. */
function numbered(options: readonly Option[]): readonly Option[] {
  let place = 0
  return options.map(option => ({ ...option, label: `${option.number ?? ++place}. ${option.label}` }))
}

/** Short labels up to three side by side, in rows as even as can be; longer ones one a row. */
function rows(options: readonly Option[]): readonly (readonly Option[])[] {
  const short = options.every(option => option.label.length <= SHORT_LABEL)
  const perRow = short ? Math.ceil(options.length / Math.ceil(options.length / 3)) : 1
  const found: Option[][] = []
  for (let i = 0; i < options.length; i += perRow) found.push(options.slice(i, i + perRow))
  return found
}
