// `sapa whatsapp templates`: what to submit to Meta, so that notices may leave after a day of silence.
import type { TemplateDefinition } from '@kapso/whatsapp-cloud-api'
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

/** In the form of Meta's API for message templates. */
export function definitionsOf(): readonly TemplateDefinition.TemplateDefinition[] {
  return Object.values(TEMPLATES).flatMap(template => [definition(template, 'id'), definition(template, 'en')])
}

function definition({ name, body, buttons }: NoticeTemplate, language: Lang): TemplateDefinition.TemplateDefinition {
  const places = placesIn(body[language])
  const text = places.reduce((words, place, i) => words.replace(`{${place}}`, `{{${i + 1}}}`), body[language])
  return {
    name,
    language,
    category: 'UTILITY',
    parameterFormat: 'POSITIONAL',
    components: [
      {
        type: 'BODY',
        text,
        ...(places.length > 0 ? { example: { bodyText: [places.map(place => EXAMPLES[place])] } } : {}),
      },
      ...(buttons
        ? [
            {
              type: 'BUTTONS' as const,
              buttons: buttons[language].map(text => ({ type: 'QUICK_REPLY' as const, text })),
            },
          ]
        : []),
    ],
  }
}

export async function printTemplates({ json }: Common): Promise<void> {
  const definitions = definitionsOf()
  if (json) return printJson(definitions)
  await printLines(
    ...definitions.flatMap(({ name, language, category, components }) => [
      `${name} (${language}, ${category})`,
      ...components.flatMap(linesOf),
      '',
    ]),
  )
}

function linesOf(part: TemplateDefinition.TemplateDefinition['components'][number]): string[] {
  if (part.type === 'BODY') return [`  ${part.text}`]
  if (part.type !== 'BUTTONS') return []
  return [`  ${part.buttons.map(button => ('text' in button ? `[${button.text}]` : '')).join(' ')}`]
}
