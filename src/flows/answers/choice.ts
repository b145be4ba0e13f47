// Answers picked from a few: consent, yes or no, which event, and plain choices.
import { readCommand } from '../../domain/command.ts'
import { readMonth } from '../../domain/month.ts'
import { got, not } from '../../domain/read.ts'
import { words as plain } from '../../domain/words.ts'
import { readConsent, readYesNo } from '../../domain/yes-no.ts'
import type { Choice } from '../choices.ts'
import type { EventFact, Facts } from '../facts.ts'
import { say, sayChoice, sayDate } from '../speak.ts'
import type { Kind } from '../types.ts'
import { isOneOf, kind, oneOf, words } from './kind.ts'

const CONSENT = ['CONSENT', 'REFUSE'] as const

/** Explicit consent to the use of personal data: clear words, the number or the button; an emoji or "ok" is not enough. */
export const consent = (
  agree: { readonly id: string; readonly en: string },
  refuse: { readonly id: string; readonly en: string },
) =>
  kind<'CONSENT' | 'REFUSE'>({
    name: 'consent',
    read: words(text => {
      const read = readConsent(text)
      return !read.ok && read.reason === 'UNCLEAR' ? not('CONSENT_UNCLEAR') : read
    }, oneOf(CONSENT)),
    options: ({ lang }) => [
      { value: 'CONSENT', label: agree[lang] },
      { value: 'REFUSE', label: refuse[lang] },
    ],
    show: (value, { lang }) => (value === 'CONSENT' ? agree[lang] : refuse[lang]),
    accepts: value => value === 'CONSENT',
  })

const YES_NO = ['YES', 'NO'] as const

export const yesNo = (): Kind<'YES' | 'NO'> =>
  kind<'YES' | 'NO'>({
    name: 'yes_no',
    read: words(readYesNo, oneOf(YES_NO)),
    options: ({ lang }) => [
      { value: 'YES', label: sayChoice(lang, 'yes') },
      { value: 'NO', label: sayChoice(lang, 'no') },
    ],
    show: (value, { lang }) => say(lang, value === 'YES' ? 'yes' : 'no'),
    accepts: isOneOf(YES_NO),
  })

/** One of a few values, each with a word of its own; also read by the number shown before it. */
export const choice = <V extends string>(values: Readonly<Record<V, Choice>>): Kind<V> => {
  const ids = Object.keys(values) as V[]
  return kind<V>({
    name: 'choice',
    read: words((text, { lang }) => {
      const plain = text.trim().toLowerCase()
      const named = ids.find(id => say(lang, values[id]).toLowerCase() === plain)
      return named === undefined ? not(readCommand(text).ok ? 'COMMAND' : 'MENU_UNREAD') : got(named)
    }, oneOf(ids)),
    options: ({ lang }) => ids.map(id => ({ value: id, label: sayChoice(lang, values[id]) })),
    show: (value, { lang }) => say(lang, values[value]),
    accepts: isOneOf(ids),
  })
}

/** Events whose registration is open now, the earliest first. */
export const openEvents = (facts: Facts): EventFact[] =>
  facts.events.filter(e => e.open <= facts.now && facts.now < e.close)

/** What distinguishes an event in people's words: its titles, its city, its days and their months. */
function wordsOf({ title, shortTitle, city, dateStart, dateEnd }: EventFact): Set<string> {
  const [first, last] = [dateStart, dateEnd].map(date => Temporal.PlainDate.from(date)) as [Plain, Plain]
  const days = Array.from({ length: first.until(last).days + 1 }, (_, n) => first.add({ days: n }))
  return new Set([
    ...spoken(`${title} ${shortTitle} ${city}`),
    ...days.flatMap(({ day, month, year }) => [`${day}`, `month ${month}`, `${year}`]),
  ])
}

type Plain = Temporal.PlainDate

/** Whole words, a month however it is spelt: "p" and "en" are somewhere in every title. */
const spoken = (text: string): string[] =>
  plain(text)
    .split(' ')
    .map(word => {
      const month = readMonth(word)
      return month === undefined ? word : `month ${month}`
    })

/** The one event that more of these words fit than any other; words that fit all of them tell nothing. */
function named(text: string, events: readonly EventFact[]): EventFact | undefined {
  if (/\b(?:bukan|selain|kecuali|dudu|sanes|not|except)\b/i.test(text)) return undefined
  const known = events.map(wordsOf)
  const said = new Set(spoken(text))
  // A number is a day only in a date: "jenjang 8" is none.
  const dated = [...said].some(word => /^(?:month|tanggal$|tgl$|date$)/.test(word))
  const telling = [...said].filter(word => (dated || !/^\d+$/.test(word)) && !known.every(one => one.has(word)))
  const fits = known.map(one => telling.filter(word => one.has(word)).length)
  const most = Math.max(...fits)
  return most > 0 && fits.filter(n => n === most).length === 1 ? events[fits.indexOf(most)] : undefined
}

/** Which of the open events; where only one is open it is taken without asking. */
export const whichEvent = (): Kind<string> =>
  kind<string>({
    name: 'event',
    read: words(
      (text, { facts }) => {
        if (readCommand(text).ok) return not('COMMAND')
        // A number alone is one of the list.
        const event = /\p{L}{3}/u.test(text) ? named(text, openEvents(facts)) : undefined
        return event ? got(event.id) : not('MENU_UNREAD')
      },
      (value, { facts }) => openEvents(facts).find(e => e.id === value)?.id,
    ),
    options: ({ facts, lang }) =>
      // What tells them apart stands first: a button may be cut off.
      openEvents(facts).map(({ id, city, dateStart, shortTitle }) => {
        return { value: id, label: `${city}, ${sayDate(lang, Temporal.PlainDate.from(dateStart))}: ${shortTitle}` }
      }),
    sole: ({ facts }) => {
      const open = openEvents(facts)
      return open.length === 1 ? open[0]?.id : undefined
    },
    show: (value, { facts }) => facts.events.find(e => e.id === value)?.shortTitle ?? value,
    accepts: (value, { facts }) => facts.events.some(e => e.id === value),
  })
