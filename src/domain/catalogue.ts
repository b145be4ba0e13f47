// The trades, associations and KKNI minimums the readers know, as frozen data; an event offers a part of them.
import associationFile from './data/associations.json' with { type: 'json' }
import tradeFile from './data/jabatan-kerja.json' with { type: 'json' }
import requirementFile from './data/kkni-requirements.json' with { type: 'json' }

/** One entry of the list of jabatan kerja: a trade at one level (jenjang). */
export type Trade = {
  readonly id: string
  readonly name: string
  readonly jenjang: number
  readonly klasifikasi: string
  readonly subklasifikasi: string
  /** As people say it, misspellings included. */
  readonly aliases: readonly string[]
}

export type Association = {
  readonly id: string
  readonly acronym: string
  readonly name: string
  /** Usual misspellings and short forms of the acronym. */
  readonly aliases: readonly string[]
}

/** Least years of experience for a level (jenjang), by kind of education. */
export type Requirements = Readonly<Record<string, Readonly<Record<string, number>>>>

const frozen = <T>(list: readonly T[]): readonly Readonly<T>[] => Object.freeze(list.map(entry => Object.freeze(entry)))

export const trades: readonly Trade[] = frozen(tradeFile.jabatan)

export const associations: readonly Association[] = frozen(associationFile.associations)

export const requirements: Requirements = Object.freeze(
  Object.fromEntries(
    Object.entries(requirementFile.jenjang).map(([level, rule]) => [level, Object.freeze(rule.min_years)]),
  ),
)
