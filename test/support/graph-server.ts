// A Graph server over real HTTP on loopback: what a bot sees of the Cloud API, with scripted people and faults on demand.
import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createPerson, type Shown } from './graph-people.ts'
import { checkUpload, GraphError, namedBy, readMessage } from './graph-rules.ts'
import { parseForm } from './multipart.ts'

export const PHONE_ID = '106540352242922'
export const TOKEN = 'graph-token'
export const APP_SECRET = 'app-secret'
export const VERIFY_TOKEN = 'verify-token'

/** An error of Meta's that carries nothing out, or what comes in an answer's place after it was carried out. */
export type Fault =
  | { readonly code: number; readonly status?: number }
  | 'reset'
  | 'silence'
  | 'half'
  | 'no JSON'
  | 'a page'
  /** Its fate is told so long before the answer. */
  | { readonly early: Fate; readonly ms: number }
  /** Sent to another address instead. */
  | { readonly redirect: string }
/** What became of a message, posted when it was sent. */
export type Fate = 'sent' | 'delivered' | 'read' | { readonly failed: number }

export type Media = {
  readonly bytes: Buffer
  readonly mime: string
  readonly url?: string
  readonly size?: number
  /** Where its bytes, or what is known of it, are said to lie instead. */
  readonly moved?: { readonly bytes?: string; readonly facts?: string }
}
export type GraphServer = Awaited<ReturnType<typeof startGraphServer>>

