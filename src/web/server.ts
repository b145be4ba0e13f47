// The HTTP server: health for machines, the simulator where it is on, else a plain page that says what this is.
import fastify, { type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { ZodError } from 'zod'
import type { House } from '../house.ts'
import { type CloudWebhookOptions, cloudWebhook } from './cloud-webhook.ts'
import { linkPage } from './link-page.ts'
import { secure } from './secure.ts'
import { type SimulatorOptions, simulatorRoutes } from './simulator.ts'
import { type TelegramWebhookOptions, telegramWebhook } from './telegram-webhook.ts'

export type Health = {
  readonly database: 'ok' | 'away'
  readonly queue: string
  readonly channels: Readonly<Record<string, string>>
}

export type WebOptions = {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly log: Logger
  readonly health: () => Promise<Health>
  /** Given only where a WhatsApp number can be linked. */
  readonly links?: House
  /** Given only where SAPA_SIMULATOR is on. */
  readonly simulator?: SimulatorOptions
  /** Given only where Telegram posts to us. */
  readonly telegram?: TelegramWebhookOptions | undefined
  /** Given only where Meta posts to us. */
  readonly cloud?: CloudWebhookOptions | undefined
}

export type Web = {
  /** Begins to serve; gives the address. Throws the system's error where the port is taken. */
  readonly listen: () => Promise<string>
  readonly close: () => Promise<void>
}

const PLAIN_PAGE = `<!doctype html><html lang="id"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Sapa</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:18vh auto;padding:0 1.25rem;color:#1f2937}</style>
<h1>Sapa</h1>
<p>Ini meja depan pendaftaran pelatihan dan uji kompetensi. Pendaftaran berlangsung lewat chat, bukan di halaman ini:
kirim <b>DAFTAR</b> ke nomor WhatsApp atau akun Telegram panitia.</p>`

export function createWeb({ host, port, log, health, links, simulator, telegram, cloud }: WebOptions): Web {
  // Open event streams don't hold up a stop; no request is logged, since addresses and bodies are personal data.
  const app = fastify({ logger: false, forceCloseConnections: true, bodyLimit: 256 * 1024 })
  secure(app)
  answerErrors(app, log)
  app.get('/healthz', async (_request, reply) => {
    const state = await health()
    const ok = state.database === 'ok'
    return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'away', ...state })
  })
  if (telegram) app.register(telegramWebhook, telegram)
  if (cloud) app.register(cloudWebhook, cloud)
  if (links) linkPage(app, links)
  if (simulator) app.register(simulatorRoutes, simulator)
  else app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(PLAIN_PAGE))
  return {
    listen: () => app.listen({ host, port }),
    close: () => app.close(),
  }
}

/** What was asked wrongly is said; a fault of ours is logged by its name, without what was in it. */
function answerErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof ZodError) return reply.code(400).send({ error: oneLine(error) })
    const status = error.statusCode ?? 500
    if (status < 500) return reply.code(status).send({ error: error.message })
    log.error({ error: error.name, code: error.code, route: request.routeOptions.url }, 'a request failed')
    return reply.code(503).send({ error: 'not now' })
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'no such page' }))
}

/** What is wrong where, without what was sent. */
const oneLine = ({ issues }: ZodError): string =>
  issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ')
