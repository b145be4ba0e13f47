// One round: a crowd talks to one side, which runs in a process of its own on a database of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onServer, withDatabase } from '../test/support/admin.ts'
import type { CrowdReport } from '../test/support/telegram-crowd.ts'
import { cpuOf, tellsCpu } from './cpu.ts'
import { linesOf, type Questions } from './questions.ts'

export type Side = 'floor' | 'ours' | 'peer'
export type Round = CrowdReport & {
  /** CPU seconds of the bot's process and of PostgreSQL's while the crowd talked; undefined where not measured. */
  readonly botCpu: number | undefined
  readonly postgresCpu: number | undefined
}
export type Server = { readonly url: string; readonly pid: number }

export type Plan = {
  readonly people: number
  readonly questions: Questions
  /** People who talk at the same time. */
  readonly atOnce?: number
  readonly flags?: readonly string[]
  /** A database to begin with a copy of. */
  readonly template?: string
  /** The bot's processes: what each finds in its environment. */
  readonly processes?: readonly Readonly<Record<string, string>>[]
}

const here = (path: string): string => new URL(path, import.meta.url).pathname

/** So many messages of one person in ten seconds are no flood yet. */
const UNDER_FLOOD = 45

/** Runs `people` people, 100 at once by default, after a smaller crowd that warms everything up. */
export async function runRound(
  side: Side,
  server: Server,
  { people, questions, atOnce = 100, flags = [], template, processes = [{}] }: Plan,
): Promise<Round> {
  const database = `bench_${side}_${crypto.randomUUID().slice(0, 8)}`
  await onServer(server.url, `create database ${database}${template ? ` template ${template} strategy file_copy` : ''}`)
  const platform = start([here('../test/support/telegram-server-process.ts')])
  const answers = createInterface({ input: platform.stdout })[Symbol.asyncIterator]()
  const answer = async () => JSON.parse((await answers.next()).value ?? '')
  const { root, token } = await answer()
  const args = [...flags, here(`${side}.ts`), withDatabase(server.url, database), root, token, String(questions)]
  const bots: ReturnType<typeof start>[] = []
  try {
    for (const environment of processes) {
      const bot = start(args, environment)
      bots.push(bot)
      await ready(bot)
    }
    const lines = linesOf(questions)
    const crowd = async (first: number, people: number, lines: readonly string[]): Promise<CrowdReport> => {
      const plan = { people, atOnce: Math.min(atOnce, people), first, lines }
      platform.stdin.write(`${JSON.stringify(plan)}\n`)
      return answer()
    }
    // Four digits, since they end up in numbers of a fixed length.
    await crowd(8_000, Math.min(100, Math.max(20, people / 5)), lines.slice(0, UNDER_FLOOD))
    await onServer(server.url, 'checkpoint')
    const before = cpu(bots, server)
    const report = await crowd(1_000, people, lines)
    const after = cpu(bots, server)
    return { ...report, ...minus(after, before) }
  } finally {
    for (const bot of bots) await end(bot)
    await end(platform)
    await onServer(server.url, `drop database ${database} with (force)`)
  }
}

const cpu = (bots: readonly ChildProcess[], server: Server) =>
  tellsCpu
    ? { botCpu: bots.reduce((sum, { pid }) => sum + cpuOf(pid as number), 0), postgresCpu: cpuOf(server.pid) }
    : undefined

type Cpu = ReturnType<typeof cpu>
const minus = (after: Cpu, before: Cpu) => ({
  botCpu: after && before && after.botCpu - before.botCpu,
  postgresCpu: after && before && after.postgresCpu - before.postgresCpu,
})

const start = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  spawn(process.execPath, [...args], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } })

async function ready(bot: ReturnType<typeof start>): Promise<void> {
  const [line] = await Promise.race([once(bot.stdout, 'data'), once(bot, 'exit').then(() => [''])])
  if (!String(line).includes('ready')) throw new Error('the bot did not start')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
