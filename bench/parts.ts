// The parts of the benchmark that set ours against something else than the floor under load. Each gives rows of the table.
import { hasRedis, startRedis } from '../test/support/redis.ts'
import { fillDatabase } from './filled.ts'
import { measureNominations } from './nominate.ts'
import { measurePlanning } from './reminders.ts'
import { type Plan, type Round, runRound, type Server, type Side } from './round.ts'
import { measureSending } from './send.ts'
import { whatsapp } from './whatsapp.ts'

const ROUNDS = 3

type Run = Plan & { readonly side: Side; readonly ends?: string }

/** Runs each of these in alternation, and gives the rounds of each. */
async function alternate(server: Server, runs: readonly Run[], times = ROUNDS): Promise<Round[][]> {
  const rounds: Round[][] = runs.map(() => [])
  for (let i = 0; i < times; i++)
    for (const [n, { side, ends = 'Ini data Bapak/Ibu', ...plan }] of runs.entries()) {
      const round = await runRound(side, server, plan)
      if (!round.lastSeen.includes(ends)) throw new Error(`${side} did not come to the end: ${round.lastSeen}`)
      rounds[n]?.push(round)
    }
  return rounds
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number
const turns = (r: Round) => r.turns / r.seconds
const perTurn = (r: Round) => (r.seconds / r.turns) * 1000
const cpu = (r: Round) => (((r.botCpu ?? Number.NaN) + (r.postgresCpu ?? Number.NaN)) / r.turns) * 1000
const latency = (r: Round) => r.median

/** One row: medians of the other and of ours, and what the ratio should be. */
function row(
  what: string,
  [other, ours]: readonly Round[][],
  measure: (r: Round) => number,
  digits: number,
  target = '',
): string {
  const [a, b] = [other, ours].map(rounds => median((rounds as Round[]).map(measure))) as [number, number]
  return `| ${what} | ${a.toFixed(digits)} | ${b.toFixed(digits)} | ${(b / a).toFixed(2)} | ${target} |`
}

async function peer(server: Server): Promise<string[]> {
  const plan = { people: 500, questions: 12 }
  const rounds = await alternate(server, [
    { side: 'peer', ...plan },
    { side: 'ours', ...plan },
  ])
  return [
    row('turns a second, 12 questions, beside the peer', rounds, turns, 0, '≥ 2.5'),
    row('… CPU s per 1,000 turns', rounds, cpu, 3),
  ]
}

async function long(server: Server): Promise<string[]> {
  // With fewer at once a person would write more than 50 messages in ten seconds, which ours takes for a flood.
  const plan = { people: 500, atOnce: 500 }
  const [theirs, twelve, sixty] = (await alternate(
    server,
    [
      { side: 'peer', ...plan, questions: 60 },
      { side: 'ours', ...plan, questions: 12 },
      { side: 'ours', ...plan, questions: 60 },
    ],
    1,
  )) as [Round[], Round[], Round[]]
  return [
    row('turns a second, 60 questions, beside the peer', [theirs, sixty], turns, 0, '≥ 8'),
    row('ms a turn, ours with 12 questions, ours with 60', [twelve, sixty], perTurn, 3, '≤ 1.2'),
    row('… CPU s per 1,000 turns', [twelve, sixty], cpu, 3),
  ]
}

async function alone(server: Server): Promise<string[]> {
  const plan = { people: 40, atOnce: 1, questions: 12 }
  const rounds = await alternate(server, [
    { side: 'floor', ...plan },
    { side: 'ours', ...plan },
  ])
  return [row('one person alone, median ms, beside the floor', rounds, latency, 2, '≤ 1.3')]
}

async function many(server: Server): Promise<string[]> {
  const plan = { side: 'ours', people: 250, questions: 'registration', ends: 'PSR-' } as const
  const [few, million] = [await fillDatabase(server, 1_000), await fillDatabase(server, 1_000_000)]
  const rounds = await alternate(server, [
    { ...plan, template: few },
    { ...plan, template: million },
  ])
  return [
    row('ms a turn of registering, at 1,000 and at 1,000,000 registrations', rounds, perTurn, 3, '≤ 1.2'),
    row('… median latency, ms', rounds, latency, 1),
    row('… CPU s per 1,000 turns', rounds, cpu, 3),
  ]
}

async function processes(server: Server): Promise<string[]> {
  if (!hasRedis) return ['| two processes: not measured, since there is no redis-server here | | | | |']
  const redis = await startRedis()
  const plan = { side: 'ours', people: 500, questions: 12 } as const
  const does = (...roles: readonly string[]) => roles.map(SAPA_ROLES => ({ SAPA_ROLES, REDIS_URL: redis.url }))
  try {
    const rounds = await alternate(server, [
      { ...plan, processes: does('telegram,worker') },
      { ...plan, processes: does('telegram', 'worker') },
    ])
    return [
      row('turns a second, one process and two (one polls, one answers), on Redis', rounds, turns, 0, '≥ 1.5'),
      row('… CPU s per 1,000 turns', rounds, cpu, 3),
    ]
  } finally {
    await redis.close()
  }
}

async function plan(server: Server): Promise<string[]> {
  const { rows, perSecond, early, all, sweep } = await measurePlanning(server, 1_000_000)
  return [
    `| reminders planned a second, ${rows} registrations | | ${perSecond.toFixed(0)} | | ≥ 30000 |`,
    `| … MB of memory, in the first fifth of the time, in all of it | ${early.toFixed(0)} | ${all.toFixed(0)} | ${(all / early).toFixed(2)} | flat |`,
    `| a sweep with nothing due, ${rows} registrations, median ms | | ${sweep.toFixed(2)} | | < 5 |`,
  ]
}

async function send({ url }: Server): Promise<string[]> {
  const { http, bare, ours } = await measureSending(url)
  const against = (what: string, other: number, target: string): string =>
    `| messages a second, due → provider, beside ${what} | ${other.toFixed(0)} | ${ours.toFixed(0)} | ${(ours / other).toFixed(2)} | ${target} |`
  return [
    against('the HTTP client alone', http, '≥ 0.6'),
    against('a bare BullMQ worker, a job a message', bare, '≥ 2.5'),
  ]
}

export const PARTS = {
  peer,
  long,
  alone,
  many,
  processes,
  plan,
  send,
  whatsapp,
  nominations: measureNominations,
} satisfies Record<string, (server: Server) => Promise<string[]>>
