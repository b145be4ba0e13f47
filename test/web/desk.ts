// The simulator's server on a database of its own; whatever arrives is answered at once by the real turns.
import { createSimulator, type Simulator } from '../../src/bots/simulator.ts'
import { shiftClock } from '../../src/db/installation.ts'
import type { House } from '../../src/house.ts'
import { createReceiver, takeTurns } from '../../src/turn.ts'
import { createWeb } from '../../src/web/server.ts'
import type { Look, Person, PersonView } from '../../src/web/simulator/view.ts'
import { freshDatabase } from '../support/database.ts'
import { openEvent } from '../support/world.ts'

/** An hour at which registration for the sample event is open. */
const OPEN = '2025-09-20T03:00:00Z'

export type Desk = {
  readonly house: House
  readonly simulator: Simulator
  readonly address: string
  readonly post: (path: string, body?: unknown) => Promise<Response>
  readonly person: () => Promise<Person>
  readonly say: (person: Person, look: Look, text: string) => Promise<void>
  readonly view: (person: Person) => Promise<PersonView>
  readonly close: () => Promise<void>
}

export async function openDesk(): Promise<Desk> {
  const { house, close } = await freshDatabase()
  await openEvent(house)
  await shiftClock(house.db, `${(Date.parse(OPEN) - Date.now()) / 1000} seconds`)
  const simulator = createSimulator()
  const receive = createReceiver(house)
  const web = createWeb({
    host: '127.0.0.1',
    port: 0,
    log: house.log,
    health: async () => ({ database: 'ok', queue: 'ok', channels: {} }),
    simulator: {
      house,
      simulator,
      receive: async messages => {
        await receive(messages)
        await answer(house, simulator)
      },
      ring: () => {},
    },
  })
  const address = await web.listen()
  const post = (path: string, body: unknown = {}) =>
    fetch(address + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  return {
    house,
    simulator,
    address,
    post,
    person: async () => (await post('/simulator/people')).json() as Promise<Person>,
    say: async (person, look, text) => {
      const said = { kind: 'text', text }
      const { status } = await post(`/simulator/people/${person.id}/${look}/messages`, {
        id: crypto.randomUUID(),
        said,
      })
      if (status !== 204) throw new Error(`not taken: ${status}`)
    },
    view: async person => (await fetch(`${address}/simulator/people/${person.id}`)).json() as Promise<PersonView>,
    close: async () => {
      await web.close()
      await close()
    },
  }
}

/** Takes the turns that wait and sends the replies, in their order. */
async function answer({ db, ...house }: House, { bots }: Simulator): Promise<void> {
  for (;;) {
    const { turns, replies } = await takeTurns({ db, ...house }, bots)
    if (turns === 0) return
    for (const { id, account, address, reply, press } of replies) {
      const bot = bots.find(one => one.account === account)
      const accepted = await bot?.send({ id, address, reply, ...(press && { press }) })
      await db
        .updateTable('ledger')
        .set({ state: 'accepted', message_id: accepted?.messageId ?? null })
        .where('id', '=', id)
        .execute()
    }
  }
}
