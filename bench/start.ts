// How long a start takes and what an idle server weighs: the program itself, on a data folder of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const IDLE_MS = 10_000

/** Seconds to the ready line of a first and a second start; MB of the Node process after ten idle seconds. */
export async function measureStart(): Promise<{ first: number; second: number; idleMb: number | undefined }> {
  const folder = await mkdtemp(join(tmpdir(), 'sapa-bench-start-'))
  await chmod(folder, 0o755)
  try {
    const first = await start(folder)
    await first.stop()
    const second = await start(folder)
    await sleep(IDLE_MS)
    const idleMb = residentMb(second.pid)
    await second.stop()
    return { first: first.seconds, second: second.seconds, idleMb }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function start(folder: string) {
  const began = performance.now()
  const child = spawn(process.execPath, [new URL('../src/main.ts', import.meta.url).pathname], {
    env: { ...process.env, PORT: '0', SAPA_DATA_DIR: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => [''])])
  if (!String(line).includes('sapa ready')) throw new Error('the server did not start')
  return {
    pid: child.pid as number,
    seconds: (performance.now() - began) / 1000,
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** Linux tells; elsewhere it is not measured. */
function residentMb(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined
  const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return kb === undefined ? undefined : Number(kb) / 1024
}
