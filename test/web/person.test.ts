// The simulator's people are nobody, and each is somebody else.
import { expect, test } from 'vitest'
import { readNik } from '../../src/domain/nik.ts'
import { readPhone } from '../../src/domain/phone.ts'
import { personId, personOf } from '../../src/web/simulator/person.ts'

const everybody = Array.from({ length: 10_000 }, (_, number) => personOf(personId(number)))

test('every made-up person has a NIK and a phone that the conversation accepts without a doubt', () => {
  const doubtful = everybody.filter(person => {
    const nik = person && readNik(person.nik, { today: '2026-01-01', city: '3575' })
    const phone = person && readPhone(person.phone)
    const sure = nik?.ok && !nik.warn && nik.value.birth_date === person?.birthDate
    return !sure || !phone?.ok || phone.value !== person?.phone
  })
  expect(doubtful).toEqual([])
})

test('no two share a NIK or a phone', () => {
  expect(new Set(everybody.map(person => person?.nik)).size).toBe(everybody.length)
  expect(new Set(everybody.map(person => person?.phone)).size).toBe(everybody.length)
})

test('an id of another form is nobody', () => {
  for (const id of ['', 'eko', 'eko-riyadi', 'Eko-Riyadi-0421', 'eko-riyadi-0421x', '<b>-x-0421'])
    expect(personOf(id)).toBeUndefined()
})
