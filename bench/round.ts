// One round: a crowd talks to one side, which runs in a process of its own on a database of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onServer, withDatabase } from '../test/support/admin.ts'
import type { CrowdReport } from '../test/support/telegram-crowd.ts'
import { cpuOf, tellsCpu } from './cpu.ts'
import { linesOf } from './questions.ts'

export type Side = 'floor' | 'ours'
export type Round = CrowdReport & {
  /** CPU seconds of the bot's process and of PostgreSQL's while the crowd talked; undefined where not measured. */
  readonly botCpu: number | undefined
  readonly postgresCpu: number | undefined
}
export type Server = { readonly url: string; readonly pid: number }

const here = (path: string): string => new URL(path, import.meta.url).pathname

/** Runs `people` people, 100 at once, after a smaller crowd that warms everything up. */
export async function runRound(
  side: Side,
  server: Server,
  { people, questions, flags = [] }: { readonly people: number; readonly questions: number; readonly flags?: string[] },
): Promise<Round> {
  const database = `bench_${side}_${crypto.randomUUID().slice(0, 8)}`
  await onServer(server.url, `create database ${database}`)
  const platform = start([here('../test/support/telegram-server-process.ts')])
  const answers = createInterface({ input: platform.stdout })[Symbol.asyncIterator]()
  const answer = async () => JSON.parse((await answers.next()).value ?? '')
  const { root, token } = await answer()
  const bot = start([...flags, here(`${side}.ts`), withDatabase(server.url, database), root, token, String(questions)])
  try {
    await ready(bot)
    const crowd = async (first: number, people: number): Promise<CrowdReport> => {
      const plan = { people, atOnce: Math.min(100, people), first, lines: linesOf(questions) }
      platform.stdin.write(`${JSON.stringify(plan)}\n`)
      return answer()
    }
    await crowd(1_000_000, 100)
    await onServer(server.url, 'checkpoint')
    const before = cpu(bot, server)
    const report = await crowd(1, people)
    const after = cpu(bot, server)
    return { ...report, ...minus(after, before) }
  } finally {
    await end(bot)
    await end(platform)
    await onServer(server.url, `drop database ${database} with (force)`)
  }
}

const cpu = (bot: ChildProcess, server: Server) =>
  tellsCpu ? { botCpu: cpuOf(bot.pid as number), postgresCpu: cpuOf(server.pid) } : undefined

type Cpu = ReturnType<typeof cpu>
const minus = (after: Cpu, before: Cpu) => ({
  botCpu: after && before && after.botCpu - before.botCpu,
  postgresCpu: after && before && after.postgresCpu - before.postgresCpu,
})

const start = (args: readonly string[]) => spawn(process.execPath, [...args], { stdio: ['pipe', 'pipe', 'inherit'] })

async function ready(bot: ReturnType<typeof start>): Promise<void> {
  const [line] = await Promise.race([once(bot.stdout, 'data'), once(bot, 'exit').then(() => [''])])
  if (!String(line).includes('ready')) throw new Error('the bot did not start')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
