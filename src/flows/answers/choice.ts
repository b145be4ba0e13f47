// Answers picked from a few: consent, yes or no, which event, and plain choices.
import { readCommand } from '../../domain/command.ts'
import { got, not } from '../../domain/read.ts'
import { readConsent, readYesNo } from '../../domain/yes-no.ts'
import { say } from '../speak.ts'
import type { EventFact, Facts, Kind } from '../types.ts'
import type { Word } from '../words.ts'
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
      { value: 'YES', label: say(lang, 'yes') },
      { value: 'NO', label: say(lang, 'no') },
    ],
    show: (value, { lang }) => say(lang, value === 'YES' ? 'yes' : 'no'),
    accepts: isOneOf(YES_NO),
  })

/** One of a few values, each with a word of its own; also read by the number shown before it. */
export const choice = <V extends string>(values: Readonly<Record<V, Word>>): Kind<V> => {
  const ids = Object.keys(values) as V[]
  return kind<V>({
    name: 'choice',
    read: words((text, { lang }) => {
      const plain = text.trim().toLowerCase()
      const named = ids.find(id => say(lang, values[id]).toLowerCase() === plain)
      return named === undefined ? not(readCommand(text).ok ? 'COMMAND' : 'MENU_UNREAD') : got(named)
    }, oneOf(ids)),
    options: ({ lang }) => ids.map(id => ({ value: id, label: say(lang, values[id]) })),
    show: (value, { lang }) => say(lang, values[value]),
    accepts: isOneOf(ids),
  })
}

/** Events whose registration is open now, the earliest first. */
export const openEvents = (facts: Facts): EventFact[] =>
  facts.events.filter(e => e.open <= facts.now && facts.now < e.close)

const spaced = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

/** Which of the open events; where only one is open it is taken without asking. */
export const whichEvent = (): Kind<string> =>
  kind<string>({
    name: 'event',
    read: words(
      (text, { facts }) => {
        // Whole words only: "p" and "en" are somewhere in every title.
        const plain = spaced(text)
        const named = openEvents(facts).filter(e => spaced(`${e.title} ${e.shortTitle} ${e.city}`).includes(plain))
        if (readCommand(text).ok) return not('COMMAND')
        if (!/\p{L}{3}/u.test(plain)) return not('MENU_UNREAD')
        return named.length === 1 && named[0] ? got(named[0].id) : not('MENU_UNREAD')
      },
      (value, { facts }) => openEvents(facts).find(e => e.id === value)?.id,
    ),
    options: ({ facts }) => openEvents(facts).map(e => ({ value: e.id, label: `${e.shortTitle}, ${e.city}` })),
    sole: ({ facts }) => {
      const open = openEvents(facts)
      return open.length === 1 ? open[0]?.id : undefined
    },
    show: (value, { facts }) => facts.events.find(e => e.id === value)?.shortTitle ?? value,
    accepts: (value, { facts }) => facts.events.some(e => e.id === value),
  })
