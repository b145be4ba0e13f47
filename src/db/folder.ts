// The data folder: its lock, its key, and the note by which other programs find the server that runs in it.
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartRefused } from './refused.ts'

/** What a running server tells the commands beside it. */
export type ServerNote = { readonly databaseUrl: string; readonly pid: number; readonly startedAt: string }

const BUSY = 5

/**
 * Takes the folder for this process; undefined where another one holds it. The lock is the operating system's own (on
 * an empty SQLite file), so it ends with its process, however that ends: no left-over to judge, no reused pid.
 */
export async function lockFolder(folder: string): Promise<(() => void) | undefined> {
  try {
    // Nobody else may list it; PostgreSQL's user passes through to its own folder, whatever our umask.
    if (await mkdir(folder, { recursive: true })) await chmod(folder, 0o711)
    const lock = new DatabaseSync(join(folder, 'lock'), { timeout: 0 })
    lock.exec('pragma journal_mode = memory; begin exclusive')
    return () => lock.close()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if ('errcode' in error && error.errcode === BUSY) return undefined
    throw new StartRefused(`SAPA_DATA_DIR: the folder ${folder} can't be used (${error.message})`)
  }
}

/** The folder's master key, made at the first start. Only for whoever holds the lock. */
export async function readOrMakeKey(folder: string, hasData: boolean): Promise<Buffer> {
  const path = join(folder, 'key')
  const text = await readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return undefined
    throw new StartRefused(`the key in ${path} can't be read (${error.code})`)
  })
  if (text !== undefined) {
    const key = Buffer.from(text.trim(), 'base64')
    if (key.length !== 32)
      throw new StartRefused(`the key in ${path} is damaged: put back the one that was made with the data`)
    return key
  }
  if (hasData) throw new StartRefused(`the key ${path} is missing: put it back, or set SAPA_KEY to it`)
  const key = crypto.getRandomValues(Buffer.alloc(32))
  await writeSecret(path, `${key.toString('base64')}\n`)
  return key
}

export function writeServerNote(folder: string, note: ServerNote): Promise<void> {
  return writeSecret(join(folder, 'server.json'), `${JSON.stringify(note)}\n`)
}

export async function readServerNote(folder: string): Promise<ServerNote | undefined> {
  const text = await readFile(join(folder, 'server.json'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : JSON.parse(text)
}

export function removeServerNote(folder: string): Promise<void> {
  return rm(join(folder, 'server.json'), { force: true })
}

/** Whole or not at all, readable by its owner only. */
async function writeSecret(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
}
