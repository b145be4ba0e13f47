// One message as the app of a look shows it.
import { Modal, VisuallyHidden } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Bubble, Picture } from '../simulator/view.ts'
import classes from './bubble.module.css'
import { Icon, Ticks } from './icon.tsx'
import { hour } from './times.ts'

type BubbleProps = {
  readonly bubble: Bubble
  /** First of the messages that one side sent in a row. */
  readonly first: boolean
  readonly tail: boolean
  readonly timezone: string
  readonly onPress: (message: string, asked: number, value: string) => void
  readonly onRetry?: () => void
}

export function BubbleView({ bubble, first, tail, timezone, onPress, onRetry }: BubbleProps) {
  const { id, mine, text, picture, buttons, asked = 0 } = bubble
  return (
    <div className={classes.row} data-mine={mine} data-first={first} data-tail={tail} data-message={id}>
      <div className={`${classes.bubble} ${picture?.type === 'image' ? classes.pictured : ''}`}>
        <VisuallyHidden>{mine ? 'Anda:' : 'Sapa:'}</VisuallyHidden>
        {picture && <PictureView picture={picture} />}
        {bubble.contact && <Contact phone={bubble.contact.phone} />}
        {bubble.other && <Other what={bubble.other} />}
        {text && <span className={classes.text}>{text}</span>}
        <span className={classes.meta}>
          {hour(bubble.at, timezone)}
          {mine && <Delivery bubble={bubble} failed={onRetry !== undefined} />}
        </span>
      </div>
      {onRetry && (
        <button type="button" className={classes.retry} onClick={onRetry}>
          Belum terkirim. Kirim lagi
        </button>
      )}
      {buttons?.map(row => (
        <div key={row.map(({ value }) => value).join(' ')} className={classes.buttons}>
          {row.map(({ value, label }) => (
            <button key={value} type="button" onClick={() => onPress(id, asked, value)}>
              {label}
            </button>
          ))}
        </div>
      ))}
    </div>
  )
}

function Delivery({ bubble, failed }: { readonly bubble: Bubble; readonly failed: boolean }): ReactNode {
  if (failed)
    return (
      <span role="img" aria-label="belum terkirim">
        !
      </span>
    )
  if (!bubble.ticks) {
    return (
      <span role="img" aria-label="sedang dikirim">
        <Icon name="clock" size={12} />
      </span>
    )
  }
  return (
    <span
      role="img"
      className={classes.ticks}
      data-read={bubble.ticks === 2}
      aria-label={bubble.ticks === 2 ? 'dijawab' : 'terkirim'}
    >
      <Ticks count={bubble.ticks} />
    </span>
  )
}

function PictureView({ picture: { url, name, type } }: { readonly picture: Picture }) {
  const [open, setOpen] = useState(false)
  if (type === 'file') {
    return (
      <a className={classes.attachment} href={url} target="_blank" rel="noreferrer">
        <span className={classes.disc}>
          <Icon name="file" />
        </span>
        {name}
      </a>
    )
  }
  return (
    <>
      <button type="button" className={classes.picture} aria-label={`Perbesar ${name}`} onClick={() => setOpen(true)}>
        <img src={url} alt={name} />
      </button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        size="auto"
        centered
        title={name}
        closeButtonProps={{ 'aria-label': 'Tutup' }}
      >
        <img className={classes.large} src={url} alt={name} />
      </Modal>
    </>
  )
}

const Contact = ({ phone }: { readonly phone: string }) => (
  <span className={classes.attachment}>
    <span className={classes.disc}>
      <Icon name="user" />
    </span>
    <span>
      Kontak
      <br />
      <small>{phone}</small>
    </span>
  </span>
)

/** Bars of a voice message: drawn, not heard. */
const WAVES = [5, 9, 14, 8, 17, 12, 6, 15, 19, 10, 7, 13, 16, 9, 5, 11, 14, 8, 6, 4]

function Other({ what }: { readonly what: string }) {
  if (what === 'sticker') {
    return (
      <span className={classes.sticker} role="img" aria-label="Stiker">
        👷
      </span>
    )
  }
  if (what === 'voice') {
    return (
      <span className={classes.attachment}>
        <span className={classes.disc}>
          <Icon name="play" />
        </span>
        <span className={classes.waves} role="img" aria-label="Pesan suara">
          {WAVES.map((height, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change
            <i key={i} style={{ height }} />
          ))}
        </span>
        0:04
      </span>
    )
  }
  return (
    <span className={classes.attachment}>
      <span className={classes.disc}>
        <Icon name={what === 'location' ? 'pin' : 'file'} />
      </span>
      {what === 'location' ? 'Lokasi' : what}
    </span>
  )
}
