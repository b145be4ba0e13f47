// The benchmark: npm run bench. The bare bot and ours in alternation, in one run, on one PostgreSQL with fsync; then the
// other parts. `npm run bench -- alone` runs a part: turns (the bare bot, the engine, the start) or one of PARTS.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../src/db/port.ts'
import { createCluster, startServer, stopServer, urlOf } from '../src/db/postgres.ts'
import { pidOf } from './cpu.ts'
import { measureEngine } from './engine.ts'
import { PARTS } from './parts.ts'
import { type Round, runRound } from './round.ts'
import { measureStart } from './start.ts'

const ROUNDS = 3
const PEOPLE = 500
const QUESTIONS = 12
const PASSWORD = 'bench'

type Side = 'floor' | 'ours'

const wanted = process.argv.slice(2)
const wants = (part: string): boolean => wanted.length === 0 || wanted.includes(part)
const wrong = wanted.filter(part => part !== 'turns' && !(part in PARTS))
if (wrong.length > 0) throw new Error(`no such part: ${wrong}; there are turns, ${Object.keys(PARTS).join(', ')}`)

const rounds: Record<Side, Round[]> = { floor: [], ours: [] }
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
console.log(`${PEOPLE} people, 100 at once, ${QUESTIONS} questions; medians of ${ROUNDS} alternating rounds.`)
console.log('The other is the floor, unless a row says what it is.\n')
console.log('| | other | ours | ours / other | target |\n| --- | ---: | ---: | ---: | --- |')

const folder = await mkdtemp(join(tmpdir(), 'sapa-bench-'))
await chmod(folder, 0o755)
const cluster = join(folder, 'postgres')
await createCluster(cluster, PASSWORD)
const port = await freePort()
await startServer(cluster, port, ['max_connections=100'])
try {
  // First of all, as long as nothing else runs.
  const engine = wants('turns') ? measureEngine() : undefined
  const server = { url: urlOf(port, PASSWORD), pid: await pidOf(cluster) }
  for (let i = 0; i < ROUNDS && wants('turns'); i++) {
    for (const side of ['floor', 'ours'] as const) {
      const round = await runRound(side, server, { people: PEOPLE, questions: QUESTIONS })
      if (!round.lastSeen.includes('Ini data Bapak/Ibu')) throw new Error(`${side} did not reach the summary`)
      rounds[side].push(round)
    }
  }
  if (engine) await printTurns(engine)
  for (const [part, measure] of Object.entries(PARTS)) if (wants(part)) console.log((await measure(server)).join('\n'))
} finally {
  await stopServer(cluster)
  await rm(folder, { recursive: true, force: true })
}

async function printTurns(engine: ReturnType<typeof measureEngine>): Promise<void> {
  const start = await measureStart()
  const rows = [
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
  ]
  console.log(rows.join('\n'))
}
