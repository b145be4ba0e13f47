// Every utterance of every field, read as the bot reads it.
import { describe, expect, it } from 'vitest'
import { readBirthDate } from '../../src/domain/birth-date.ts'
import { readExperience } from '../../src/domain/experience.ts'
import { readNik } from '../../src/domain/nik.ts'
import type { Read } from '../../src/domain/read.ts'
import { understand, understoodFields } from '../../src/domain/understand.ts'
import { type Case, casesOf, utteredFields } from './utterances.ts'

const today = '2025-10-01'

const expected = (one: Case) =>
  one.ok ? { ok: true, value: one.value, warn: one.warn ?? [] } : { ok: false, reason: one.reason }

it('understands every field there are utterances of', () => {
  expect(new Set(understoodFields)).toEqual(new Set(utteredFields))
})

describe.each(understoodFields)('%s', field => {
  const cases = casesOf(field).filter(one => !one.given)
  it.each(cases)('reads $in', one => expect(understand(field, one.in)).toEqual(expected(one)))
})

describe('nik, when something else was said before', () => {
  const cases = casesOf('nik').filter(one => one.given)
  it.each(cases)('reads $in', one => {
    const { birth_date: birthDate, sex } = one.given ?? {}
    const read = readNik(one.in, { today, city: '3575', ...(birthDate && { birthDate }), ...(sex && { sex }) })
    expect(read.ok && { ok: true, value: read.value, warn: read.warn ?? [] }).toEqual(expected(one))
  })

  it('warns of another sex than was said', () => {
    expect(readNik('3575011708859001', { today, sex: 'P' })).toMatchObject({ ok: true, warn: ['NIK_SEX_MISMATCH'] })
    expect(readNik('3575011708859001', { today, sex: 'L' })).not.toHaveProperty('warn')
  })
})

const suggesting: [string, (text: string) => Read<unknown>][] = [
  ['birth_date', text => readBirthDate(text, { today })],
  ['experience_years', text => readExperience(text, { today, birthDate: '1985-08-17' })],
]

describe.each(suggesting)('%s, when it offers what was probably meant', (field, read) => {
  const cases = casesOf(field).filter(one => one.suggest !== undefined)
  it.each(cases)('$in → $suggest', one => expect(read(one.in)).toMatchObject({ ok: false, suggest: one.suggest }))
})

it('offers 08/17/1985 the other way round, and a very old birth date as it stands', () => {
  expect(readBirthDate('08/17/1985', { today })).toMatchObject({ suggest: '1985-08-17' })
  expect(readBirthDate('17-08-1940', { today })).toMatchObject({ suggest: '1940-08-17', detail: { age: 85 } })
})

it('says how many digits a NIK has, and how old the child is whose number it may be', () => {
  expect(readNik('357501170885900', { today })).toMatchObject({ detail: { digits: 15 } })
  expect(readNik('3575010101159001', { today })).toMatchObject({ detail: { age: 10 } })
})
