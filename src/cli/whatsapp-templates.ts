// `sapa whatsapp templates`: what to submit to Meta, so that notices may leave after a day of silence.
import { type NoticeTemplate, placesIn, TEMPLATES } from '../flows/templates.ts'
import type { Lang } from '../flows/types.ts'
import type { Common } from './house.ts'
import { printJson, printLines } from './print.ts'

/** Meta wants an example for each value. */
const EXAMPLES = {
  name: 'Budi Santoso',
  number: 'PSR-00001B',
  event: 'Uji Kompetensi Tenaga Kerja Konstruksi 2025',
  when: 'Rabu, 8 Oktober 2025, 07.30 WIB',
  where: 'Ascent Premier Hotel, Kota Pasuruan',
  until: 'Senin, 6 Oktober 2025, 12.00 WIB',
}

type Part =
  | { readonly type: 'BODY'; readonly text: string; readonly example?: { readonly body_text: readonly string[][] } }
  | { readonly type: 'BUTTONS'; readonly buttons: readonly { readonly type: 'QUICK_REPLY'; readonly text: string }[] }

/** As Meta's API for message templates takes them. */
export const definitionsOf = () =>
  Object.values(TEMPLATES).flatMap(template => [definition(template, 'id'), definition(template, 'en')])

function definition({ name, body, buttons }: NoticeTemplate, language: Lang) {
  const places = placesIn(body[language])
  const text = places.reduce((words, place, i) => words.replace(`{${place}}`, `{{${i + 1}}}`), body[language])
  const examples = places.length > 0 ? { example: { body_text: [places.map(place => EXAMPLES[place])] } } : {}
  const components: Part[] = [{ type: 'BODY', text, ...examples }]
  if (buttons)
    components.push({ type: 'BUTTONS', buttons: buttons[language].map(text => ({ type: 'QUICK_REPLY', text })) })
  return { name, language, category: 'UTILITY', parameter_format: 'POSITIONAL', components }
}

export async function printTemplates({ json }: Common): Promise<void> {
  const definitions = definitionsOf()
  if (json) return printJson(definitions)
  await printLines(
    ...definitions.flatMap(({ name, language, category, components }) => [
      `${name} (${language}, ${category})`,
      ...components.map(linesOf),
      '',
    ]),
  )
}

const linesOf = (part: Part): string =>
  `  ${part.type === 'BODY' ? part.text : part.buttons.map(({ text }) => `[${text}]`).join(' ')}`
