// The benchmark: npm run bench. The bare bot and ours in alternation, in one run, on one PostgreSQL with fsync.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../src/db/port.ts'
import { createCluster, startServer, stopServer, urlOf } from '../src/db/postgres.ts'
import { pidOf } from './cpu.ts'
import { measureEngine } from './engine.ts'
import { type Round, runRound, type Side } from './round.ts'
import { measureStart } from './start.ts'
import { measureWhatsApp, type WhatsAppMeasured } from './whatsapp.ts'

const ROUNDS = 3
const PEOPLE = 500
const QUESTIONS = 12
const PASSWORD = 'bench'

let whatsapp: WhatsAppMeasured
const rounds: Record<Side, Round[]> = { floor: [], ours: [] }
const folder = await mkdtemp(join(tmpdir(), 'sapa-bench-'))
await chmod(folder, 0o755)
const cluster = join(folder, 'postgres')
await createCluster(cluster, PASSWORD)
const port = await freePort()
await startServer(cluster, port, ['max_connections=100'])
try {
  const server = { url: urlOf(port, PASSWORD), pid: await pidOf(cluster) }
  for (let i = 0; i < ROUNDS; i++) {
    for (const side of ['floor', 'ours'] as const) {
      const round = await runRound(side, server, { people: PEOPLE, questions: QUESTIONS })
      if (!round.lastSeen.includes('Ini data Bapak/Ibu')) throw new Error(`${side} did not reach the summary`)
      rounds[side].push(round)
    }
  }
  whatsapp = await measureWhatsApp(server)
} finally {
  await stopServer(cluster)
  await rm(folder, { recursive: true, force: true })
}
const engine = measureEngine()
const start = await measureStart()

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number
const of = (side: Side, measure: (round: Round) => number): number => median(rounds[side].map(measure))
const perSecond = (r: Round) => r.turns / r.seconds
const cpu = (of: 'botCpu' | 'postgresCpu') => (r: Round) => ((r[of] ?? Number.NaN) / r.turns) * 1000
const cpuOfBoth = (r: Round) => cpu('botCpu')(r) + cpu('postgresCpu')(r)
const ratio = (measure: (round: Round) => number): string => (of('ours', measure) / of('floor', measure)).toFixed(2)
const row = (what: string, measure: (round: Round) => number, digits: number, target = ''): string =>
  `| ${what} | ${of('floor', measure).toFixed(digits)} | ${of('ours', measure).toFixed(digits)} | ${ratio(measure)} | ${target} |`
const lone = (what: string, value: string, target: string): string => `| ${what} | | ${value} | | ${target} |`

console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
)
console.log(`${PEOPLE} people, 100 at once, ${QUESTIONS} questions; medians of ${ROUNDS} alternating rounds\n`)
console.log(
  [
    '| | floor | ours | ours / floor | target |',
    '| --- | ---: | ---: | ---: | --- |',
    row('turns a second', perSecond, 0, '≥ 2'),
    row('median latency, ms', r => r.median, 1),
    row('95th percentile, ms', r => r.p95, 1),
    row('CPU s per 1,000 turns, bot and PostgreSQL', cpuOfBoth, 3, '≤ 0.5'),
    row('… of the bot', cpu('botCpu'), 3),
    row('… of PostgreSQL', cpu('postgresCpu'), 3),
    lone('engine alone, registration, µs a turn', engine.register.toFixed(1), '< 20'),
    lone('engine alone, these questions, µs a turn', engine.bench.toFixed(1), '< 20'),
    lone('ready on the first start, s', start.first.toFixed(1), ''),
    lone('ready on the second start, s', start.second.toFixed(1), '≤ 4'),
    lone('idle Node process, MB', start.idleMb?.toFixed(0) ?? 'not measured', '< 200'),
  ].join('\n'),
)
const { echo, ours } = whatsapp
console.log(
  [
    '\n| WhatsApp | bare echo bot | ours | ours / echo | target |',
    '| --- | ---: | ---: | ---: | --- |',
    `| turns a second | ${echo.perSecond.toFixed(0)} | ${ours.perSecond.toFixed(0)} | ${(ours.perSecond / echo.perSecond).toFixed(2)} | ≥ 0.5 |`,
    `| CPU s per 1,000 turns, the bot | ${echo.cpuPer1000.toFixed(2)} | ${ours.cpuPer1000.toFixed(2)} | ${(ours.cpuPer1000 / echo.cpuPer1000).toFixed(2)} | |`,
  ].join('\n'),
)
