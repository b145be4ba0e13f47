// Whom PostgreSQL runs as: it refuses root, so a root start hands it to the system's user postgres.
import { execFile } from 'node:child_process'
import { realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { StartRefused } from './refused.ts'

const run = promisify(execFile)
const NAME = 'postgres'

type Owner = { readonly uid: number; readonly gid: number }

/** Undefined where we aren't root: PostgreSQL then runs as ourselves. `paths` must be within its reach. */
export async function postgresUser(paths: readonly string[]): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = (await findUser()) ?? (await createUser())
  for (const path of paths) {
    const closed = await findClosedFolder(path, owner)
    if (!closed) continue
    throw new StartRefused(
      `as root, PostgreSQL runs as user ${NAME}, who may not enter ${closed}: start as another user, ` +
        `or set SAPA_DATA_DIR (and put the program) where ${NAME} may go`,
    )
  }
  return owner
}

async function findUser(): Promise<Owner | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async flag => Number((await run('id', [flag, NAME])).stdout)))
    return uid === undefined || gid === undefined ? undefined : { uid, gid }
  } catch {
    return undefined
  }
}

async function createUser(): Promise<Owner> {
  await run('useradd', ['--system', '--user-group', NAME]).catch(() => {})
  const owner = await findUser()
  if (!owner)
    throw new StartRefused(
      `PostgreSQL refuses to run as root, and no user ${NAME} could be made: start as another user`,
    )
  return owner
}

/** The outermost folder above `path` that this user may not enter. */
async function findClosedFolder(path: string, { uid, gid }: Owner): Promise<string | undefined> {
  const above = dirname(path)
  if (above === path) return undefined
  const outer = await findClosedFolder(above, { uid, gid })
  if (outer) return outer
  const folder = await realpath(above)
  if (folder !== above) return findClosedFolder(`${folder}/.`, { uid, gid })
  const entry = await stat(folder)
  const bit = entry.uid === uid ? 0o100 : entry.gid === gid ? 0o010 : 0o001
  return entry.mode & bit ? undefined : folder
}
