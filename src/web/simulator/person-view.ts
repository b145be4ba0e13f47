// Everything the page shows of one person: both phones, what is stored, the event and its clock.
import type { Simulator } from '../../bots/simulator.ts'
import { loadEvents } from '../../db/event-read.ts'
import { clock, conversationOf, registrationOf } from '../../db/simulator.ts'
import { eventFact } from '../../flows/event-fact.ts'
import type { EventFact } from '../../flows/facts.ts'
import type { House } from '../../house.ts'
import { findChat } from './people.ts'
import { stored } from './stored.ts'
import { transcriptOf } from './transcript.ts'
import type { ChatView, EventView, Look, Person, PersonView } from './view.ts'

export async function personView(house: House, simulator: Simulator, person: Person): Promise<PersonView> {
  const [time, events] = await Promise.all([clock(house.db), loadEvents(house.db)])
  const facts = events.map(eventFact)
  const chat = (look: Look) => chatView(house, simulator, look, person, facts)
  const [telegram, whatsapp] = await Promise.all([chat('telegram'), chat('whatsapp')])
  return {
    person,
    event: facts[0] ? eventView(facts[0]) : null,
    ahead: time.ahead,
    clockMoves: time.own,
    chats: { telegram, whatsapp },
  }
}

async function chatView(
  house: House,
  simulator: Simulator,
  look: Look,
  person: Person,
  events: readonly EventFact[],
): Promise<ChatView> {
  const { id, conversation_id } = await findChat(house, look, person)
  const [transcript, conversation, registration] = await Promise.all([
    transcriptOf(house, simulator, look, person.id, id),
    conversationOf(house.db, conversation_id),
    registrationOf(house.db, conversation_id),
  ])
  const event = events.find(({ id }) => id === conversation.event_id) ?? events[0]
  return { ...transcript, stored: stored(house, conversation, registration, event) }
}

const eventView = (event: EventFact): EventView => ({
  title: event.shortTitle,
  organiser: event.organiser,
  place: `${event.venue}, ${event.city}`,
  starts: event.dateStart,
  ends: event.dateEnd,
  closes: event.close,
  timezone: event.timezone,
})
