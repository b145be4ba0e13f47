// An event as `sapa event show` tells it.
import type { LastChange } from '../db/correction.ts'
import type { ListedEvent, StatusCount } from '../db/event-list.ts'
import { type Column, plain, tableHead, tableLine } from './print.ts'

type SeatLine = {
  readonly association: string
  readonly quota: number | null
  readonly accepted: number
  readonly waiting: number
  readonly returned: number
}

export type EventView = ReturnType<typeof eventView>

/** An event with its seats, by association; "-" are people without an association. */
export function eventView({ id, version, file }: ListedEvent, counts: readonly StatusCount[], change?: LastChange) {
  const count = (association: string | null, status: string) =>
    counts.find(one => one.association === association && one.status === status)?.count ?? 0
  const line = (association: string | null, quota: number | null): SeatLine => ({
    association: association ?? '-',
    quota,
    accepted: count(association, 'DITERIMA'),
    waiting: count(association, 'MENUNGGU_VERIFIKASI'),
    returned: count(association, 'PERLU_PERBAIKAN'),
  })
  const others = new Set(
    counts.map(({ association }) => association).filter(one => !(one !== null && one in file.quotas)),
  )
  const seats = [
    ...Object.entries(file.quotas)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([association, quota]) => line(association, quota)),
    ...[...others].map(association => line(association, null)),
  ]
  return { id, version, file, seats, change: change ? changeView(change) : null }
}

/** Whom the last change concerned; `silent` are those who have not said OK yet. */
function changeView({ version, at, people }: LastChange) {
  const silent = people.filter(({ confirmed }) => !confirmed).map(({ confirmed: _, ...person }) => person)
  return { version, at: at.toISOString(), told: people.length, confirmed: people.length - silent.length, silent }
}

const number = (title: string, of: (seats: SeatLine) => number | null): Column<SeatLine> => ({
  title,
  width: 8,
  right: true,
  of: seats => String(of(seats) ?? '-'),
})

const COLUMNS: readonly Column<SeatLine>[] = [
  { title: 'ASSOCIATION', width: 14, of: seats => seats.association },
  number('QUOTA', seats => seats.quota),
  number('ACCEPTED', seats => seats.accepted),
  number('WAITING', seats => seats.waiting),
  number('RETURNED', seats => seats.returned),
  number('FREE', seats => seats.quota && seats.quota - seats.accepted),
]

/** The event in lines for a terminal. */
export function eventLines({ id, version, file: { event, registration }, seats, change }: EventView): string[] {
  const sum = (of: (seats: SeatLine) => number) => seats.reduce((total, line) => total + of(line), 0)
  const total: SeatLine = {
    association: 'together',
    quota: event.capacity,
    accepted: sum(line => line.accepted),
    waiting: sum(line => line.waiting),
    returned: sum(line => line.returned),
  }
  const at = (instant: string) => {
    const there = Temporal.Instant.from(instant).toZonedDateTimeISO(event.timezone)
    return `${there.toPlainDate()} ${there.toPlainTime().toString({ smallestUnit: 'minute' })}`
  }
  const place = event.venue.city ? `${event.venue.name}, ${event.venue.city}` : event.venue.name
  return [
    event.title,
    `${id}, version ${version}`,
    '',
    `Place         ${place}`,
    `Days          ${event.date_start} to ${event.date_end}`,
    `Registration  ${at(registration.open)} to ${at(registration.close)} (${event.timezone})`,
    '',
    tableHead(COLUMNS),
    ...seats.map(line => tableLine(COLUMNS, line)),
    tableLine(COLUMNS, total),
    ...(change
      ? [
          '',
          `Last change, version ${change.version} of ${at(change.at)}: ${change.told} told, ${change.confirmed} said OK`,
          ...change.silent.map(
            ({ number, name, channel, state }) => `  silent: ${number}  ${channel ?? '-'}, ${state}  ${plain(name)}`,
          ),
        ]
      : []),
  ]
}
