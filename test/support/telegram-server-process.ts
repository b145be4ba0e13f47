// The loopback Bot API server as a process of its own, so that its work is not counted as the bot's.
// It prints {"root","token"} as one line; each line it reads is a CrowdPlan, and it prints the CrowdReport for it.
import { createInterface } from 'node:readline'
import { runCrowd } from './telegram-crowd.ts'
import { startTelegramServer } from './telegram-server.ts'

const server = await startTelegramServer()
console.log(JSON.stringify({ root: server.root, token: server.token }))
for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(await runCrowd(server, JSON.parse(line))))
await server.close()
