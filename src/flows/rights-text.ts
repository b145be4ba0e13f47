// Lines of DATA SAYA that are the same for participants and for officers.
import type { Held } from './asks.ts'
import { say } from './speak.ts'
import type { Lang, State } from './types.ts'

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
