// Many people at once on a test's Telegram: each writes his lines, the next as soon as the bot has answered the last.
import type { TelegramServer } from './telegram-server.ts'

export type CrowdPlan = {
  /** So many people in all, numbered from `first`; `atOnce` of them at a time. */
  readonly people: number
  readonly atOnce: number
  readonly first: number
  /** What each writes; `{n}` becomes his number. The bot has to answer each line with exactly one message. */
  readonly lines: readonly string[]
}
export type CrowdReport = {
  readonly turns: number
  readonly seconds: number
  /** From a line written to its answer shown, in milliseconds. */
  readonly median: number
  readonly p95: number
  readonly slowest: number
  /** What playing Telegram cost this process. */
  readonly cpuSeconds: number
  /** What the first person saw at the end. */
  readonly lastSeen: string
}

/** Lets the crowd talk until everybody is done. */
export async function runCrowd(server: TelegramServer, plan: CrowdPlan): Promise<CrowdReport> {
  const waits: number[] = []
  let next = plan.first

  async function talk(id: number): Promise<void> {
    const person = server.person(id)
    for (const line of plan.lines) {
      const started = performance.now()
      const answered = new Promise(resolve => server.world.events.on(`message ${id}`, m => m.byBot && resolve(m)))
      person.says(line.replaceAll('{n}', String(id)))
      await answered
      server.world.events.removeAllListeners(`message ${id}`)
      waits.push(performance.now() - started)
    }
  }
  async function oneAfterTheOther(): Promise<void> {
    while (next < plan.first + plan.people) await talk(next++)
  }

  const cpu = process.cpuUsage()
  const started = performance.now()
  await Promise.all(Array.from({ length: plan.atOnce }, oneAfterTheOther))
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  waits.sort((a, b) => a - b)
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0
  const lastSeen = server.person(plan.first).last()?.text ?? ''
  const cpuSeconds = (user + system) / 1e6
  return { turns: waits.length, seconds, median: at(0.5), p95: at(0.95), slowest: at(1), cpuSeconds, lastSeen }
}
