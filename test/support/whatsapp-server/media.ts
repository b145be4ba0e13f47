// Media over https on loopback: what is uploaded lies here, encrypted, until somebody fetches it.
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { getMediaKeys, type MediaType } from '@whiskeysockets/baileys'
import { pem } from './trust.ts'

export type Stored = {
  readonly url: string
  readonly directPath: string
  readonly mediaKey: Uint8Array
  readonly fileLength: number
  readonly fileSha256: Uint8Array
  readonly fileEncSha256: Uint8Array
}

/** Starts the media host on a free port. */
export async function createMedia() {
  const files = new Map<string, Buffer>()
  let refusing = false
  const server = createServer({ key: pem('media.key'), cert: pem('media.pem') }, async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'https://media')
    if (refusing) return response.writeHead(503).end()
    if (request.method === 'POST') {
      files.set(pathname, await buffer(request))
      return response.end(JSON.stringify({ url: `https://${host()}${pathname}`, direct_path: pathname }))
    }
    const found = files.get(pathname)
    if (found) response.end(found)
    else response.writeHead(404).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    host: host(),
    refuse: (on: boolean) => {
      refusing = on
    },
    /** Puts a file there as a phone does before it sends the message that names it. */
    store: async (bytes: Buffer, type: MediaType): Promise<Stored> => {
      const mediaKey = randomBytes(32)
      const { cipherKey, iv, macKey } = await getMediaKeys(mediaKey, type)
      if (!macKey) throw new Error('no key to sign with')
      const cipher = createCipheriv('aes-256-cbc', cipherKey, iv)
      const body = Buffer.concat([cipher.update(bytes), cipher.final()])
      const mac = createHmac('sha256', macKey).update(iv).update(body).digest().subarray(0, 10)
      const stored = Buffer.concat([body, mac])
      const directPath = `/v/${randomBytes(12).toString('hex')}.enc`
      files.set(directPath, stored)
      const sha256 = (data: Buffer) => createHash('sha256').update(data).digest()
      const fileSha256 = sha256(bytes)
      return {
        url: `https://${host()}${directPath}`,
        directPath,
        mediaKey,
        fileLength: bytes.length,
        fileSha256,
        fileEncSha256: sha256(stored),
      }
    },
    /** Opens a file that a message names. */
    open: async (directPath: string, mediaKey: Uint8Array, type: MediaType): Promise<Buffer> => {
      const stored = files.get(directPath)
      if (!stored) throw new Error(`no file at ${directPath}`)
      const { cipherKey, iv } = await getMediaKeys(mediaKey, type)
      const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
      return Buffer.concat([decipher.update(stored.subarray(0, -10)), decipher.final()])
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
