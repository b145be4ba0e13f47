import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cloud } from '../../src/bots/capabilities.ts'
import { render } from '../../src/bots/render.ts'
import { associations, trades } from '../../src/domain/catalogue.ts'
import { readLanguage } from '../../src/domain/command.ts'
import { understand } from '../../src/domain/understand.ts'
import { personName } from '../../src/flows/answers/identity.ts'
import { flow } from '../../src/flows/flow.ts'
import { lint } from '../../src/flows/lint.ts'
import { REASONS } from '../../src/flows/reasons.ts'
import { CONSENT_VERSION, register } from '../../src/flows/register.ts'
import { OVERLAYS } from '../../src/flows/speak.ts'
import { WORDS } from '../../src/flows/words.ts'
import { event, facts } from './facts.ts'

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

describe('a choice on WhatsApp', () => {
  const languages = ['id', 'en'] as const

  it('has words that the lint knows: what a flow offers is never said past it', () => {
    const folder = new URL('../../src/flows/', import.meta.url)
    const past = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .filter(file =>
        /label: (capitalised\()?say\(lang, '(?!share_contact')/.test(readFileSync(new URL(file, folder), 'utf8')),
      )
    expect(past).toEqual([])
  })

  it.each(languages)('is never longer than a row of a list, whatever question offers it (%s)', lang => {
    const channel = { ...facts.channel, ownPhone: '+62812345678901' }
    const context = { lang, answers: {}, missed: undefined, event, facts: { ...facts, channel } }
    const fromData = ['event', 'trade']
    const offered = register.questions
      .filter(({ id }) => !fromData.includes(id))
      .flatMap(({ kind }) => kind.options?.(context) ?? [])
      .map(({ label }) => label)
    expect(offered).toContain(lang === 'id' ? 'Pakai 0812-3456-78901' : 'Use 0812-3456-78901')
    expect(offered.filter(label => label.length > 24)).toEqual([])
    expect(associations.filter(({ acronym }) => acronym.length > 24)).toEqual([])
  })

  it('whose name comes from data and is longer becomes a numbered menu that says all of it', () => {
    const options = trades.slice(0, 9).map(({ id, name }) => ({ value: id, label: name }))
    expect(options.some(({ label }) => label.length > 24)).toBe(true)
    const { rows, texts } = render({ text: 'Pilih:', options, asked: 1 }, cloud)
    expect(rows).toEqual([])
    for (const { label } of options) expect(texts.join('\n')).toContain(label)
  })
})

it('nothing that is told says "gagal": who is not competent yet has not failed', () => {
  const folder = new URL('../../src/flows/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
  expect(files.filter(file => /gagal/i.test(readFileSync(new URL(file, folder), 'utf8')))).toEqual([])
})

describe('the words that texts offer', () => {
  const NAMES = ['PDF', 'CSV', 'PESERTA']
  /** "Reply COMING or CAN'T COME", "ketik ORANG LAIN": what is offered in capitals. */
  const offered = (texts: unknown): string[] => {
    const said = JSON.stringify(texts).matchAll(/\b(?:type|reply|ketik|balas|or|atau) ([A-Z][A-Z' ]*[A-Z])\b(?! \()/gi)
    return [
      ...new Set(
        [...said].flatMap(([, word = '']) => (word === word.toUpperCase() && !NAMES.includes(word) ? [word] : [])),
      ),
    ]
  }

  it.each([...offered({ WORDS, REASONS, register, OVERLAYS })])('"%s" is understood', word => {
    const fields = ['command', 'yes_no', 'attendance', 'consent']
    expect(fields.some(field => understand(field, word).ok) || readLanguage(word)).toBeTruthy()
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
    expect(found).toContain('name: label is longer than 24')
    expect(found).toContain('name: asks without an example')
    expect(found).toContain('en broken.name: no words for text')
  })
})
