// Which event a command is about.
import type { Kysely } from 'kysely'
import { type ListedEvent, listEvents } from '../db/event-list.ts'
import type { Database } from '../db/schema.ts'
import { CommandRefused } from './refuse.ts'

/** The event of this id; without an id the only one there is. */
export async function chooseEvent(db: Kysely<Database>, id: string | undefined): Promise<ListedEvent> {
  const events = await listEvents(db)
  const ids = events.map(event => event.id).join(', ')
  if (events.length === 0) throw new CommandRefused('there is no event yet: sapa event import FILE')
  if (id === undefined && events.length > 1) throw new CommandRefused(`there are several events, name one of: ${ids}`)
  const chosen = events.find(event => event.id === (id ?? event.id))
  if (!chosen) throw new CommandRefused(`there is no event "${id}": there is ${ids}`)
  return chosen
}
