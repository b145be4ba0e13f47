// Where a phone's owner writes: text, the attach menu, the contact button, START on a bot's empty chat.
import { Menu, Textarea, UnstyledButton } from '@mantine/core'
import { useFileDialog } from '@mantine/hooks'
import { useRef, useState } from 'react'
import type { Look } from '../simulator/view.ts'
import type { Sample } from './api.ts'
import classes from './composer.module.css'
import { Icon, type IconName } from './icon.tsx'

type ComposerProps = {
  readonly look: Look
  /** Nothing was said in this chat yet. */
  readonly fresh: boolean
  readonly shareContact: string | undefined
  readonly onText: (text: string) => void
  readonly onContact: (own: boolean) => void
  readonly onOther: (what: 'voice' | 'sticker' | 'location') => void
  readonly onFile: (file: File) => void
  readonly onSample: (sample: Sample) => void
}

export function Composer(props: ComposerProps) {
  const { look, fresh, shareContact, onText, onContact, onOther } = props
  const [text, setText] = useState('')
  // The button goes away when it is pressed: the keyboard then stands in the field that takes its place.
  const [started, setStarted] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const send = () => {
    if (text.trim() === '') return
    onText(text)
    setText('')
    field.current?.focus()
  }
  if (look === 'telegram' && fresh) {
    return (
      <UnstyledButton
        className={classes.start}
        onClick={() => {
          setStarted(true)
          onText('/start')
        }}
      >
        Mulai
      </UnstyledButton>
    )
  }
  return (
    <div className={classes.composer} data-look={look}>
      <div className={classes.bar}>
        <div className={classes.field}>
          <UnstyledButton aria-label="Kirim stiker" title="Kirim stiker" onClick={() => onOther('sticker')}>
            <Icon name="smile" />
          </UnstyledButton>
          <Textarea
            ref={field}
            className={classes.input}
            variant="unstyled"
            autoFocus={started}
            autosize
            minRows={1}
            maxRows={5}
            aria-label={`Pesan ${look === 'telegram' ? 'Telegram' : 'WhatsApp'}`}
            placeholder={look === 'telegram' ? 'Pesan' : 'Ketik pesan'}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
            onKeyDown={event => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
              event.preventDefault()
              send()
            }}
          />
          <Attach {...props} />
        </div>
        {text.trim() === '' ? (
          <UnstyledButton
            className={classes.round}
            aria-label="Kirim pesan suara"
            title="Kirim pesan suara"
            onClick={() => onOther('voice')}
          >
            <Icon name="mic" />
          </UnstyledButton>
        ) : (
          <UnstyledButton className={classes.round} aria-label="Kirim" title="Kirim" onClick={send}>
            <Icon name="send" />
          </UnstyledButton>
        )}
      </div>
      {shareContact && (
        <div className={classes.keyboard}>
          <UnstyledButton className={classes.contact} onClick={() => onContact(true)}>
            {shareContact}
          </UnstyledButton>
        </div>
      )}
    </div>
  )
}

const SAMPLES: readonly { sample: Sample; label: string; icon: IconName }[] = [
  { sample: 'ktp', label: 'Contoh foto KTP', icon: 'card' },
  { sample: 'portrait', label: 'Contoh pas foto', icon: 'portrait' },
  { sample: 'diploma', label: 'Contoh ijazah', icon: 'diploma' },
]

function Attach({ look, onContact, onOther, onFile, onSample }: ComposerProps) {
  const onChange = (files: FileList | null) => files?.[0] && onFile(files[0])
  const photo = useFileDialog({ accept: 'image/*', multiple: false, resetOnOpen: true, onChange })
  const file = useFileDialog({ multiple: false, resetOnOpen: true, onChange })
  return (
    <Menu position="top-end" shadow="md" width={230} withinPortal>
      <Menu.Target>
        <UnstyledButton aria-label="Lampirkan" title="Lampirkan">
          <Icon name="attach" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Contoh buatan</Menu.Label>
        {SAMPLES.map(({ sample, label, icon }) => (
          <Menu.Item key={sample} leftSection={<Icon name={icon} size={18} />} onClick={() => onSample(sample)}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Label>Dari komputer ini</Menu.Label>
        <Menu.Item leftSection={<Icon name="image" size={18} />} onClick={photo.open}>
          Foto
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="file" size={18} />} onClick={file.open}>
          Berkas (PDF dan lain-lain)
        </Menu.Item>
        <Menu.Label>Lainnya</Menu.Label>
        <Menu.Item leftSection={<Icon name="user" size={18} />} onClick={() => onContact(true)}>
          {look === 'telegram' ? 'Nomor saya sendiri' : 'Kontak saya'}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="users" size={18} />} onClick={() => onContact(false)}>
          Kontak orang lain
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="pin" size={18} />} onClick={() => onOther('location')}>
          Lokasi
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
