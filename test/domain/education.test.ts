// A diploma that was begun and not finished: what was finished before is suggested, never taken.
import { expect, it } from 'vitest'
import { readEducation } from '../../src/domain/education.ts'

it.each([
  ['SMA kelas 2', 'SMP'],
  ['tidak tamat SMP', 'SD'],
  ['S1 belum lulus', 'SMA'],
  ['SD kelas 4', 'NONE'],
])('suggests what lies below %s', (text, suggest) => {
  expect(readEducation(text)).toEqual({ ok: false, reason: 'EDU_UNCLEAR', suggest })
})
