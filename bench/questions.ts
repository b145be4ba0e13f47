// The questions of the benchmark, the same for both sides: read by the real readers, repeated to any number.
import { address, birthPlace, personName } from '../src/flows/answers/identity.ts'
import { experience } from '../src/flows/answers/work.ts'
import { type Builder, type Flow, flow } from '../src/flows/flow.ts'
import { register } from '../src/flows/register.ts'
import type { Kind } from '../src/flows/types.ts'
import { ORDINARY } from '../test/support/ordinary.ts'

type Part = { readonly kind: Kind<unknown>; readonly text: string; readonly answer: string }
const part = <V>(kind: Kind<V>, text: string, answer: string): Part => ({
  kind: kind as unknown as Kind<unknown>,
  text,
  answer,
})

const PARTS: readonly Part[] = [
  part(personName(), 'Siapa nama lengkap Bapak/Ibu, sesuai KTP? Contoh: Budi Santoso', 'Siti Aminah'),
  part(birthPlace(), 'Di kota mana Bapak/Ibu lahir? Contoh: Pasuruan', 'Pasuruan'),
  part(experience(), 'Sudah berapa tahun bekerja? Contoh: 5 tahun', '7 tahun'),
  part(
    address(),
    'Di mana alamat rumah Bapak/Ibu? Contoh: Jl. Merdeka No. 5',
    'Jl. Erlangga No. 156 RT 05 RW 01, Pasuruan',
  ),
]

type BenchQuestion = Part & { readonly id: string }
/** As many questions as wanted; their kinds take turns. */
export const questions = (n: number): readonly BenchQuestion[] =>
  Array.from({ length: n }, (_, i) => ({ ...(PARTS[i % PARTS.length] as Part), id: `q${i + 1}` }))

/** So many of these questions, or those of the registration itself. */
export type Questions = number | 'registration'
export const parseQuestions = (text: string): Questions => (text === 'registration' ? text : Number(text))

/** What each person writes: the greeting, then an answer to each question. The registration ends with its number. */
export const linesOf = (asked: Questions): readonly string[] => [
  'daftar',
  ...(asked === 'registration' ? Object.values(REGISTERING) : questions(asked).map(q => q.answer)),
]

/** `{n}` is the person's number, of four digits. */
const REGISTERING = { ...ORDINARY, nik: '357501170885{n}', phone: '08360000{n}' }

/** The questions as a flow; the crowd stops at its summary. */
export const flowOf = (asked: Questions): Flow => (asked === 'registration' ? register : listed(asked))

const listed = (n: number): Flow =>
  questions(n)
    .reduce<Builder<object>>(
      (b, q) => b.ask(q.id as never, q.kind, q.text, { label: q.id }) as Builder<object>,
      flow('bench', 'Selamat datang.') as Builder<object>,
    )
    .confirm('Apakah data ini sudah benar?')
    .done(() => ({ kind: 'withdraw', event: '' }))
