// What happens to a conversation when the office, or the person, decides while answers are still being given.
import { expect, test } from 'vitest'
import { begin, turn } from '../../src/flows/engine.ts'
import { register } from '../../src/flows/register.ts'
import { reopen } from '../../src/flows/reopen.ts'
import type { Facts, RegistrationStatus, State } from '../../src/flows/types.ts'
import { ORDINARY } from '../support/ordinary.ts'
import { event, facts, granted, text } from './facts.ts'

const finished = ['daftar', ...Object.values(ORDINARY)].reduce<State>(
  (state, words) => granted(register, state, text(words)).state,
  begin(register),
)
const as = (status: RegistrationStatus): Facts => ({
  ...facts,
  registrations: [{ event: event.id, number: 'PSR-00001K', status }],
})
const say = (state: State, words: string, status: RegistrationStatus) =>
  granted(register, state, text(words), as(status))

test('who is accepted in the middle of a correction is not told that it was kept', () => {
  const correcting = say(finished, 'ubah 5', 'MENUNGGU_VERIFIKASI').state
  const summary = say(correcting, 'Jl. Lain No. 7 RT 01 RW 02, Kel. Lain', 'MENUNGGU_VERIFIKASI').state
  const told = say(summary, 'YA', 'DITERIMA')
  expect(told.replies.map(r => r.text).join()).toContain('Status: diterima')
  expect(told.state.done).toBe(true)
})

test('who is accepted while the last YA is on its way hears that nothing was changed', () => {
  const correcting = say(finished, 'ubah 5', 'MENUNGGU_VERIFIKASI').state
  const summary = say(correcting, 'Jl. Lain No. 7 RT 01 RW 02, Kel. Lain', 'MENUNGGU_VERIFIKASI').state
  const told = turn(register, summary, text('YA'), {
    ...as('MENUNGGU_VERIFIKASI'),
    outcomes: [{ kind: 'register', number: 'PSR-00001K', status: 'DITERIMA' }],
  })
  expect(told.replies).toEqual([{ text: 'Data ini sudah diperiksa panitia. Kalau ada yang salah, ketik PANITIA.' }])
  expect(told.state.done).toBe(true)
})

test.each(['DITERIMA', 'DITOLAK'] as const)('a return is over when the registration is %s', status => {
  const told = say(reopen(register, finished, 'alamat kurang lengkap'), 'status', status)
  expect(told.replies).toHaveLength(1)
  expect(told.replies[0]?.text).not.toContain('Langkah')
  expect(told.state).toMatchObject({ done: true })
  expect(told.state.returned).toBeUndefined()
})

test('BATAL after a return withdraws the registration itself', () => {
  const asked = say(reopen(register, finished, 'alamat kurang lengkap'), 'batal', 'PERLU_PERBAIKAN')
  expect(asked.replies[0]?.text).toContain('mengundurkan diri')
  const first = turn(register, asked.state, text('ya'), as('PERLU_PERBAIKAN'))
  expect(first.asks).toEqual([{ kind: 'withdraw', event: event.id }])
  const done = say(asked.state, 'ya', 'PERLU_PERBAIKAN')
  expect(done.replies[0]?.text).toContain('PSR-00001K sudah dibatalkan')
  expect(done.state).toMatchObject({ done: true })
})

test('who does not agree leaves nothing of what the first message held', () => {
  const greeted = granted(register, begin(register), text('Nama: Budi Santoso\nNIK: 3575011708859001')).state
  expect(JSON.stringify(granted(register, greeted, text('tidak setuju')).state)).not.toContain('3575')
})

test('a control character in an answer is read as a space', () => {
  const asked = ['daftar', 'setuju'].reduce<State>((s, w) => granted(register, s, text(w)).state, begin(register))
  const { state } = granted(register, asked, text('Budi\u0000Santoso\u0007'))
  expect(state.answers.name).toMatchObject({ value: { name: 'Budi Santoso' }, said: 'Budi Santoso ' })
})

test('an event is named by whole words, and a greeting or EN is none', () => {
  const two: Facts = {
    ...facts,
    events: [event, { ...event, id: 'sby', title: 'Pelatihan Surabaya', shortTitle: 'Surabaya', city: 'Surabaya' }],
  }
  const asked = ['daftar', 'setuju'].reduce<State>((s, w) => granted(register, s, text(w), two).state, begin(register))
  expect(asked.question).toBe('event')
  for (const words of ['P', 'en', 'ya', 'sur'])
    expect(granted(register, asked, text(words), two).state.question).toBe('event')
  expect(granted(register, asked, text('yang Surabaya'), two).state.question).toBe('event')
  expect(granted(register, asked, text('Surabaya'), two).state.answers.event?.value).toBe('sby')
})
