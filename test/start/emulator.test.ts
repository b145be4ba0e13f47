// npm run start:emulator: the bot beside a WhatsApp of this machine's own; what is typed on its console reaches the bot.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../support/program.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let child: ChildProcess | undefined
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(async () => {
  // Killed outright it would leave its bot behind.
  if (child?.exitCode === null && child.kill('SIGTERM')) await once(child, 'close')
  await folder.remove()
})

function startEmulator() {
  const started = spawn(process.execPath, ['test/support/whatsapp-server/start.ts'], {
    env: { PATH: process.env.PATH, SAPA_DATA_DIR: folder.path, PORT: '0', SAPA_PACE: 'off' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child = started
  let said = ''
  started.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return {
    types: (line: string) => started.stdin.write(`${line}\n`),
    /** The console prints this after what was found last. */
    shows: async (wanted: RegExp) => {
      await expect.poll(() => said, { timeout: 60_000 }).toMatch(wanted)
      said = said.slice(said.search(wanted) + (wanted.exec(said)?.[0].length ?? 0))
    },
    ends: async (signal: NodeJS.Signals) => {
      const closed = once(started, 'close')
      started.kill(signal)
      return (await closed)[0]
    },
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Starts it and links the number; gives the console and the bot's process. */
async function startLinked() {
  const emulator = startEmulator()
  await emulator.shows(/sapa ready at http/)
  await emulator.shows(/\/help|\/link/)
  const { pid } = JSON.parse(await readFile(join(folder.path, 'server.json'), 'utf8'))
  expect(isAlive(pid)).toBe(true)
  emulator.types('/link')
  await emulator.shows(/linked: \+62811/)
  return { emulator, pid }
}

it('a number is linked and a registration begins; a closed terminal ends the bot, too', async () => {
  const { emulator, pid } = await startLinked()
  emulator.types('daftar')
  await emulator.shows(/to \+6281200000001: .*setuju/is)
  emulator.types('setuju')
  await emulator.shows(/nama lengkap/i)
  expect(await emulator.ends('SIGHUP')).toBe(0)
  expect(isAlive(pid)).toBe(false)
}, 120_000)

it('started again it is linked anew, and the registration goes on; SIGTERM ends both', async () => {
  const { emulator, pid } = await startLinked()
  emulator.types('Budi Santoso')
  await emulator.shows(/berapa NIK/i)
  expect(await emulator.ends('SIGTERM')).toBe(0)
  expect(isAlive(pid)).toBe(false)
}, 120_000)
