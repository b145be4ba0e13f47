// WhatsApp: our turns a second beside those of a bare Baileys echo bot, in alternation, each a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onServer, withDatabase } from '../test/support/admin.ts'
import type { CrowdReport } from '../test/support/telegram-crowd.ts'
import { cpuOf, tellsCpu } from './cpu.ts'
import { linesOf } from './questions.ts'
import type { Server } from './round.ts'

const ROUNDS = 3
const PEOPLE = 100
const WARMING = 20
const QUESTIONS = 12

type Side = 'echo' | 'ours'
type Round = CrowdReport & { readonly cpu: number }

/** Medians of the rounds. The CPU seconds are those of the bot's process. */
export async function whatsapp(server: Server): Promise<string[]> {
  const rounds: Record<Side, Round[]> = { echo: [], ours: [] }
  for (let i = 0; i < ROUNDS; i++)
    for (const side of ['echo', 'ours'] as const) rounds[side].push(await runRound(side, server))
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number
  const row = (what: string, measure: (round: Round) => number, digits: number, target: string) => {
    const [echo, ours] = [median(rounds.echo.map(measure)), median(rounds.ours.map(measure))]
    return `| ${what} | ${echo.toFixed(digits)} | ${ours.toFixed(digits)} | ${(ours / echo).toFixed(2)} | ${target} |`
  }
  return [
    row('WhatsApp, turns a second, beside a bare echo bot', ({ turns, seconds }) => turns / seconds, 0, '≥ 0.5'),
    row('… CPU s per 1,000 turns, the bot alone', ({ turns, cpu }) => (cpu / turns) * 1000, 3, ''),
  ]
}

async function runRound(side: Side, server: Server): Promise<Round> {
  const database = `bench_whatsapp_${crypto.randomUUID().slice(0, 8)}`
  await onServer(server.url, `create database ${database}`)
  const platform = start('../test/support/whatsapp-server/process.ts')
  const { url } = JSON.parse(await platform.line())
  const bot = start(`./whatsapp-${side}.ts`, url, withDatabase(server.url, database), String(QUESTIONS))
  try {
    for (let news: { qr?: string; online?: true } = {}; !news.online; news = JSON.parse(await bot.line()))
      if (news.qr) platform.tell({ scan: news.qr })
    const crowd = async (first: number, people: number): Promise<CrowdReport> => {
      platform.tell({ people, atOnce: people, first, lines: linesOf(QUESTIONS) })
      return JSON.parse(await platform.line())
    }
    await crowd(1_000_000, WARMING)
    const before = tellsCpu ? cpuOf(bot.pid) : Number.NaN
    const report = await crowd(1, PEOPLE)
    if (side === 'ours' && !report.lastSeen.includes('Ini data Bapak/Ibu')) throw new Error('no summary was reached')
    return { ...report, cpu: tellsCpu ? cpuOf(bot.pid) - before : Number.NaN }
  } finally {
    await bot.end()
    await platform.end()
    await onServer(server.url, `drop database ${database} with (force)`)
  }
}

function start(script: string, ...args: readonly string[]) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })[Symbol.asyncIterator]()
  return {
    pid: child.pid as number,
    /** The next line of JSON; what else a program prints is not for us. */
    line: async (): Promise<string> => {
      for (;;) {
        const { value, done } = await lines.next()
        if (done) throw new Error(`${script} ended`)
        if (value.startsWith('{"') && !value.startsWith('{"level"')) return value
      }
    },
    tell: (what: object) => child.stdin?.write(`${JSON.stringify(what)}\n`),
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
