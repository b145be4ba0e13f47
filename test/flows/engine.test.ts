import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { birthPlace, personName } from '../../src/flows/answers/identity.ts'
import { experience, level, trade } from '../../src/flows/answers/work.ts'
import { begin } from '../../src/flows/engine.ts'
import { type Builder, type Flow, flow } from '../../src/flows/flow.ts'
import { register } from '../../src/flows/register.ts'
import type { Kind, Said, State } from '../../src/flows/types.ts'
import { ORDINARY } from '../support/ordinary.ts'
import { event, facts, granted, text } from './facts.ts'

const ORDINARY_WORDS = Object.values(ORDINARY)
const FILE: Said = { kind: 'file', file: { id: 'f', type: 'image/jpeg', bytes: 1, blurred: false } }

/** Things people send: ordinary answers, commands, odd texts, and everything that is no text. */
const said: fc.Arbitrary<Said> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...ORDINARY_WORDS).map(text) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(
        'menu',
        'ubah',
        'UBAH 2',
        'ubah 99',
        'kembali',
        'lewati',
        'batal',
        'ulangi',
        'ya',
        'tidak',
        'EN',
        'bahasa',
        'status',
        'jadwal',
        'panitia',
        'berhenti',
        'mulai',
        'P',
        'Assalamualaikum',
        'pelaksana',
        'tukang besi',
        'data saya',
        '1',
        '2',
        '7',
        '0',
        'Nama: Siti\nNIK: 3575015708859002',
        'hapus data',
        'hasil',
      )
      .map(text),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }).map(text) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('button' as const),
      asked: fc.nat(40),
      value: fc.constantFrom('YES', 'NO', 'CONSENT', 'page:2', 'page:99', 'none', '0', 'CHANGE', '<x>'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Said>(
      FILE,
      { kind: 'lost_file', problem: 'damaged' },
      { kind: 'other', what: 'voice' },
      { kind: 'contact', phone: '083600000017', own: true },
      { kind: 'contact', phone: '1', own: false },
    ),
  },
)

const told = (all: readonly Said[], start: State = begin(register)): State =>
  all.reduce((state, one) => granted(register, state, one).state, start)

