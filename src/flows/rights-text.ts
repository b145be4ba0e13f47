// What DATA SAYA and KENAPA say in the same words to participants and to officers.
import type { Held } from './asks.ts'
import type { EventFact } from './facts.ts'
import { onClock, say, sayDate } from './speak.ts'
import type { Lang, State } from './types.ts'

/** Of whom no event is open any more: the day is enough then. */
const ZONE = 'Asia/Jakarta'

/** "20 September 2025, 09.00 WIB", on the clock of the event. */
export function sayMoment(lang: Lang, event: EventFact | undefined, instant: string): string {
  if (!event) return sayDate(lang, Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDate())
  const { date, time, zone } = onClock(event, instant)
  return `${sayDate(lang, date)}, ${time} ${zone}`
}

const CHANNELS: Readonly<Record<string, string>> = {
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  cloud: 'WhatsApp',
  simulator: 'Simulator',
  terminal: 'Terminal',
}

/** The chats by which we know somebody; `moment` says when. */
export const chatLines = (lang: Lang, { chats }: Held, moment: (instant: string) => string): string[] =>
  chats.map(({ channel, since, phone }) => {
    const name = [CHANNELS[channel] ?? channel, phone && `(${phone})`].filter(Boolean).join(' ')
    return say(lang, 'my_data_chat', { channel: name, when: moment(since) })
  })

/** Files, messages, questions, language, reminders. */
export function keptLines({ lang, stopped }: State, held: Held): string[] {
  const files = held.files.filter(file => !file.erased)
  return [
    say(lang, 'my_data_files', { n: files.length, kilobytes: files.reduce((sum, file) => sum + file.kilobytes, 0) }),
    say(lang, 'my_data_messages', { received: held.received, sent: held.sent }),
    ...(held.tasks > 0 ? [say(lang, 'my_data_tasks', { n: held.tasks })] : []),
    say(lang, 'my_data_language', { language: lang === 'id' ? 'Bahasa Indonesia' : 'English' }),
    say(lang, stopped ? 'my_data_stopped' : 'my_data_reminded'),
  ]
}
