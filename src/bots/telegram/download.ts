// Fetches a file that somebody sent, through the API root only and never more of it than wanted.
import { type Api, GrammyError } from 'grammy'
import { FileRefused, type RemoteFile } from '../port.ts'
import { readAtMost } from '../read-at-most.ts'

const TIMEOUT_MS = 30_000

/** `fetch` of the port. */
export function createDownload(api: Api, root: string, token: string) {
  return async (file: RemoteFile, limit: number): Promise<Uint8Array> => {
    if (file.bytes !== undefined && file.bytes > limit) throw new FileRefused('too_big')
    const path = await pathOf(api, file.ref, limit)
    const url = `${root}/file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`
    try {
      // A redirect could lead anywhere.
      const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
      if (!response.ok || !response.body) throw new FileRefused('unreachable')
      return await readAtMost(response.body, limit)
    } catch (error) {
      // Any other error here is the network's; its text may quote the URL, and with it the token.
      throw error instanceof FileRefused ? error : new FileRefused('unreachable')
    }
  }
}

async function pathOf(api: Api, ref: string, limit: number): Promise<string> {
  try {
    const { file_path, file_size = 0 } = await api.getFile(ref)
    if (file_size > limit) throw new FileRefused('too_big')
    if (!file_path || file_path.split('/').includes('..')) throw new FileRefused('unreachable')
    return file_path
  } catch (error) {
    if (error instanceof FileRefused) throw error
    const tooBig = error instanceof GrammyError && error.description.includes('file is too big')
    throw new FileRefused(tooBig ? 'too_big' : 'unreachable')
  }
}
