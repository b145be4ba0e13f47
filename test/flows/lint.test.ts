import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { personName } from '../../src/flows/answers/identity.ts'
import { flow } from '../../src/flows/flow.ts'
import { lint } from '../../src/flows/lint.ts'
import { CONSENT_VERSION, register } from '../../src/flows/register.ts'
import { OVERLAYS } from '../../src/flows/speak.ts'

describe('the registration', () => {
  it('has nothing that the lint finds', () => {
    expect(lint(register)).toEqual([])
  })

  it('has a new consent version whenever the consent text changes in any language', () => {
    const consent = register.questions.find(q => q.id === 'consent')
    const texts = [consent?.text, ...Object.values(OVERLAYS).map(over => over.flows.register?.questions.consent?.text)]
    const digest = createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 12)
    expect({ version: CONSENT_VERSION, digest }).toEqual({ version: '2025-2', digest: 'e84075ead693' })
  })

  it('has every question in a transcript', () => {
    const folder = new URL('../transcripts/', import.meta.url)
    const all = readdirSync(folder)
      .map(file => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n')
    for (const { id, text } of register.questions) {
      if (id === 'event') continue
      const opening = text.split(/\{|\n/)[0] as string
      expect(all, id).toContain(opening)
    }
  })
})

describe('the lint', () => {
  const broken = flow('broken', 'Halo')
    .ask('name', personName(), 'Siapa {nobody}?', { label: 'Nama yang panjang sekali lho ya' })
    .confirm('Benar?')
    .done(() => ({ kind: 'withdraw', event: '' }))

  it('names a placeholder nobody fills, a label too long, a missing example and missing translations', () => {
    const found = lint(broken).join('\n')
    expect(found).toContain('name: nobody fills nobody')
    expect(found).toContain('name: its label is longer than 24')
    expect(found).toContain('name: asks without an example')
    expect(found).toContain('en broken.name: no words for text')
  })
})
