// One phone: its frame, the chat on its screen, and what its owner does with it.
import { useEffect, useState } from 'react'
import type { Look, PersonView, Popup } from '../simulator/view.ts'
import { type Sample, type Saying, say, sendFile, sendSample } from './api.ts'
import { Chat } from './chat.tsx'
import { Composer } from './composer.tsx'
import { Icon } from './icon.tsx'
import logo from './logo.svg'
import classes from './phone.module.css'
import { hour } from './times.ts'
import { useOutbox } from './use-outbox.ts'

export const APP_NAMES: Readonly<Record<Look, string>> = { telegram: 'Telegram', whatsapp: 'WhatsApp' }

type PhoneProps = {
  readonly look: Look
  readonly view: PersonView
  readonly lost: boolean
  readonly popup: Popup | null
  readonly onUse: () => void
}

export function Phone({ look, view, lost, popup, onUse }: PhoneProps) {
  const { person, ahead } = view
  const chat = view.chats[look]
  const timezone = view.event?.timezone ?? 'Asia/Jakarta'
  const now = () => new Date(Date.now() + ahead)
  const outbox = useOutbox(chat.bubbles, now)
  const [toast, showToast] = useToast(look, popup)

  const use = (action: () => void) => {
    onUse()
    action()
  }
  const speak = (said: Saying, shown: Parameters<typeof outbox.put>[0]) =>
    use(() => outbox.put(shown, id => say(person, look, id, said)))
  const press = (message: string, asked: number, value: string) =>
    use(() => {
      const id = crypto.randomUUID()
      outbox
        .inTurn(() => say(person, look, id, { kind: 'button', asked, value, message }))
        .catch(() => showToast('Belum terkirim. Tekan lagi, ya.'))
    })
  const attach = (file: File) =>
    use(() => {
      const picture = file.type.startsWith('image/')
        ? { url: URL.createObjectURL(file), name: file.name, type: 'image' as const }
        : undefined
      outbox.put(picture ? { picture } : { other: file.name }, id => sendFile(person, look, id, file))
    })
  const attachSample = (sample: Sample) =>
    use(() => outbox.put({ other: 'Mengirim foto…' }, id => sendSample(person, look, id, sample)))

  const shareContact = chat.bubbles.findLast(bubble => !bubble.mine)?.shareContact
  const status = lost ? 'menyambung…' : chat.typing ? 'sedang mengetik…' : look === 'telegram' ? 'bot' : 'online'
  return (
    <section className={classes.phone} data-look={look} aria-label={`HP ${APP_NAMES[look]} milik ${person.name}`}>
      <div className={classes.status} aria-hidden="true">
        <span>{hour(now(), timezone)}</span>
        <span className={classes.signal}>
          <i />
          <i />
          <i />
          <i />
          <b>4G</b>
          <em />
        </span>
      </div>
      <header className={classes.header}>
        <Icon name="back" />
        <img src={logo} alt="" width="38" height="38" />
        <div className={classes.who}>
          <strong>Sapa</strong>
          <span aria-live="polite">{status}</span>
        </div>
        {look === 'whatsapp' && (
          <>
            <Icon name="video" />
            <Icon name="phone" size={20} />
          </>
        )}
        <Icon name="dots" />
      </header>
      <Chat
        look={look}
        bubbles={outbox.bubbles}
        failed={outbox.failed}
        typing={chat.typing && !lost}
        timezone={timezone}
        onPress={press}
        onRetry={outbox.retry}
      />
      {toast && (
        <div className={classes.toast} role="status">
          {toast}
        </div>
      )}
      <Composer
        look={look}
        fresh={outbox.bubbles.length === 0}
        shareContact={shareContact}
        onText={text => speak({ kind: 'text', text }, { text })}
        onContact={own => speak({ kind: 'contact', own }, { contact: { phone: own ? person.phone : '…' } })}
        onOther={what => speak({ kind: 'other', what }, { other: what })}
        onFile={attach}
        onSample={attachSample}
      />
    </section>
  )
}

const TOAST_MS = 3_500

/** What stands over the chat for a moment: the newest pop-up of this phone, or what `show` is told. */
function useToast(look: Look, popup: Popup | null): [toast: string | null, show: (text: string) => void] {
  const [toast, show] = useState<string | null>(null)
  useEffect(() => {
    if (popup?.look === look) show(popup.text)
  }, [popup, look])
  useEffect(() => {
    const timer = toast === null ? undefined : setTimeout(() => show(null), TOAST_MS)
    return () => clearTimeout(timer)
  }, [toast])
  return [toast, show]
}
