// The simulator's server on a database of its own, with everything behind it that answers: turns, sending, files.
import { vi } from 'vitest'
import { createSimulator, type Simulator } from '../../src/bots/simulator.ts'
import { shiftClock } from '../../src/db/installation.ts'
import type { House } from '../../src/house.ts'
import { startWorker } from '../../src/jobs/worker.ts'
import { createWeb } from '../../src/web/server.ts'
import type { ChatView, Look, Person, PersonView } from '../../src/web/simulator/view.ts'
import { freshDatabase } from '../support/database.ts'
import { openEvent } from '../support/world.ts'

/** An hour at which registration for the sample event is open. */
export const OPEN = '2025-09-20T03:00:00Z'

export type Desk = {
  readonly house: House
  readonly simulator: Simulator
  readonly address: string
  readonly post: (path: string, body?: unknown) => Promise<Response>
  readonly person: () => Promise<Person>
  readonly view: (person: Person) => Promise<PersonView>
  /** Says something on a phone; gives the chat when the answer has arrived. */
  readonly say: (person: Person, look: Look, ...texts: string[]) => Promise<ChatView>
  /** Presses the newest button with this label. */
  readonly press: (person: Person, look: Look, label: string) => Promise<ChatView>
  /** Sends a file; gives the chat when the answer has arrived. */
  readonly upload: (person: Person, look: Look, bytes: Buffer) => Promise<ChatView>
  readonly close: () => Promise<void>
}

export async function openDesk(): Promise<Desk> {
  const { house, url, close } = await freshDatabase()
  await openEvent(house)
  await shiftClock(house.db, `${(Date.parse(OPEN) - Date.now()) / 1000} seconds`)
  const simulator = createSimulator()
  const jobs = startWorker(house, simulator.bots, { databaseUrl: url, redisUrl: undefined, pace: false })
  const web = createWeb({
    host: '127.0.0.1',
    port: 0,
    log: house.log,
    health: async () => ({ database: 'ok', queue: 'ok', channels: {} }),
    simulator: {
      house,
      simulator,
      receive: jobs.receive,
      ring: () => simulator.bots.forEach(bot => void jobs.ring('notices', bot)),
    },
  })
  const address = await web.listen()
  const post = (path: string, body: unknown = {}) =>
    fetch(address + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const view = async (person: Person) =>
    (await (await fetch(`${address}/simulator/people/${person.id}`)).json()) as PersonView

  async function answered(person: Person, look: Look, taken: Response): Promise<ChatView> {
    if (taken.status !== 204) throw new Error(`not taken: ${taken.status} ${await taken.text()}`)
    return vi.waitUntil(
      async () => {
        const chat = (await view(person)).chats[look]
        return !chat.typing && chat.sent.every(({ state }) => state === 'accepted') && chat
      },
      { timeout: 15_000 },
    )
  }
  const message = async (person: Person, look: Look, said: object) =>
    answered(
      person,
      look,
      await post(`/simulator/people/${person.id}/${look}/messages`, { id: crypto.randomUUID(), said }),
    )

  return {
    house,
    simulator,
    address,
    post,
    view,
    person: async () => (await post('/simulator/people')).json() as Promise<Person>,
    say: async (person, look, ...texts) => {
      for (const text of texts) await message(person, look, { kind: 'text', text })
      return (await view(person)).chats[look]
    },
    press: async (person, look, label) => {
      const { bubbles } = (await view(person)).chats[look]
      const bubble = bubbles.findLast(({ buttons }) => buttons?.flat().some(button => button.label === label))
      const value = bubble?.buttons?.flat().find(button => button.label === label)?.value
      return message(person, look, { kind: 'button', asked: bubble?.asked, value, message: bubble?.id })
    },
    upload: async (person, look, bytes) => {
      const path = `/simulator/people/${person.id}/${look}/files/${crypto.randomUUID()}`
      const headers = { 'content-type': 'application/octet-stream' }
      return answered(
        person,
        look,
        await fetch(address + path, { method: 'POST', body: new Uint8Array(bytes), headers }),
      )
    },
    close: async () => {
      await web.close()
      await jobs.stop()
      await close()
    },
  }
}
