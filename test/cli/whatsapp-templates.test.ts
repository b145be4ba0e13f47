// What is submitted to Meta is what its API takes, and what a notice then says.
import { TemplateDefinition } from '@kapso/whatsapp-cloud-api'
import { expect, test } from 'vitest'
import { definitionsOf } from '../../src/cli/whatsapp-templates.ts'
import { TEMPLATES } from '../../src/flows/templates.ts'

test('every template is one that Meta takes, in both languages', () => {
  const definitions = definitionsOf()
  expect(definitions).toHaveLength(2 * Object.keys(TEMPLATES).length)
  for (const definition of definitions) {
    const written = JSON.stringify(definition)
    // Meta's names of fields; its client wants them in its own spelling.
    expect(written).not.toMatch(/"[a-z]+[A-Z]\w*":/)
    const spelt = JSON.parse(
      written.replace('"parameter_format"', '"parameterFormat"').replace('"body_text"', '"bodyText"'),
    )
    expect(TemplateDefinition.buildTemplateDefinition(spelt)).toBeTruthy()
  }
})

test('a text has words before its first and behind its last value, and names each value in both languages', () => {
  for (const { body } of Object.values(TEMPLATES)) {
    for (const text of Object.values(body)) expect(text).toMatch(/^[^{][\s\S]*[^}\s]$/)
    const places = Object.values(body).map(text => [...text.matchAll(/\{(\w+)\}/g)].map(found => found[1]).toSorted())
    expect(places[0]).toEqual(places[1])
  }
})

test('buttons fit: 20 characters', () => {
  const titles = Object.values(TEMPLATES).flatMap(({ buttons }) => Object.values(buttons ?? {}).flat())
  expect(titles.length).toBeGreaterThan(0)
  expect(titles.filter(title => title.length > 20)).toEqual([])
})
