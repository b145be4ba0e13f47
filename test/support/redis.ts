// A Redis of a test's own, where the machine has the program: only such a one is ever flushed or stopped.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../../src/db/port.ts'

const PROGRAM = 'redis-server'

/** True where it is installed; tests that need one skip themselves elsewhere. */
export const hasRedis = spawnSync(PROGRAM, ['--version']).status === 0

/** Starts an empty server that keeps nothing on disk. `close` also serves to let it die in mid-test. */
export async function startRedis(): Promise<{ url: string; close: () => Promise<void> }> {
  const port = await freePort()
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn(PROGRAM, settings, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  const output = child.stdout.setEncoding('utf8')
  await new Promise<void>((resolve, reject) => {
    output.on('data', (text: string) => text.includes('Ready to accept connections') && resolve())
    ended.then(() => reject(new Error('redis-server ended before it was ready')), reject)
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    close: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
