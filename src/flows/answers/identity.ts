// Who somebody is: name, NIK, date and place of birth, sex, address, phone.
import { readBirthDate } from '../../domain/birth-date.ts'
import { clean } from '../../domain/clean.ts'
import { readCommand } from '../../domain/command.ts'
import { readName } from '../../domain/name.ts'
import { maskNik, type Nik, readNik, type Sex } from '../../domain/nik.ts'
import { readPhone } from '../../domain/phone.ts'
import { got, not, type Read } from '../../domain/read.ts'
import { readSex } from '../../domain/sex.ts'
import { readYesNo } from '../../domain/yes-no.ts'
import { say, sayChoice, sayDate } from '../speak.ts'
import type { Context, Kind } from '../types.ts'
import { isOneOf, kind, oneOf, words } from './kind.ts'

let lastDay = { now: '', zone: '', today: '' }

/** The day on which the person reads this, on the event's calendar. Kept for the batch: its turns share their instant. */
export function todayOf({ facts: { now }, event }: Context): string {
  const zone = event?.timezone ?? 'Asia/Jakarta'
  if (lastDay.now !== now || lastDay.zone !== zone) {
    const today = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate().toString()
    lastDay = { now, zone, today }
  }
  return lastDay.today
}

export type PersonName = { readonly name: string; readonly prefix?: string; readonly suffix?: string }

export const personName = (): Kind<PersonName> =>
  kind<PersonName>({
    name: 'name',
    free: true,
    read: words(text => readName(text)),
    show: ({ prefix, name, suffix }) => [prefix, suffix ? `${name}, ${suffix}` : name].filter(Boolean).join(' '),
    accepts: value => typeof (value as PersonName | null)?.name === 'string',
  })

export const nik = (): Kind<Nik> =>
  kind<Nik>({
    name: 'nik',
    read: words((text, context) => {
      const city = context.event?.regionCode
      const read = readNik(text, { today: todayOf(context), ...(city ? { city } : {}) })
      const long = !read.ok && read.reason === 'NIK_LENGTH' && Number(read.detail?.digits) > 16
      return long ? not('NIK_TOO_LONG', { detail: read.detail ?? {} }) : read
    }),
    show: value => maskNik(value.nik),
    accepts: value => /^\d{16}$/.test((value as Nik | null)?.nik ?? ''),
  })

export const birthDate = (): Kind<string> =>
  kind<string>({
    name: 'birth_date',
    read: words((text, context) => readBirthDate(text, { today: todayOf(context) })),
    show: (value, { lang }) => sayDate(lang, Temporal.PlainDate.from(value)),
    accepts: value => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  })

const SEXES = ['L', 'P'] as const

export const sex = (): Kind<Sex> =>
  kind<Sex>({
    name: 'sex',
    read: words(text => readSex(text), oneOf(SEXES)),
    options: ({ lang }) => SEXES.map(s => ({ value: s, label: capitalised(sayChoice(lang, `sex_${s}`)) })),
    show: (value, { lang }) => say(lang, `sex_${value}`),
    accepts: isOneOf(SEXES),
  })

const capitalised = (text: string): string =>
  text === text.toUpperCase() || text === text.toLowerCase()
    ? text
        .toLowerCase()
        .replace(/(^|[\s.'(/-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    : text

/** Free words of one line, bounded; commands come before the field. */
function line(text: string, least: number, most: number, tooShort: string): Read<string> {
  const plain = clean(text).replaceAll('\n', ', ')
  if (plain === '') return not('EMPTY')
  if (readCommand(plain).ok) return not('COMMAND')
  if (plain.length > most) return not('TOO_LONG')
  return plain.length < least || !/\p{L}{2}/u.test(plain) ? not(tooShort) : got(plain)
}

export const birthPlace = (): Kind<string> =>
  kind<string>({
    name: 'birth_place',
    free: true,
    read: words(text => {
      const read = line(text, 3, 60, 'PLACE_UNCLEAR')
      if (!read.ok) return read
      const place = read.value.replace(/^(?:lahir )?(?:di|ing|nang|kota kelahiran) /i, '').replace(/[.,;]+$/, '')
      return /\d/.test(place) ? not('PLACE_UNCLEAR') : got(capitalised(place))
    }),
    show: value => value,
    accepts: value => typeof value === 'string' && value !== '',
  })

export const address = (): Kind<string> =>
  kind<string>({
    name: 'address',
    free: true,
    read: words(text => line(text, 8, 300, 'ADDRESS_TOO_SHORT')),
    show: value => value,
    accepts: value => typeof value === 'string' && value !== '',
  })

/** `proven`: the platform vouches for it; a typed one is kept as unproven. */
export type Phone = { readonly phone: string; readonly proven: boolean }

const readable = (e164: string): string => e164.replace(/^\+62/, '0').replace(/^(0\d{3})(\d{4})(\d+)$/, '$1-$2-$3')

/** "pakai nomor ini saja", or a yes to the offer of this chat's number. */
function meansThisChat(text: string, reason: string): boolean {
  if (reason === 'PHONE_NONE') return /\b(ini|iki|niki|wa|sama)\b/i.test(text)
  const yes = readYesNo(text)
  return !/\d/.test(text) && yes.ok && yes.value === 'YES'
}

export const phone = (useThis: { readonly id: string; readonly en: string }): Kind<Phone> =>
  kind<Phone>({
    name: 'phone',
    wantsContact: true,
    read: (said, context) => {
      const own = context.facts.channel.ownPhone
      if (said.kind === 'contact') {
        if (!said.own) return not('CONTACT_NOT_OWN')
        const read = readPhone(said.phone)
        return read.ok ? { ...read, value: { phone: read.value, proven: true } } : (read as Read<never>)
      }
      if (said.kind === 'button')
        return said.value === 'own' && own ? got({ phone: own, proven: true }) : not('MENU_UNREAD')
      if (said.kind !== 'text') return not('UNCLEAR')
      const read = readPhone(said.text)
      if (read.ok) return { ...read, value: { phone: read.value, proven: read.value === own } }
      return own && meansThisChat(said.text, read.reason) ? got({ phone: own, proven: true }) : (read as Read<never>)
    },
    options: ({ facts, lang }) =>
      facts.channel.ownPhone ? [{ value: 'own', label: `${useThis[lang]} ${readable(facts.channel.ownPhone)}` }] : [],
    show: (value, { lang }) =>
      value.proven ? readable(value.phone) : say(lang, 'unproven', { phone: readable(value.phone) }),
    accepts: value => typeof (value as Phone | null)?.phone === 'string',
  })
