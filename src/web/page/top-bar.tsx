// The bar on top: what this is, the event, the clock that can be moved on, whose phones these are.
import { Button, Menu, UnstyledButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { PersonView } from '../simulator/view.ts'
import { moveClock } from './api.ts'
import { Face } from './face.tsx'
import { Icon } from './icon.tsx'
import logo from './logo.svg'
import { clock, date, days } from './times.ts'
import classes from './top-bar.module.css'
import type { People } from './use-people.ts'

type TopBarProps = { readonly people: People; readonly view: PersonView | null }

export function TopBar({ people, view }: TopBarProps) {
  return (
    <header className={classes.bar}>
      <div className={classes.brand}>
        <img src={logo} alt="" width="36" height="36" />
        <div>
          <h1>Sapa</h1>
          <span>Simulator</span>
        </div>
      </div>
      {view?.event && (
        <div className={classes.event}>
          <strong>{view.event.title}</strong>
          <span>
            {view.event.place} · {days(view.event.starts, view.event.ends)}
          </span>
        </div>
      )}
      {view && !view.event && <div className={classes.event}>Belum ada acara yang akan datang</div>}
      {view && <Clock view={view} />}
      <PersonMenu people={people} />
    </header>
  )
}

function Clock({ view: { ahead, clockMoves, event } }: { readonly view: PersonView }) {
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick(count => count + 1), 1_000)
    return () => clearInterval(timer)
  }, [])
  const timezone = event?.timezone ?? 'Asia/Jakarta'
  const now = new Date(Date.now() + ahead)
  return (
    <fieldset className={classes.clock}>
      <legend>Jam simulasi</legend>
      <Icon name="clock" size={20} />
      <div>
        <strong>{clock(now, timezone)}</strong>
        <small>{date(now, timezone)}</small>
      </div>
      {clockMoves && (
        <Button.Group aria-label="Majukan waktu">
          <Button variant="white" size="xs" onClick={() => moveClock(1)}>
            +1 jam
          </Button>
          <Button variant="white" size="xs" onClick={() => moveClock(24)}>
            +1 hari
          </Button>
        </Button.Group>
      )}
    </fieldset>
  )
}

function PersonMenu({ people: { all, current, choose, add } }: { readonly people: People }) {
  return (
    <Menu position="bottom-end" width={280} shadow="lg">
      <Menu.Target>
        <UnstyledButton className={classes.person} aria-label={`Ganti orang, sekarang ${current?.name ?? 'belum ada'}`}>
          <Face name={current?.name ?? ''} size={34} />
          <span>{current?.name}</span>
          <Icon name="down" size={18} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.people}>
        <Menu.Item leftSection={<Icon name="plus" size={18} />} onClick={add}>
          Orang baru
        </Menu.Item>
        <Menu.Divider />
        {all.map(person => (
          <Menu.Item
            key={person.id}
            leftSection={<Face name={person.name} size={28} />}
            {...(person.id === current?.id && { rightSection: <Icon name="check" size={18} />, 'aria-current': true })}
            onClick={() => choose(person)}
          >
            {person.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
