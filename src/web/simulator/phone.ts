// One phone's routes: what its owner sends, and the pictures on its screen.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { attachmentOf } from '../../bots/attachment.ts'
import type { Incoming } from '../../bots/port.ts'
import type { Simulator } from '../../bots/simulator.ts'
import { messageFrom, messageTo } from '../../db/simulator.ts'
import { createStore } from '../../files/store.ts'
import { ticketFor } from '../../files/ticket.ts'
import type { Reply } from '../../flows/types.ts'
import type { House } from '../../house.ts'
import { findChat, findPerson, NotFound } from './people.ts'
import { SAMPLES, samplePicture } from './pictures.ts'
import { incoming, incomingFile, posted } from './send.ts'

type PhoneOptions = {
  readonly house: House
  readonly simulator: Simulator
  readonly take: (message: Incoming) => Promise<void>
}

/** A file larger than what is taken may be tried, to see the answer. */
const UPLOAD_LIMIT = 24 * 1024 * 1024

const params = z.object({ person: z.string(), look: z.enum(['telegram', 'whatsapp']), id: z.uuid().optional() })
const sampleBody = z.strictObject({ id: z.uuid(), sample: z.enum(SAMPLES) })

export async function phoneRoutes(app: FastifyInstance, { house, simulator, take }: PhoneOptions): Promise<void> {
  const store = createStore(house)

  /** Whose phone a request is about; throws NotFound for anybody who wasn't made here. */
  async function phoneOf(request: FastifyRequest) {
    const { person: name, look, id = '' } = params.parse(request.params)
    const person = await findPerson(house, name)
    return { person, look, id, chat: await findChat(house, look, person) }
  }

  app.post('/messages', async (request, reply) => {
    const { person, look } = await phoneOf(request)
    await take(incoming(person, look, posted.parse(request.body)))
    return reply.code(204).send()
  })

  app.post('/samples', async (request, reply) => {
    const { person, look } = await phoneOf(request)
    const { id, sample } = sampleBody.parse(request.body)
    const picture = await samplePicture(sample, person)
    await take(incomingFile(person, look, id, simulator.keep(picture), picture.length))
    return reply.code(204).send()
  })

  app.register(async uploads => {
    // Whatever the browser calls it: what a file is, its content says.
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: UPLOAD_LIMIT }, (_request, bytes, done) =>
      done(null, bytes),
    )
    uploads.post('/files/:id', async (request, reply) => {
      const { person, look, id } = await phoneOf(request)
      const bytes = request.body as Buffer
      await take(incomingFile(person, look, id, simulator.keep(bytes), bytes.length))
      return reply.code(204).send()
    })
  })

  app.get('/files/:id', async (request, reply) => {
    const { chat, id } = await phoneOf(request)
    const row = await messageFrom(house.db, chat.id, id)
    const message = row?.payload && house.seal.openJson<Incoming>(`inbox.payload:${row.id}`, row.payload)
    const file = message?.said.kind === 'file' ? message.said.file : undefined
    const bytes = file && (await store.get(file.id))
    if (!bytes) throw new NotFound('no such file')
    // A PDF that somebody sent is saved, never opened on this page's ground.
    if (file.type === 'application/pdf') reply.header('content-disposition', 'attachment; filename="berkas.pdf"')
    return reply.type(file.type).header('cache-control', 'private, max-age=3600').send(bytes)
  })

  /** The message of ours that a request is about. */
  async function sentTo(request: FastifyRequest): Promise<Reply | null | undefined> {
    const { chat, id } = await phoneOf(request)
    const row = await messageTo(house.db, chat.id, id)
    return row?.content && house.seal.openJson<Reply>(`ledger.content:${row.id}`, row.content)
  }

  app.get('/documents/:id', async (request, reply) => {
    const sent = await sentTo(request)
    const file = sent && (await attachmentOf(sent))
    if (!file) throw new NotFound('no such document')
    return reply
      .type(file.type)
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .header('cache-control', 'no-store')
      .send(file.bytes)
  })

  app.get('/tickets/:id', async (request, reply) => {
    const sent = await sentTo(request)
    if (!sent?.ticket) throw new NotFound('no such ticket')
    return reply
      .type('image/png')
      .header('cache-control', 'private, max-age=3600')
      .send(await ticketFor(house.seal, sent.ticket))
  })
}
