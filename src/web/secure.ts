// What every answer carries against misuse, and who may reach what only this machine may see.
import type { FastifyInstance, FastifyRequest } from 'fastify'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Components place themselves with style attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Also for answers that are written past fastify. */
export const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
} as const

export function secure(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS)
  })
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/**
 * True for a request that came from this machine's own page: a name that another site pointed at us (DNS rebinding) is
 * in `Host`, another site's page in `Origin`.
 */
export function fromThisMachine(request: FastifyRequest): boolean {
  const { host, origin } = request.headers
  if (!host || !LOOPBACK.test(host)) return false
  return origin === undefined || origin === `http://${host}`
}