describe('a turn', () => {
  it('answers whatever is said, with text, at most 7 choices and no placeholder left open', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 40 }), said, (before, last) => {
        const { replies } = granted(register, told(before), last)
        expect(replies.length).toBeGreaterThan(0)
        for (const reply of replies) {
          expect(reply.text.trim()).not.toBe('')
          expect(reply.text).not.toMatch(/\{[a-z_]+\}|undefined|NaN|\[object/)
          expect(reply.options?.length ?? 0).toBeLessThanOrEqual(7)
          if (reply.options) expect(reply.asked).toBeGreaterThan(0)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('keeps its state as JSON that comes back the same', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 40 }), all => {
        const state = told(all)
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      }),
      { numRuns: 100 },
    )
  })

  it('answers whatever is said after the registration, too', () => {
    const done = ['daftar', ...ORDINARY_WORDS].reduce((s, w) => granted(register, s, text(w)).state, begin(register))
    expect(done.done).toBe(true)
    const registered = {
      ...facts,
      registrations: [{ event: event.id, number: 'PSR-00001B', status: 'MENUNGGU_VERIFIKASI' as const }],
    }
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 12 }), all => {
        let state = done
        for (const one of all) {
          const turn = granted(register, state, one, registered)
          expect(turn.replies.every(r => r.text.trim() !== '') && turn.replies.length > 0).toBe(true)
          state = turn.state
        }
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same result for the same state, message and facts', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 20 }), said, (before, last) => {
        const state = told(before)
        expect(granted(register, state, last)).toEqual(granted(register, state, last))
      }),
      { numRuns: 100 },
    )
  })

  it('changes nothing on a button of another turn', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 30 }), fc.integer({ min: 1000 }), (before, asked) => {
        const state = told(before)
        const turn = granted(register, state, { kind: 'button', asked, value: 'YES' })
        expect(turn.state).toEqual(state)
        expect(turn.replies).toMatchObject([{ popup: true }])
      }),
      { numRuns: 50 },
    )
  })

  it('reaches the number from anywhere when the open questions are answered as asked', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 30 }), before => {
        let state = told(before)
        for (let i = 0; i < 60 && !state.done; i++) {
          if (state.aside) state = granted(register, state, text(state.aside.kind === 'correct' ? '1' : 'tidak')).state
          else if (state.idle || state.question === null) state = granted(register, state, text('daftar')).state
          else state = granted(register, state, text(answerTo(state))).state
        }
        expect(state.done).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

const answerTo = ({ question }: State): string =>
  ({ ...ORDINARY, level: 'jenjang 1', nik_wrong: '2', birth_date: '18-08-1985', sex: 'laki-laki' })[question ?? ''] ??
  'lewati'

/** Twelve possible questions; a flow is a choice of them in their order. */
const PARTS: readonly ((b: Builder<object>) => Builder<object>)[] = ['a', 'b', 'c', 'd', 'e', 'f'].map(
  id => b =>
    b.ask(id as never, (id < 'd' ? personName() : birthPlace()) as Kind<unknown>, `Contoh ${id}?`, {
      label: id,
    }) as Builder<object>,
)
const flowOf = (mask: readonly boolean[]): Flow =>
  PARTS.filter((_, i) => mask[i])
    .reduce((b, part) => part(b), flow('changing', 'Halo') as Builder<object>)
    .confirm('Benar?')
    .done(() => ({ kind: 'withdraw', event: event.id }))

describe('a changed flow', () => {
  it('loses and misfiles no answer: what was answered stays, and only what is new is asked', () => {
    const mask = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }).filter(m => m.some(Boolean))
    fc.assert(
      fc.property(mask, mask, fc.nat(6), (before, after, answered) => {
        const old = flowOf(before)
        let state = granted(old, begin(old), text('daftar')).state
        for (let i = 0; i < answered && state.question !== 'confirm'; i++) {
          state = granted(old, state, text(`Nama ${'ABCDEF'[i]}lpha`)).state
        }
        const changed = flowOf(after)
        const next = granted(changed, state, text('lanjut')).state
        for (const [id, answer] of Object.entries(state.answers)) expect(next.answers[id]).toEqual(answer)
        const missing = changed.questions.find(q => state.answers[q.id] === undefined)
        expect(next.question).toBe(missing?.id ?? 'confirm')
      }),
    )
  })

  it('finds an answer under a former id', () => {
    const old = flow('moving', 'Halo')
      .ask('nama', personName(), 'Nama? Contoh: Budi', { label: 'Nama' })
      .confirm('Benar?')
      .done(() => ({ kind: 'withdraw', event: '' }))
    const state = granted(old, granted(old, begin(old), text('daftar')).state, text('Budi Santoso')).state
    const renamed = flow('moving', 'Halo')
      .ask('name', personName(), 'Nama? Contoh: Budi', { label: 'Nama', was: ['nama'] })
      .confirm('Benar?')
      .done(() => ({ kind: 'withdraw', event: '' }))
    expect(granted(renamed, state, text('lanjut')).state.question).toBe('confirm')
  })

  it('asks again what hangs on a changed answer, and keeps the old one', () => {
    const work = flow('work', 'Halo')
      .ask('trade', trade(), 'Jabatan? Contoh: tukang batu', { label: 'Jabatan' })
      .ask('level', level(), 'Pilih jenjang', { label: 'Jenjang', of: 'trade' })
      .ask('experience', experience(), 'Berapa tahun? Contoh: 5', { label: 'Pengalaman' })
      .confirm('Benar?')
      .done(() => ({ kind: 'withdraw', event: '' }))
    const say = (state: State, ...words: string[]) => words.reduce((s, w) => granted(work, s, text(w)).state, state)
    const done = say(begin(work), 'daftar', 'tukang besi', 'jenjang 2', '5')
    expect(done.question).toBe('confirm')
    const changed = say(done, 'UBAH 1', 'tukang cat')
    expect(changed.question).toBe('level')
    expect(changed.answers.level?.value).toBe(2)
    expect(changed.answers.experience?.value).toBe(5)
  })
})

describe('an event', () => {
  const other = { ...event, id: 'malang', shortTitle: 'Uji Kompetensi Malang', city: 'Kota Malang' }

  it('is asked for only where several are open, and stays chosen when another one opens later', () => {
    const two = { ...facts, events: [event, other] }
    const open = granted(register, begin(register), text('daftar'), two).state
    expect(granted(register, open, text('setuju'), two).state.question).toBe('event')
    const one = granted(register, granted(register, begin(register), text('daftar')).state, text('setuju')).state
    expect(one.question).toBe('name')
    const later = granted(register, one, text('Budi Santoso'), two).state
    expect(later.question).toBe('nik')
    expect(later.answers.event?.value).toBe(event.id)
  })
})
