// A Bot API server over real HTTP on loopback: what a bot sees of Telegram, with scripted people and faults on demand.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseForm, type Upload } from './multipart.ts'
import { ApiError, METHODS, type Payload } from './telegram-methods.ts'
import { createGroup, createPerson } from './telegram-people.ts'
import { answer, createPolls } from './telegram-polls.ts'
import { createPosts } from './telegram-posts.ts'
import { createWorld } from './telegram-world.ts'

/** An answer of Telegram's that carries nothing out, or: `reset`, `silence`, `malformed` after it was carried out. */
export type Fault =
  | { readonly status: number; readonly description?: string; readonly retryAfter?: number }
  | 'reset'
  | 'silence'
  | 'malformed'
type Planned = {
  readonly method: string
  readonly chat?: number | undefined
  readonly fault: Fault
  after: number
  times: number
  readonly every: number
}

const HAS_WEBHOOK =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

export type TelegramServer = Awaited<ReturnType<typeof startTelegramServer>>

/** Starts a server on a free port; `server.root` is what TELEGRAM_API_ROOT wants. */
export async function startTelegramServer(token = '4242:test-token') {
  const world = createWorld(token)
  const polls = createPolls(world)
  const posts = createPosts(world)
  const planned: Planned[] = []

  /** The fault meant for this call, if any; it is used up. */
  function faultFor(method: string, payload: Payload): Fault | undefined {
    const meant = ({ chat }: Planned) => chat === undefined || chat === Number(payload.chat_id)
    const plan = planned.find(plan => plan.method === method && plan.times > 0 && meant(plan))
    if (plan && plan.after-- > 0) return undefined
    if (plan && plan.every > 1) plan.after = plan.every - 1
    if (plan) plan.times--
    return plan?.fault
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    const body = await read(request)
    if (path.startsWith(`/file/bot${token}/`)) return sendFile(path.slice(`/file/bot${token}/`.length), response)
    const [, given, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? []
    if (!given) return answerError(response, new ApiError(404, 'Not Found'))
    if (given !== token) return answerError(response, new ApiError(401, 'Unauthorized'))
    const { payload, uploads } = readPayload(request, body)
    const fault = faultFor(method, payload)
    world.record({ method, payload })
    if (typeof fault === 'object')
      return answerError(response, new ApiError(fault.status, fault.description ?? 'a fault', fault.retryAfter))
    if (method === 'getUpdates' && world.webhook) return answerError(response, new ApiError(409, HAS_WEBHOOK))
    if (method === 'getUpdates' && !fault) return polls.take(payload, response)
    try {
      const result = METHODS[method]?.(world, payload, uploads)
      if (result === undefined && !fault) throw new ApiError(404, 'Not Found: method not found')
      if (fault === 'reset') response.socket?.destroy()
      else if (fault === 'malformed') response.end('<html>502 Bad Gateway</html>')
      else if (fault !== 'silence') answer(response, 200, { ok: true, result })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      answerError(response, error)
    }
  }

  function sendFile(path: string, response: ServerResponse): void {
    const file = [...world.files.values()].find(file => file.path === path)
    world.record({ method: 'file', payload: { path } })
    if (faultFor('file', {}) || !file) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(error => response.destroy(error))
  })
  // Node's five seconds end a connection just when a busy client writes on it again.
  server.keepAliveTimeout = 60_000
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    root: `http://127.0.0.1:${port}`,
    port,
    token,
    world,
    person: (id: number, firstName?: string) => createPerson(world, id, firstName),
    group: (id: number) => createGroup(world, id),
    /**
     * The next `times` calls of a method (of one chat, if given; only `every` so manieth) meet this fault, `after` so
     * many that don't. Gives how to end it.
     */
    fails: (method: string, fault: Fault, { chat, after = 0, times = 1, every = 1 }: Partial<Planned> = {}) => {
      const plan: Planned = { method, chat, fault, after, times, every }
      planned.push(plan)
      return () => {
        plan.times = 0
      }
    },
    /** The calls of one method so far, oldest first. */
    calls: (method: string): readonly Payload[] =>
      world.calls.filter(call => call.method === method).map(call => call.payload),
    until: world.until,
    close: async () => {
      polls.end()
      posts.end()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function readPayload(
  request: IncomingMessage,
  body: Buffer,
): { payload: Payload; uploads: ReadonlyMap<string, Upload> } {
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) {
    const { fields, uploads } = parseForm(type, body)
    return { payload: fields, uploads }
  }
  return { payload: body.length > 0 ? JSON.parse(body.toString()) : {}, uploads: new Map() }
}

function answerError(response: ServerResponse, { code, message, retryAfter }: ApiError): void {
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }
  answer(response, code, { ok: false, error_code: code, description: message, ...parameters })
}
