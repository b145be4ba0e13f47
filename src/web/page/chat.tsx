// The chat on a phone's screen: bubbles by day, the newest at the bottom.
import { Fragment, useEffect, useRef } from 'react'
import type { Bubble, Look } from '../simulator/view.ts'
import { BubbleView } from './bubble.tsx'
import classes from './chat.module.css'
import { day } from './times.ts'

type ChatProps = {
  readonly look: Look
  readonly bubbles: readonly Bubble[]
  readonly failed: ReadonlySet<string>
  readonly typing: boolean
  readonly timezone: string
  readonly onPress: (message: string, asked: number, value: string) => void
  readonly onRetry: (id: string) => void
}

export function Chat({ look, bubbles, failed, typing, timezone, onPress, onRetry }: ChatProps) {
  const scroller = useRef<HTMLDivElement>(null)
  // The list is upside down (CSS), so it stays at the bottom by itself; whoever writes is brought there as well.
  const lastMine = bubbles.findLast(bubble => bubble.mine)?.id
  useEffect(() => {
    if (lastMine) scroller.current?.scrollTo({ top: 0 })
  }, [lastMine])

  return (
    <div className={classes.wall} data-look={look}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable with the keyboard */}
      <div className={classes.scroller} ref={scroller} tabIndex={0} role="log" aria-label="Percakapan">
        <div className={classes.list}>
          {bubbles.length === 0 && <Empty look={look} />}
          {bubbles.map((bubble, i) => {
            const before = bubbles[i - 1]
            const today = day(bubble.at, timezone)
            const newDay = !before || day(before.at, timezone) !== today
            const first = newDay || before.mine !== bubble.mine
            const last = bubbles[i + 1]?.mine !== bubble.mine
            return (
              <Fragment key={bubble.id}>
                {newDay && <p className={classes.day}>{today}</p>}
                <BubbleView
                  bubble={bubble}
                  first={first}
                  tail={look === 'telegram' ? last : first}
                  timezone={timezone}
                  onPress={onPress}
                  {...(failed.has(bubble.id) && { onRetry: () => onRetry(bubble.id) })}
                />
              </Fragment>
            )
          })}
          {typing && (
            <div className={classes.typing} role="status" aria-label="Sapa sedang mengetik">
              <i />
              <i />
              <i />
            </div>
          )}
        </div>
      </div>
    </div>
  )
}

const Empty = ({ look }: { readonly look: Look }) =>
  look === 'telegram' ? (
    <div className={classes.empty}>
      <strong>Apa yang bisa dilakukan bot ini?</strong>
      Mendaftar pelatihan dan uji kompetensi tenaga kerja konstruksi. Tekan MULAI di bawah.
    </div>
  ) : (
    <div className={classes.empty}>
      Percakapan ini simulasi: tidak ada pesan yang keluar dari komputer ini. Coba kirim: daftar
    </div>
  )
