// Every notice that may come up has approved words for whoever has been silent for a day, and they keep Meta's limits.
import { describe, expect, it } from 'vitest'
import type { RuleFact } from '../../src/flows/facts.ts'
import { TEMPLATES, templateFor } from '../../src/flows/templates.ts'
import { event } from './facts.ts'

const registration = { number: 'PSR-00001K', name: 'Budi Santoso', status: 'DITERIMA' } as const
const [session] = event.sessions

/** As the event file may have them: who is told, and whether he is asked. */
const RULES = [
  { to: 'accepted', asks: true },
  { to: 'accepted', asks: false },
  { to: 'present', asks: true },
  { to: 'present', asks: false },
  { to: 'not_checked_in', asks: false },
  { to: 'incomplete', asks: false },
] as const

describe.each(['id', 'en'] as const)('in %s', lang => {
  it.each(['diterima', 'perbaikan', 'ditolak', 'perubahan', 'lanjutkan', 'tersambung', 'hasil-anggota'])(
    '%s has a template',
    purpose => {
      expect(templateFor(purpose, { lang, event, registration })).toBeDefined()
    },
  )

  it.each(RULES)('a reminder to who is $to has a template (asks: $asks)', rule => {
    const named = { id: 'h', session: session?.id ?? null, deadline: session?.start ?? null, ...rule } as RuleFact
    const chosen = templateFor('h', { lang, event: { ...event, rules: [named] }, registration })
    expect(chosen?.values.every(Boolean)).toBe(true)
    expect(chosen?.name.endsWith('_hadir') && rule.to !== 'not_checked_in').toBe(rule.asks)
  })

  it('what is told of a link needs to know of no event', () => {
    expect(templateFor('tersambung', { lang })).toMatchObject({ language: lang, values: [] })
  })

  it('a value that nobody knows is no template', () => {
    expect(templateFor('diterima', { lang, event: { ...event, where: '' }, registration })).toBeUndefined()
  })

  it('a text leaves room for long values: Meta takes 1,024 characters in all', () => {
    for (const { name, body } of Object.values(TEMPLATES)) expect(body[lang].length, name).toBeLessThan(400)
  })
})
