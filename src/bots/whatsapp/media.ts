// Fetches a file that somebody sent: from WhatsApp's own media hosts only, and never more of it than wanted.
import { downloadContentFromMessage } from '@whiskeysockets/baileys'
import { FileRefused, type RemoteFile } from '../port.ts'
import { readAtMost } from '../read-at-most.ts'

/** Where a file lies and how it opens; the platform's ref of a RemoteFile, as JSON. */
export type MediaRef = {
  readonly type: 'image' | 'document'
  readonly key: string
  readonly path: string
  readonly url: string
}

const HOST = 'mmg.whatsapp.net'
const TIMEOUT_MS = 30_000

/** `fetch` of the port. `loopback`: the server is one of our own, and so are its hosts. */
export function createFetch(loopback: boolean) {
  return async ({ ref, bytes }: RemoteFile, limit: number): Promise<Uint8Array> => {
    if (bytes !== undefined && bytes > limit) throw new FileRefused('too_big')
    const { type, key, path, url }: MediaRef = JSON.parse(ref)
    const host = hostOf(url, loopback)
    if (!path.startsWith('/') || key === '') throw new FileRefused('unreachable')
    try {
      const media = { mediaKey: Buffer.from(key, 'base64'), directPath: path, url: `https://${host}${path}` }
      const options = { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) } as const
      return await readAtMost(await downloadContentFromMessage(media, type, { host, options }), limit)
    } catch (error) {
      throw error instanceof FileRefused ? error : new FileRefused('unreachable')
    }
  }
}

/** The sender wrote the URL: it must not make us ask any other host. */
function hostOf(url: string, loopback: boolean): string {
  const parsed = URL.parse(url)
  if (!parsed) return HOST
  const trusted = loopback ? parsed.hostname === '127.0.0.1' : /(^|\.)whatsapp\.net$/.test(parsed.hostname)
  return trusted ? parsed.host : HOST
}
