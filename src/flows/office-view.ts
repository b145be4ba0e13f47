// What an officer sees of his association: seats, nominees, links. Never a NIK, a document or a result.
import { acronym, type Desk, type Move } from './office-desk.ts'
import type { NomineeFact, View } from './office-types.ts'
import { say, sayInstant } from './speak.ts'
import type { Lang, Reply } from './types.ts'

export const isActive = ({ state }: NomineeFact): boolean => state !== 'BATAL' && state !== 'KEDALUWARSA'

/** "8 kursi: 3 terisi, 2 menunggu, 3 kosong". */
export function quotaText(lang: Lang, { seats, nominees }: View): string {
  const reserve = nominees.filter(({ reserve }) => reserve !== null).length
  const checking = nominees.filter(({ state }) => state === 'DIPERIKSA').length
  return [
    say(lang, 'quota', seats),
    ...(reserve ? [say(lang, 'quota_reserve', { n: reserve })] : []),
    ...(checking ? [say(lang, 'quota_checking', { n: checking })] : []),
  ].join(' ')
}

function stateText({ lang, event }: Desk, one: NomineeFact): string {
  if (one.locked) return say(lang, 'nominee_locked')
  if (one.state === 'CADANGAN') return say(lang, 'nominee_CADANGAN', { n: one.reserve ?? 0 })
  if (one.state === 'DITAWARI')
    return say(lang, 'nominee_DITAWARI', { until: one.until ? sayInstant(lang, event, one.until) : '' })
  if (one.state === 'DIKLAIM' && one.registration) return say(lang, `status_${one.registration}`)
  return say(lang, `nominee_${one.state}`)
}

/** Each nominee's state in one line. */
export function statusText(desk: Desk, { nominees }: View): string {
  if (nominees.length === 0) return say(desk.lang, 'nominee_none')
  let n = 0
  return nominees.map(one => `${isActive(one) ? `${++n}.` : '-'} ${one.name}: ${stateText(desk, one)}`).join('\n')
}

/** Who is nominated, with the numbers by which they are called. */
export function listText(desk: Desk, view: View): string {
  const active = view.nominees.filter(isActive)
  if (active.length === 0) return say(desk.lang, 'nominee_none')
  return [
    say(desk.lang, 'nominee_list', { association: acronym(desk.office.association) }),
    ...active.map(({ name }, n) => `${n + 1}. ${name}`),
    '',
    say(desk.lang, 'nominee_how'),
  ].join('\n')
}

/** The message that an officer passes on: the name, what it is about, and how the conversation is opened. */
export function forwardable(
  { lang, office, event }: Desk,
  { name, token, reserve }: NomineeFact,
  { links }: View,
): string {
  return [
    say(lang, reserve === null ? 'forward' : 'forward_reserve', {
      name,
      association: acronym(office.association),
      event: event.shortTitle,
      n: reserve ?? 0,
    }),
    ...(links.length > 0 ? [say(lang, 'forward_links')] : []),
    ...links.map(link => link.replace('{token}', token)),
    say(lang, links.length > 0 ? 'forward_or' : 'forward_typed', { token }),
    say(lang, 'forward_own'),
  ].join('\n')
}

/** It as a message of its own. */
export const passedOn = (desk: Desk, nominee: NomineeFact, view: View): Reply => ({
  text: forwardable(desk, nominee, view),
  passedOn: true,
})

/** Cards to print and cut, one for each who has not opened his link. */
export function cards(desk: Desk, { nominees, links }: View): Move {
  const people = nominees.filter(one => isActive(one) && !one.claimed && one.state !== 'DIPERIKSA')
  if (people.length === 0) return { state: desk.state, replies: [{ text: say(desk.lang, 'cards_none') }] }
  const title = `${acronym(desk.office.association)} · ${desk.event.shortTitle}`
  return {
    state: desk.state,
    replies: [
      {
        text: say(desk.lang, 'cards', { n: people.length }),
        cards: { title, people: people.map(({ name, token }) => ({ name, ...wayIn(desk.lang, links, token) })) },
      },
    ],
  }
}

/** A QR code for each app; where none is known yet, for what has to be typed. */
function wayIn(lang: Lang, links: readonly string[], token: string) {
  const typed = `DAFTAR ${token}`
  const codes = links.map(link => ({
    label: link.startsWith('https://t.me/') ? 'Telegram' : 'WhatsApp',
    link: link.replace('{token}', token),
  }))
  return {
    codes: codes.length > 0 ? codes : [{ label: '', link: typed }],
    typed: say(lang, 'cards_typed', { typed }),
  }
}
