// The simulator: two phones of one made-up person side by side, and beside them what the house holds about them.
import { Button, Loader, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import type { Look } from '../simulator/view.ts'
import classes from './app.module.css'
import { HowToCard, PersonCard, RecordCard, SentCard } from './cards.tsx'
import { APP_NAMES, Phone } from './phone.tsx'
import { TopBar } from './top-bar.tsx'
import { useLive } from './use-live.ts'
import { usePeople } from './use-people.ts'

const LOOKS: readonly Look[] = ['telegram', 'whatsapp']
/** Below this width one thing is shown at a time. */
const NARROW = '(max-width: 759px)'

export function App() {
  const people = usePeople()
  const live = useLive(people.current)
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const [shown, setShown] = useState<Look | 'data'>('telegram')
  /** Whose data stand beside the phones: the one used last. */
  const [used, setUsed] = useState<Look>('telegram')
  const { view, lost, popup } = live

  return (
    <div className={classes.page}>
      <TopBar people={people} view={view} />
      {narrow && (
        <SegmentedControl
          className={classes.tabs}
          fullWidth
          radius={0}
          color="teal"
          aria-label="Yang ditampilkan"
          value={shown}
          onChange={value => setShown(value as Look | 'data')}
          data={[...LOOKS.map(look => ({ value: look, label: APP_NAMES[look] })), { value: 'data', label: 'Data' }]}
        />
      )}
      {view ? (
        <main className={classes.desk}>
          {LOOKS.map(
            look =>
              (!narrow || shown === look) && (
                <Phone
                  key={`${view.person.id} ${look}`}
                  look={look}
                  view={view}
                  lost={lost}
                  popup={popup}
                  onUse={() => setUsed(look)}
                />
              ),
          )}
          {(!narrow || shown === 'data') && (
            <aside className={classes.side} aria-label="Data">
              <PersonCard person={view.person} />
              {LOOKS.every(look => !view.chats[look].stored) && <HowToCard />}
              <RecordCard view={view} look={used} onLook={setUsed} />
              <SentCard view={view} look={used} />
            </aside>
          )}
        </main>
      ) : (
        <main className={classes.waiting}>
          {people.failed || lost ? (
            <>
              <p>Server belum bisa dihubungi.</p>
              <Button onClick={() => location.reload()}>Coba lagi</Button>
            </>
          ) : (
            <Loader aria-label="Memuat" />
          )}
        </main>
      )}
    </div>
  )
}