/** Starts a server on a free port; `server.root` is what WHATSAPP_API_ROOT wants. */
export async function startGraphServer() {
  const media = new Map<string, Media>()
  const messages: Shown[] = []
  const planned: { fault: Fault; to?: string | undefined; times: number }[] = []
  const answers: number[] = []
  let fate: Fate = 'delivered'
  let hook: string | undefined
  let limit = 'TIER_2K'
  let revoked = false
  let last = 0

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '', 'http://x').pathname.replace(/^\/v\d+\.\d+/, '')
    const body = await read(request)
    if (revoked || request.headers.authorization !== `Bearer ${TOKEN}`) throw new GraphError(190, 401)
    if (path === `/${PHONE_ID}/messages`) return take(JSON.parse(body.toString()), response)
    if (path === `/${PHONE_ID}/media`) {
      const { uploads, fields } = parseForm(request.headers['content-type'] ?? '', body)
      const [file] = uploads.values()
      if (!file) throw new GraphError(100)
      return answer(response, { id: addMedia({ bytes: file.bytes, mime: checkUpload(file, fields.type) }) })
    }
    if (path === `/${PHONE_ID}`)
      return answer(response, {
        id: PHONE_ID,
        whatsapp_business_manager_messaging_limit: limit,
        display_phone_number: '+1 555-078-3881',
      })
    const [, bytes, id = ''] = /^\/(bytes\/)?([\w-]+)$/.exec(path) ?? []
    const file = media.get(id)
    if (!file) throw new GraphError(100, 404)
    const moved = bytes ? file.moved?.bytes : file.moved?.facts
    if (moved) return redirect(response, moved)
    if (bytes) return void response.writeHead(200, { 'content-type': file.mime }).end(file.bytes)
    answer(response, {
      id,
      url: file.url ?? `${root}/bytes/${id}`,
      mime_type: file.mime,
      file_size: file.size ?? file.bytes.length,
    })
  }

  async function take(payload: Readonly<Record<string, unknown>>, response: ServerResponse): Promise<void> {
    const to = String(payload.to ?? payload.recipient)
    const plan = planned.find(one => one.times > 0 && (one.to === undefined || one.to === to))
    if (plan) plan.times--
    const fault = plan?.fault
    if (typeof fault === 'object' && 'redirect' in fault) return redirect(response, fault.redirect)
    if (typeof fault === 'object' && 'code' in fault) throw new GraphError(fault.code, fault.status ?? 400)
    const look = readMessage(payload, id => media.get(id))
    const shown: Shown = { id: metaId(to, `out ${++last}`), to, ...look, ...namedBy(payload) }
    messages.push(shown)
    if (fault === 'reset') return void response.socket?.destroy()
    if (fault === 'silence') return
    if (typeof fault === 'object') {
      void postStatus(shown, fault.early)
      await pause(fault.ms)
    }
    if (fault === 'half') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"mess')
      return void setTimeout(() => response.socket?.destroy(), 20)
    }
    if (fault === 'no JSON') return void response.writeHead(200, { 'content-type': 'application/json' }).end('<html>')
    if (fault === 'a page') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')
    answer(response, { messaging_product: 'whatsapp', messages: [{ id: shown.id }] })
    if (fate !== 'sent' && typeof fault !== 'object') void postStatus(shown, fate)
  }

  const postStatus = ({ id, to, name }: Shown, given: Fate) =>
    post({
      statuses: [
        {
          id,
          ...(name ? { biz_opaque_callback_data: name } : {}),
          recipient_id: to,
          timestamp: seconds(),
          ...(typeof given === 'string' ? { status: given } : { status: 'failed', errors: [{ code: given.failed }] }),
        },
      ],
    })

  function addMedia(file: Media): string {
    const id = randomUUID()
    media.set(id, file)
    return id
  }

  /** Posts to the bot's webhook as Meta does, again and again until it hears 200. Gives the last answer. */
  async function post(value: Readonly<Record<string, unknown>>, { phoneId = PHONE_ID } = {}): Promise<number> {
    const metadata = { display_phone_number: '15550783881', phone_number_id: phoneId }
    const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } }
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [change] }] })
    while (true) {
      const status = await postRaw(body, sign(body)).catch(() => 0)
      answers.push(status)
      if (status === 200 || closed) return status
      await pause(200)
    }
  }

  async function postRaw(body: string, signature: string | undefined, type = 'application/json'): Promise<number> {
    if (!hook) return 0
    const headers = { 'content-type': type, ...(signature ? { 'x-hub-signature-256': signature } : {}) }
    return (await fetch(hook, { method: 'POST', headers, body })).status
  }

  /** Resolves once `holds` does; fails after twenty seconds, naming what was waited for. */
  async function until(what: () => string, holds: () => boolean, patienceMs = 20_000): Promise<void> {
    const end = performance.now() + patienceMs
    while (!holds()) {
      if (performance.now() > end) throw new Error(`waited in vain for ${what()}`)
      await pause(5)
    }
  }

  let closed = false
  const server = createServer((request, response) => {
    handle(request, response).catch(error => {
      if (!(error instanceof GraphError)) throw error
      response.writeHead(error.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: 'a fault', type: 'OAuthException', code: error.code } }))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const world = { messages, addMedia, post, until }

  return {
    root,
    messages,
    answers,
    post,
    postRaw,
    postStatus,
    until,
    addMedia,
    /** Where the bot listens. */
    subscribe: (url: string) => {
      hook = url
    },
    /** What happens to the messages from now on. */
    fate: (given: Fate) => {
      fate = given
    },
    /** The token counts no more, or again. */
    revoke: (given: boolean) => {
      revoked = given
    },
    limit: (tier: string) => {
      limit = tier
    },
    /** The next messages (to somebody) meet a fault. */
    fail: (fault: Fault, times = 1, to?: string) => planned.push({ fault, to, times }),
    /** Somebody with a number, or known by an id for our business alone. */
    person: (name: string) => createPerson(world, name),
    close: async () => {
      closed = true
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Meta's ids have the person's number in them: "wamid.HBgNNjI4…". */
export const metaId = (person: string, unique: string): string =>
  `wamid.${Buffer.concat([Buffer.of(28, 24, person.length), Buffer.from(person), Buffer.of(21, 2, 0), Buffer.from(unique)]).toString('base64')}`

export const sign = (body: string, secret = APP_SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

export const seconds = (): string => String(Math.floor(Date.now() / 1000))

function answer(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** 307: whoever follows posts the same once more. */
function redirect(response: ServerResponse, location: string): void {
  response.writeHead(307, { location }).end()
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}
