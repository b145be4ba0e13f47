// The simulator's routes: its page, its people, a live view of what happens to them, the clock. Phones: simulator/phone.ts.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Incoming } from '../bots/port.ts'
import type { Simulator } from '../bots/simulator.ts'
import { shiftClock } from '../db/installation.ts'
import type { House } from '../house.ts'
import { servePage } from './page.ts'
import { fromThisMachine } from './secure.ts'
import { createLive } from './simulator/live.ts'
import { findPerson, listPeople, makePerson } from './simulator/people.ts'
import { personView } from './simulator/person-view.ts'
import { phoneRoutes } from './simulator/phone.ts'

export type SimulatorOptions = {
  readonly house: House
  readonly simulator: Simulator
  /** Stores messages and wakes whoever answers; resolves after the commit. */
  readonly receive: (messages: Incoming[]) => Promise<void>
  /** Wakes whoever waits for a time: the clock was moved. */
  readonly ring: () => void
}

const clockBody = z.strictObject({
  hours: z
    .int()
    .min(1)
    .max(24 * 31),
})

export async function simulatorRoutes(app: FastifyInstance, options: SimulatorOptions): Promise<void> {
  const { house, simulator, receive, ring } = options
  const live = createLive(person => personView(house, simulator, person))
  const stopListening = simulator.listen((look, { address, reply }, popup) => {
    if (popup) live.popup(address, { look, text: reply.text })
    live.changed(address)
  })
  app.addHook('preClose', async () => {
    stopListening()
    live.close()
  })
  app.addHook('onRequest', async (request, reply) => {
    if (!fromThisMachine(request)) return reply.code(403).send({ error: 'the simulator is for this machine only' })
  })

  servePage(app, house)
  app.get('/simulator/people', async () => ({ people: await listPeople(house) }))
  app.post('/simulator/people', async (_request, reply) => reply.code(201).send(await makePerson(house)))
  app.get<{ Params: { person: string } }>('/simulator/people/:person', async ({ params }) =>
    personView(house, simulator, await findPerson(house, params.person)),
  )
  app.get<{ Params: { person: string } }>('/simulator/people/:person/live', async ({ params }, reply) => {
    live.open(await findPerson(house, params.person), reply)
  })
  app.post('/simulator/clock', async ({ body }, reply) => {
    await shiftClock(house.db, `${clockBody.parse(body).hours} hours`)
    ring()
    return reply.code(204).send()
  })
  app.register(phoneRoutes, {
    prefix: '/simulator/people/:person/:look',
    house,
    simulator,
    take: async (message: Incoming) => {
      await receive([message])
      live.changed(message.address)
    },
  })
}
