// Keeps what people sent: one sealed file an id, in the data folder.
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Seal } from '../seal.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export type Store = {
  /** Writes a file so that after a crash it is there wholly or not at all. */
  readonly put: (id: string, bytes: Uint8Array) => Promise<void>
  /** The bytes, or null where they were erased. */
  readonly get: (id: string) => Promise<Buffer | null>
  readonly erase: (id: string) => Promise<void>
}

export function createStore({ seal, dataDir }: { readonly seal: Seal; readonly dataDir: string }): Store {
  /** Spread over 256 folders by the end of the id: a UUIDv7 begins with the time. */
  const pathOf = (id: string) => {
    if (!UUID.test(id)) throw new Error('the id of a file is a UUID')
    return join(dataDir, 'files', id.slice(-2), id)
  }
  const place = (id: string) => `file:${id}`

  return {
    put: async (id, bytes) => {
      const path = pathOf(id)
      const folder = dirname(path)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const draft = `${path}.${randomBytes(4).toString('hex')}.tmp`
      try {
        await writeSynced(draft, seal.seal(place(id), bytes))
        await rename(draft, path)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
      await syncFolder(folder)
    },
    get: async id => {
      const sealed = await readFile(pathOf(id)).catch(nullIfMissing)
      return sealed && seal.open(place(id), sealed)
    },
    erase: id => rm(pathOf(id), { force: true }),
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the new name itself last; Windows has no folders to sync. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
