// The conversation in a terminal: npm run chat. Beside a running server or alone, always the same conversation of this user.
import { randomUUIDv7 } from 'node:crypto'
import { userInfo } from 'node:os'
import { createInterface } from 'node:readline'
import type { Incoming } from './bots/port.ts'
import { createTerminal } from './bots/terminal.ts'
import { type Config, readConfig } from './config.ts'
import { StartRefused } from './db/refused.ts'
import { startWorker } from './jobs/worker.ts'
import { createLog } from './log.ts'
import { openHouse } from './open-house.ts'
import { loadSampleEvent } from './sample-event.ts'

try {
  await chat(readConfig(process.env))
} catch (error) {
  if (!(error instanceof StartRefused)) throw error
  console.error(`sapa: ${error.message}`)
  process.exit(1)
}
process.exit(0)

async function chat(config: Config): Promise<void> {
  const { house, databaseUrl, close } = await openHouse(config, createLog('silent'))
  if (!config.databaseUrl) await loadSampleEvent(house)
  const input = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' })
  let answered = Promise.withResolvers<void>()
  const bot = createTerminal(text => {
    console.log(`\n${text}\n`)
    input.prompt()
    answered.resolve()
  })
  const jobs = startWorker(house, [bot], { databaseUrl, redisUrl: config.redisUrl, pace: config.pace })
  let order = Date.now()
  console.log('Ketik pesan lalu tekan Enter, misalnya: daftar. Ctrl+D untuk keluar.')
  input.prompt()
  for await (const text of input) {
    const message: Incoming = {
      channel: 'terminal',
      account: 'terminal',
      address: userInfo().username,
      messageId: randomUUIDv7(),
      order: ++order,
      said: { kind: 'text', text },
    }
    answered = Promise.withResolvers()
    await jobs.receive([message])
    // Lines from a pipe come all at once: each waits for the answer to the one before.
    await answered.promise
  }
  await jobs.stop()
  await close()
}
