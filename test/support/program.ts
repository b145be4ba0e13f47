// Starts our programs as an operator does: as processes of their own, with an environment of their own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export type Program = {
  readonly pid: number
  /** The address of the ready line. Rejects with everything said where the program ends before. */
  readonly ready: Promise<string>
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
  readonly kill: (signal: NodeJS.Signals) => void
}

/** Whatever becomes of a test, none of its programs outlives it. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

type Environment = Readonly<Record<string, string>>

/** `script` is a path in the project. */
export function startProgram(script: string, args: readonly string[], environment: Environment): Program {
  return start(process.execPath, [resolve(script), ...args], environment)
}

/** Of our own environment only PATH is handed on. */
function start(program: string, args: readonly string[], environment: Environment): Program {
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child)
    return { code: code as number | null, stdout, stderr }
  })
  const ready = new Promise<string>((done, fail) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const address = stdout.match(/^sapa ready at (\S+)\n/m)?.[1]
      if (address) done(address)
    })
    ended.then(end => fail(new Error(`ended with ${end.code} before it was ready: ${end.stdout}${end.stderr}`)))
  })
  // Not every caller waits for it.
  ready.catch(() => {})
  return { pid: child.pid as number, ready, ended, kill: signal => child.kill(signal) }
}

/** The server on a data folder, on a free port. */
export function startServer(dataDir: string, environment: Environment = {}): Program {
  return startProgram('src/main.ts', [], { PORT: '0', SAPA_DATA_DIR: dataDir, ...environment })
}

/** The same through npm, as the README says. */
export function npmStart(dataDir: string): Program {
  return start('npm', ['start'], { PORT: '0', SAPA_DATA_DIR: dataDir })
}

/** A folder that user postgres may enter, since as root PostgreSQL runs as that user. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'sapa-start-'))
  await chmod(path, 0o755)
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
