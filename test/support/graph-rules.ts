// What Meta's Cloud API takes: a message that breaks a rule of its documentation is refused, so that a test finds it.
import { placesIn, TEMPLATES } from '../../src/flows/templates.ts'
import type { Lang } from '../../src/flows/types.ts'
import type { Media } from './graph-server.ts'
import type { Upload } from './multipart.ts'

export class GraphError extends Error {
  readonly code: number
  readonly status: number
  constructor(code: number, status = 400) {
    super(`error ${code}`)
    this.code = code
    this.status = status
  }
}

/** What a person sees of a message. */
export type Look = {
  readonly type: string
  readonly text: string
  readonly choices: readonly { readonly id: string; readonly title: string }[]
  readonly picture?: Buffer
  readonly template?: { readonly name: string; readonly language: string; readonly values: readonly string[] }
}

type Payload = Readonly<Record<string, unknown>>
const need = (right: boolean): void => {
  if (!right) throw new GraphError(100)
}
const fits = (text: unknown, most: number): string => {
  need(typeof text === 'string' && text.length > 0 && text.length <= most)
  return text as string
}

/** Reads a payload of `/messages`. Throws GraphError where Meta would refuse it. */
export function readMessage(payload: Payload, media: (id: string) => Media | undefined): Look {
  need(payload.messaging_product === 'whatsapp')
  const { to, recipient, type } = payload
  need(typeof to === 'string' ? /^\d{7,15}$/.test(to) : /^[A-Z]{2}\.\w{1,128}$/.test(String(recipient)))
  switch (type) {
    case 'text':
      return plain('text', fits((payload.text as Payload).body, 4096))
    case 'image':
    case 'document': {
      const { id, caption } = payload[type] as Payload
      const file = media(String(id))
      need(file !== undefined && file.mime.startsWith('image/') === (type === 'image'))
      const text = caption === undefined ? '' : fits(caption, 1024)
      return { ...plain(type, text), ...(file ? { picture: file.bytes } : {}) }
    }
    case 'interactive':
      return readInteractive(payload.interactive as Payload)
    case 'template':
      return readTemplate(payload.template as Payload)
    default:
      throw new GraphError(131051)
  }
}

/** By what the sender wants to hear of a message. */
export const namedBy = ({ biz_opaque_callback_data: name }: Payload): { readonly name?: string } =>
  name === undefined ? {} : { name: fits(name, 512) }

const MEGABYTE = 1024 * 1024
const UPLOADS: Readonly<Record<string, number>> = {
  'image/png': 5 * MEGABYTE,
  'image/jpeg': 5 * MEGABYTE,
  'text/plain': 100 * MEGABYTE,
  'application/pdf': 100 * MEGABYTE,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 100 * MEGABYTE,
}

/** The type of a file that is handed in. Throws GraphError where Meta would refuse it. */
export function checkUpload({ type, bytes }: Upload, named: string | undefined): string {
  need(named === type && bytes.length > 0 && bytes.length <= (UPLOADS[type] ?? 0))
  return type
}

const plain = (type: string, text: string): Look => ({ type, text, choices: [] })

function readInteractive(interactive: Payload): Look {
  const text = fits((interactive.body as Payload).text, 1024)
  const action = interactive.action as {
    buttons?: { reply: Choice }[]
    button?: string
    sections?: { rows: Choice[] }[]
  }
  const list = interactive.type === 'list'
  const rows = list
    ? (action.sections ?? []).flatMap(section => section.rows)
    : (action.buttons ?? []).map(b => b.reply)
  if (list) fits(action.button, 20)
  need(rows.length > 0 && rows.length <= (list ? 10 : 3))
  const choices = rows.map(({ id, title }) => ({ id: fits(id, list ? 200 : 256), title: fits(title, list ? 24 : 20) }))
  need(new Set(choices.map(({ id }) => id)).size === choices.length)
  need(new Set(choices.map(({ title }) => title)).size === choices.length)
  return { type: list ? 'list' : 'buttons', text, choices }
}

type Choice = { readonly id: string; readonly title: string }

/** What was submitted to Meta and approved. */
const APPROVED = new Map(Object.values(TEMPLATES).map(template => [template.name, template]))

function readTemplate({ name, language, components }: Payload): Look {
  const parts = (components ?? []) as {
    type: string
    sub_type?: string
    index?: string | number
    parameters: { text?: string; payload?: string }[]
  }[]
  const values = parts
    .filter(({ type }) => type === 'body')
    .flatMap(part => part.parameters.map(({ text }) => String(text)))
  need(values.every(value => value.length > 0 && !/\n|\t| {5}/.test(value)))
  const lang = fits((language as Payload).code, 10) as Lang
  const approved = APPROVED.get(fits(name, 512))
  const body = approved?.body[lang]
  if (!approved || !body) throw new GraphError(132001, 404)
  const places = placesIn(body)
  if (values.length !== places.length) throw new GraphError(132000)
  const titles = approved.buttons?.[lang] ?? []
  const payloads = new Map(
    parts
      .filter(part => part.type === 'button' && part.sub_type === 'quick_reply')
      .map(({ index, parameters }) => [Number(index), String(parameters[0]?.payload)]),
  )
  if ([...payloads.keys()].some(index => titles[index] === undefined)) throw new GraphError(131009)
  // A button without a payload of its own gives back its title.
  const choices = titles.map((title, index) => ({ id: payloads.get(index) ?? title, title }))
  const text = places.reduce((words, place, i) => words.replace(`{${place}}`, () => values[i] as string), body)
  return { type: 'template', text, choices, template: { name: approved.name, language: lang, values } }
}
