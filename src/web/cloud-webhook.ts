// Where Meta posts what happens on the Cloud API's number: only with its signature, and answered with 200 only after the commit.
import { createHash, timingSafeEqual } from 'node:crypto'
import { verifySignature } from '@kapso/whatsapp-cloud-api/server'
import type { FastifyInstance } from 'fastify'
import { within } from '../jobs/within.ts'

export const CLOUD_WEBHOOK = '/webhooks/whatsapp'

export type CloudWebhookOptions = {
  readonly appSecret: string
  /** The words by which Meta shows, when the webhook is set up, that it was told of it by us. */
  readonly verifyToken: string
  /** Resolves when everything in it is committed. */
  readonly take: (body: unknown) => Promise<void>
}

/** Meta waits some 10 s for an answer and then posts again. A repeat of what was stored after all is harmless. */
const ANSWER_MS = 8_000
/** Meta posts up to 3 MB. */
const BODY_LIMIT = 3 * 1024 * 1024

export async function cloudWebhook(app: FastifyInstance, options: CloudWebhookOptions): Promise<void> {
  const { appSecret, verifyToken, take } = options
  // The signature is over the bytes as they came, whatever they are called.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body),
  )

  app.get<{ Querystring: Record<string, string> }>(CLOUD_WEBHOOK, async ({ query }, reply) => {
    const known = query['hub.mode'] === 'subscribe' && isSame(query['hub.verify_token'], verifyToken)
    if (!known) return reply.code(403).send({ error: 'not for you' })
    return reply.type('text/plain').send(String(query['hub.challenge'] ?? ''))
  })

  app.post(CLOUD_WEBHOOK, async (request, reply) => {
    const signature = request.headers['x-hub-signature-256']
    const rawBody = request.body
    if (!Buffer.isBuffer(rawBody) || typeof signature !== 'string')
      return reply.code(401).send({ error: 'not for you' })
    if (!verifySignature({ appSecret, rawBody, signatureHeader: signature }))
      return reply.code(401).send({ error: 'not for you' })
    const body = parse(rawBody)
    if (body === undefined) return reply.code(400).send({ error: 'no JSON' })
    if (await within(ANSWER_MS, take(body))) return reply.send({})
    return reply.code(503).send({ error: 'not now' })
  })
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** In the same time however much of it is right. */
const isSame = (given: unknown, known: string): boolean =>
  typeof given === 'string' && timingSafeEqual(digest(given), digest(known))
