// Files in and out: what people send is fetched from Meta's own hosts only; ours are uploaded before they are sent.
import { GraphApiError, type WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import type { Reply } from '../../flows/types.ts'
import { FileRefused, Refused, type RemoteFile } from '../port.ts'
import { readAtMost } from '../read-at-most.ts'
import type { Uploads } from './content.ts'

const TIMEOUT_MS = 30_000
/** Meta's Graph API hands out addresses of its media host. */
const META_ROOT = 'https://graph.facebook.com'
const META_MEDIA = 'https://lookaside.fbsbx.com'

/** Up to so many bytes Meta takes a file of ours. */
const MOST = { image: 5 * 1024 * 1024, document: 100 * 1024 * 1024 }

/** Makes the PNG of a ticket. */
export type DrawTicket = (ticket: NonNullable<Reply['ticket']>) => Promise<Uint8Array>

/** `fetch` of the port. */
export function createFetch(client: WhatsAppClient, root: string) {
  const hosts = [new URL(root).origin, ...(root === META_ROOT ? [META_MEDIA] : [])]
  return async ({ ref }: RemoteFile, limit: number): Promise<Uint8Array> => {
    // The client would take an address for one, and send the token there.
    if (!/^[\w-]+$/.test(ref)) throw new FileRefused('unreachable')
    try {
      const { url, fileSize } = await client.media.get({ mediaId: ref })
      if (Number(fileSize) > limit) throw new FileRefused('too_big')
      if (!hosts.includes(URL.parse(url)?.origin ?? '')) throw new FileRefused('unreachable')
      // A redirect could lead anywhere, and the token would go along.
      const response = await client.fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
      if (!response.ok || !response.body) throw new FileRefused('unreachable')
      return await readAtMost(response.body, limit)
    } catch (error) {
      if (error instanceof FileRefused) throw error
      // Any other error here is Meta's or the network's; its text may quote the address.
      throw new FileRefused(error instanceof GraphApiError && error.code === 131052 ? 'too_big' : 'unreachable')
    }
  }
}

export function createUploads(client: WhatsAppClient, phoneNumberId: string, drawTicket: DrawTicket): Uploads {
  const upload = async (kind: keyof typeof MOST, mime: string, bytes: Uint8Array | string, fileName: string) => {
    const file = new Blob([typeof bytes === 'string' ? bytes : Buffer.from(bytes)], { type: mime })
    if (file.size > MOST[kind]) throw new Refused({ kind: 'rejected', why: `the ${kind} is too big` })
    // The client's type is narrower than Meta's, who wants the file's.
    return (await client.media.upload({ phoneNumberId, type: mime as 'image', file, fileName })).id
  }
  return {
    picture: async ticket => upload('image', 'image/png', await drawTicket(ticket), 'tiket.png'),
    document: ({ name, type, bytes }) => upload('document', type, bytes, name),
  }
}
