// Where Telegram posts updates: only with our secret, and answered with 200 only after the commit.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { within } from '../jobs/within.ts'

export const TELEGRAM_WEBHOOK = '/webhooks/telegram'

export type TelegramWebhookOptions = {
  readonly secret: string
  /** Resolves when the update is committed. */
  readonly take: (update: { readonly update_id: number }) => Promise<void>
}

/** Telegram gives up on an answer after some 60 s and posts again. A repeat of what was stored after all is harmless. */
const ANSWER_MS = 10_000

/** The longest message is 4,096 characters; what comes with it in an update stays far below this. */
const BODY_LIMIT = 256 * 1024

const updates = z.looseObject({ update_id: z.int().nonnegative() })

export async function telegramWebhook(app: FastifyInstance, { secret, take }: TelegramWebhookOptions): Promise<void> {
  // Before the body is read: who doesn't know the secret makes us read nothing.
  app.addHook('onRequest', async (request, reply) => {
    if (!isSecret(request.headers['x-telegram-bot-api-secret-token'], secret))
      return reply.code(401).send({ error: 'not for you' })
  })
  app.post(TELEGRAM_WEBHOOK, { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const update = updates.parse(request.body)
    if (await within(ANSWER_MS, take(update))) return reply.send({})
    return reply.code(503).send({ error: 'not now' })
  })
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** In the same time however much of it is right. */
const isSecret = (given: unknown, secret: string): boolean =>
  typeof given === 'string' && timingSafeEqual(digest(given), digest(secret))
