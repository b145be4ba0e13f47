// Reads a file that somebody sent, and never more of it than wanted, whatever size was announced.
import { FileRefused } from './port.ts'

/** Throws FileRefused at the first byte over the limit. */
export async function readAtMost(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > limit) throw new FileRefused('too_big')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
