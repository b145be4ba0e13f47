// The builder of conversations: a flow is frozen data, a list of questions with what follows them.

import type { Ask, Effect } from './asks.ts'
import type { Answers, Context, Kind } from './types.ts'

/** What an answer brings about beside being kept: written effects, the end of the talk, another question opened anew. */
type Consequence = {
  readonly effects?: readonly Effect[]
  readonly ends?: boolean
  readonly reopens?: readonly string[]
}

export type Question = {
  readonly id: string
  readonly kind: Kind<unknown>
  readonly text: string
  /** What is said instead when it is put again, where `text` is long. */
  readonly again?: string
  /** Its name in the summary; a question without one is a detail of the one before and is not counted. */
  readonly label?: string
  /** What is said after two misreadings: more concrete than the question. */
  readonly help?: string
  /** Asked only then. Sees answers that stand so far. */
  readonly when?: (answers: Answers, context: Context) => boolean
  /** The answer hangs on this question's answer: asked again when that one changes. */
  readonly of?: string
  /** Former ids: answers kept under them belong here. */
  readonly was?: readonly string[]
  /** May be skipped; its value is then null and the summary says so. */
  readonly skippable?: boolean
  /** Placeholders of `text`. */
  readonly fill?: (answers: Answers, context: Context) => Readonly<Record<string, string>>
  /** Something others can contest, to be settled before the answer counts; `refused` is the reason if it isn't granted. */
  readonly contested?: { readonly ask: (value: never, context: Context) => Ask; readonly refused: string }
  readonly brings?: (value: never) => Consequence
  /** What the summary shows behind the answer, in brackets. */
  readonly detail?: (context: Context) => string
}

export type Flow = {
  readonly id: string
  readonly welcome: string
  readonly questions: readonly Question[]
  readonly confirm: string
  /** The ask that hands the finished answers over; `warnings` are those of all answers. */
  readonly finish: (answers: Answers, context: Context, warnings: readonly string[]) => Ask
}

type More<A, V> = Omit<Question, 'id' | 'kind' | 'text' | 'when' | 'of' | 'fill' | 'contested' | 'brings'> & {
  readonly when?: (answers: Partial<A>, context: Context) => boolean
  readonly of?: keyof A & string
  readonly fill?: (answers: Partial<A>, context: Context) => Readonly<Record<string, string>>
  readonly contested?: { readonly ask: (value: V, context: Context) => Ask; readonly refused: string }
  readonly brings?: (value: V) => Consequence
}

/** The compiler refuses an id asked twice, and a `when`, `of` or `fill` on an answer that comes later. */
export type Builder<A> = {
  readonly ask: <Id extends string, V>(
    id: Id extends keyof A ? never : Id,
    kind: Kind<V>,
    text: string,
    more?: More<A, V>,
  ) => Builder<A & Readonly<Record<Id, V>>>
  readonly confirm: (text: string) => {
    readonly done: (finish: (answers: A, context: Context, warnings: readonly string[]) => Ask) => Flow
  }
}

/** Begins a flow. Each step returns a new builder; the result is frozen. */
export const flow = (id: string, welcome: string): Builder<unknown> => builder(id, welcome, [])

function builder<A>(id: string, welcome: string, questions: readonly Question[]): Builder<A> {
  return Object.freeze<Builder<A>>({
    ask: (question, kind, text, more) =>
      builder(id, welcome, [...questions, Object.freeze({ id: question, kind, text, ...more } as unknown as Question)]),
    confirm: text => ({
      done: finish =>
        Object.freeze({
          id,
          welcome,
          questions: Object.freeze(questions),
          confirm: text,
          finish: finish as unknown as Flow['finish'],
        }),
    }),
  })
}
