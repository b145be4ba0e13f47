// What happens to a conversation when the office, or the person, decides while answers are still being given.
import { expect, test } from 'vitest'
import { begin, turn } from '../../src/flows/engine.ts'
import type { Facts, RegistrationStatus } from '../../src/flows/facts.ts'
import { register } from '../../src/flows/register.ts'
import { reopen } from '../../src/flows/reopen.ts'
import type { State } from '../../src/flows/types.ts'
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
  for (const words of ['Surabaya', 'yang Surabaya', 'yang di surabaya pak', 'Pelatihan Surabaya'])
    expect(granted(register, asked, text(words), two).state.answers.event?.value).toBe('sby')
  for (const words of ['bukan yang Surabaya', 'Surabaya atau Pasuruan', 'ikut uji kompetensi', 'jenjang 8'])
    expect(granted(register, asked, text(words), two).state.question).toBe('event')
})

test('an event is named by its date where another has other days', () => {
  const later = { ...event, id: 'nov', dateStart: '2025-11-08', dateEnd: '2025-11-09' }
  const two: Facts = { ...facts, events: [event, later] }
  const asked = ['daftar', 'setuju'].reduce<State>((s, w) => granted(register, s, text(w), two).state, begin(register))
  for (const words of ['yang November', 'tgl 8 nov', '9 nopember 2025'])
    expect(granted(register, asked, text(words), two).state.answers.event?.value).toBe('nov')
  expect(granted(register, asked, text('yang tanggal 8'), two).state.question).toBe('event')
})

test.each(['YA', 'Jl. Lain No. 8 RT 01 RW 02, Kel. Lain'])(
  'who is rejected in the middle of a correction is told so by the next message (%s), and is not registered anew',
  words => {
    const correcting = say(finished, 'ubah 5', 'MENUNGGU_VERIFIKASI').state
    const summary = say(correcting, 'Jl. Lain No. 7 RT 01 RW 02, Kel. Lain', 'MENUNGGU_VERIFIKASI').state
    const told = turn(register, summary, text(words), as('DITOLAK'))
    expect(told.asks).toEqual([])
    expect(told.replies.map(r => r.text)).toEqual([
      expect.stringMatching(/baru saja memutuskan.*Status: tidak dapat diterima/s),
    ])
    expect(told.state).toMatchObject({ done: true })
    const next = say(say(told.state, 'daftar', 'DITOLAK').state, 'setuju', 'DITOLAK')
    expect(next.replies[0]?.text).toContain('Siapa nama lengkap')
  },
)

test('who was rejected and registers again is not held up by the former decision', () => {
  const rejected = say(finished, 'status', 'DITOLAK').state
  const again = ['daftar', 'setuju', 'lewati', 'lewati'].reduce((s, words) => say(s, words, 'DITOLAK').state, rejected)
  expect(again).toMatchObject({ question: 'nik_ok', done: false })
  expect(again.corrects).toBeUndefined()
})

test('BATAL where nothing is left to cancel says so', () => {
  const asked = say(finished, 'batal', 'MENUNGGU_VERIFIKASI')
  const told = turn(register, asked.state, text('ya'), {
    ...as('DITOLAK'),
    outcomes: [{ kind: 'withdraw', done: false }],
  })
  expect(told.replies[0]?.text).toMatch(/^Tidak ada yang dibatalkan.*Status: tidak dapat diterima/s)
})

test('a seat that was not there any more is not given back, and nobody is asked to fill it', () => {
  const asked = say(finished, 'tidak bisa hadir', 'DITERIMA')
  expect(asked.state.aside).toMatchObject({ kind: 'absent' })
  const late = turn(register, asked.state, text('ya'), {
    ...as('DITERIMA'),
    outcomes: [{ kind: 'withdraw', done: false }],
  })
  const known = turn(register, asked.state, text('ya'), as('DITOLAK'))
  for (const told of [late, known]) {
    expect(told.replies[0]?.text).toContain('Tidak ada yang dibatalkan')
    expect(told.effects).toEqual([])
  }
})
