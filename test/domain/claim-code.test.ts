import { randomInt } from 'node:crypto'
import { expect, it } from 'vitest'
import { invitationCode, readCode, spaced } from '../../src/domain/claim-code.ts'

it('every invitation is read behind its word, in one or in groups, also one without any digit', () => {
  const codes = ['TJMPZXAGPREYCRTM', ...Array.from({ length: 2_000 }, () => invitationCode(randomInt))]
  for (const code of codes)
    for (const said of [`PENGURUS ${code}`, `/start ${code}`, `pengurus ${spaced(code).toLowerCase()}`])
      expect(readCode(said), said).toEqual({ kind: 'invitation', code })
})

it('words are no code, whatever their length', () => {
  for (const said of ['pengurus gapensi kota pas', 'TJMPZXAGPREYCRTM', 'daftar abdulrahim', 'saya pengurus gapensi'])
    expect(readCode(said), said).toBeUndefined()
})

it('what looks alike is alike', () => {
  expect(readCode('DAFTAR O123 4l6IAB')).toEqual({ kind: 'claim', code: '01234161AB' })
})
