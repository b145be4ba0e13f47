// Every utterance of every field, read as the bot reads it.
import { describe, expect, it } from 'vitest'
import { readNik } from '../../src/domain/nik.ts'
import { understand, understoodFields } from '../../src/domain/understand.ts'
import { type Case, casesOf } from './utterances.ts'

const expected = (one: Case) =>
  one.ok ? { ok: true, value: one.value, warn: one.warn ?? [] } : { ok: false, reason: one.reason }

describe.each(understoodFields)('%s', field => {
  const cases = casesOf(field).filter(one => !one.given)
  it.each(cases)('reads $in', one => expect(understand(field, one.in)).toEqual(expected(one)))
})

describe('nik, when something else was said before', () => {
  const cases = casesOf('nik').filter(one => one.given)
  it.each(cases)('reads $in', one => {
    const { birth_date: birthDate, sex } = one.given ?? {}
    const read = readNik(one.in, {
      today: '2025-10-01',
      city: '3575',
      ...(birthDate && { birthDate }),
      ...(sex && { sex }),
    })
    expect(read.ok && { ok: true, value: read.value, warn: read.warn ?? [] }).toEqual(expected(one))
  })
})
