// The loopback WhatsApp as a process of its own, so that its work is not counted as the bot's. It prints {"url"} as one
// line; of the lines it reads, {"scan"} is a QR code for the owner's phone, and any other a CrowdPlan: it prints the report.
import './trust.ts'
import { createInterface } from 'node:readline'
import { silenceLibsignal } from '../../../src/bots/whatsapp/silence.ts'
import type { CrowdPlan, CrowdReport } from '../telegram-crowd.ts'
import { startWhatsAppServer } from './server.ts'

silenceLibsignal()
const server = await startWhatsAppServer()
console.log(JSON.stringify({ url: server.url }))
for await (const line of createInterface({ input: process.stdin })) {
  const asked: CrowdPlan | { readonly scan: string } = JSON.parse(line)
  if ('scan' in asked) server.scan(asked.scan)
  else console.log(JSON.stringify(await runCrowd(asked)))
}
await server.close()

/** Many people at once, each writing his next line as soon as the last was answered. */
async function runCrowd({ people, atOnce, first, lines }: CrowdPlan): Promise<CrowdReport> {
  const waits: number[] = []
  let next = first
  const personOf = (n: number) => server.person(`628${String(n).padStart(10, '0')}`)

  async function talk(n: number): Promise<void> {
    const person = personOf(n)
    for (const line of lines) {
      const began = performance.now()
      const answered = new Promise(resolve => server.world.events.once(`message ${person.pn}`, resolve))
      await person.says(line)
      await answered
      waits.push(performance.now() - began)
    }
  }
  async function oneAfterTheOther(): Promise<void> {
    while (next < first + people) await talk(next++)
  }

  const cpu = process.cpuUsage()
  const began = performance.now()
  await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther))
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  waits.sort((a, b) => a - b)
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0
  return {
    turns: waits.length,
    seconds,
    median: at(0.5),
    p95: at(0.95),
    slowest: at(1),
    cpuSeconds: (user + system) / 1e6,
    lastSeen: personOf(first).last()?.text ?? '',
  }
}
