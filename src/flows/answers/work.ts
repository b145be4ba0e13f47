// What somebody does: association, trade and level, years of experience, education.
import { readAssociation } from '../../domain/association.ts'
import { associations, trades } from '../../domain/catalogue.ts'
import { readEducation } from '../../domain/education.ts'
import { readExperience } from '../../domain/experience.ts'
import { readLevel } from '../../domain/level.ts'
import type { Nik } from '../../domain/nik.ts'
import { readTrade } from '../../domain/trade.ts'
import { say, sayChoice } from '../speak.ts'
import type { Answers, Context, Kind } from '../types.ts'
import { todayOf } from './identity.ts'
import { isOneOf, kind, words } from './kind.ts'

const associationName = (id: string): string => associations.find(a => a.id === id)?.acronym ?? id

/** One of the associations that take part in the event. */
export const association = (): Kind<string> => {
  const offered = ({ event }: Context): readonly string[] => event?.associations ?? []
  return kind<string>({
    name: 'association',
    read: words(
      (text, context) => readAssociation(text, { offered: offered(context), all: associations }),
      (value, context) => offered(context).find(a => a === value),
    ),
    options: context =>
      offered(context)
        .map(id => ({ value: id, label: associationName(id) }))
        .toSorted((a, b) => (a.label < b.label ? -1 : 1)),
    show: associationName,
    accepts: (value, context) => isOneOf(offered(context))(value),
  })
}

const byId = new Map<unknown, (typeof trades)[number]>(trades.map(t => [t.id, t]))
const byName = Map.groupBy(
  trades.toSorted((a, b) => a.jenjang - b.jenjang),
  t => t.name,
)

/** Entries of the catalogue that share a trade's name, by level. */
const entriesOf = (id: unknown): readonly (typeof trades)[number][] => byName.get(byId.get(id)?.name ?? '') ?? []

/** The catalogue's entry for a trade as answered and the level chosen. */
export const entryAt = (id: unknown, level: number) => entriesOf(id).find(t => t.jenjang === level)

const ONE_A_NAME = trades.filter((t, i) => trades.findIndex(other => other.name === t.name) === i)

/** A trade by any of its names; which of its levels is the next question. */
export const trade = (): Kind<string> =>
  kind<string>({
    name: 'trade',
    listOnRequest: true,
    read: words(
      text => readTrade(text, trades),
      value => byId.get(value)?.id,
    ),
    options: () => ONE_A_NAME.map(t => ({ value: t.id, label: t.name })),
    show: value => byId.get(value)?.name ?? value,
    accepts: value => byId.has(value),
  })

/** One of the levels of the trade named before; where it has just one, that is taken without asking. */
export const level = (): Kind<number> => {
  const levels = ({ answers }: Context): number[] => entriesOf(answers.trade).map(t => t.jenjang)
  return kind<number>({
    name: 'level',
    read: words(
      (text, context) => readLevel(text, { offered: levels(context) }),
      (value, context) => levels(context).find(l => String(l) === value),
    ),
    options: context =>
      levels(context).map(n => ({ value: String(n), label: sayChoice(context.lang, 'level', { n }), number: n })),
    sole: context => {
      const [only, ...more] = levels(context)
      return more.length === 0 ? only : undefined
    },
    show: (n, { lang }) => say(lang, 'level', { n }),
    accepts: (value, context) => isOneOf(levels(context))(value),
  })
}

/** The date of birth as far as the answers tell it. */
const bornOn = (answers: Answers): string | undefined =>
  (answers.birth_date as string | undefined) ?? (answers.nik as Nik | undefined)?.birth_date

export const experience = (): Kind<number> =>
  kind<number>({
    name: 'experience',
    read: words((text, context) => {
      const born = bornOn(context.answers)
      return readExperience(text, { today: todayOf(context), ...(born ? { birthDate: born } : {}) })
    }),
    show: (n, { lang }) => say(lang, 'years', { n: String(n).replace('.', lang === 'id' ? ',' : '.') }),
    accepts: value => typeof value === 'number' && value >= 0,
  })

// The six most frequent first: the first page of the list is enough for nearly everybody.
const EDUCATION = ['SD', 'SMP', 'SMA', 'SMK', 'D3', 'S1', 'NONE', 'D1', 'D2', 'S2', 'S3'] as const
export type Education = (typeof EDUCATION)[number]

export const education = (): Kind<Education> => {
  const find = (value: string): Education | undefined => EDUCATION.find(e => e === value)
  return kind<Education>({
    name: 'education',
    read: words(text => readEducation(text), find),
    options: ({ lang }) => EDUCATION.map(e => ({ value: e, label: sayChoice(lang, `edu_${e}`) })),
    show: (value, { lang }) => say(lang, `edu_${value}`),
    accepts: isOneOf(EDUCATION),
  })
}
