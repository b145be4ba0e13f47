// Reminders of a million people: how fast they are planned, in how much memory, and what a sweep costs with nothing due.
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { connect } from '../src/db/connect.ts'
import { loadEvents, loadEventsNow } from '../src/db/event-read.ts'
import { momentsOf } from '../src/domain/moments.ts'
import type { House } from '../src/house.ts'
import { planReminders } from '../src/jobs/plan.ts'
import { sweep } from '../src/jobs/sweep.ts'
import { createLog } from '../src/log.ts'
import { createSeal } from '../src/seal.ts'
import { onServer, withDatabase } from '../test/support/admin.ts'
import { childrenOf } from './cpu.ts'
import { fillDatabase } from './filled.ts'
import { KEY } from './key.ts'
import type { Server } from './round.ts'

const SWEEPS = 200
const RULE = 'h-3'
const SAMPLE_MS = 100

export type Planning = {
  readonly rows: number
  readonly perSecond: number
  /** Most memory of this process and its PostgreSQL backends that is nobody else's, in MB: in the first fifth, and in all. */
  readonly early: number
  readonly all: number
  /** Milliseconds, medians. */
  readonly sweep: number
}

/** Sweeps before the first reminder is due; then plans it for everybody. */
export async function measurePlanning(server: Server, people: number): Promise<Planning> {
  const name = await fillDatabase(server, people, true)
  const db = connect(withDatabase(server.url, name), () => {})
  const house: House = { db, seal: createSeal(Buffer.from(KEY, 'base64')), log: createLog('silent'), dataDir: '' }
  try {
    const [file] = await loadEvents(db)
    const due = file && momentsOf(file).find(({ rule }) => rule === RULE)?.due
    if (!due) throw new Error('there is no reminder to plan')
    await setClock(house, due.subtract({ hours: 1 }))
    const swept = await timeSweeps(house)
    await setClock(house, due)
    await onServer(server.url, 'checkpoint')
    const memory = watchMemory(server.pid, `postgres: sapa ${name} `)
    const began = performance.now()
    const rows = await planReminders(house, await loadEventsNow(house.db))
    const seconds = (performance.now() - began) / 1_000
    if (rows !== people) throw new Error(`${rows} reminders were planned for ${people} people`)
    return { rows, perSecond: rows / seconds, ...memory(), sweep: swept }
  } finally {
    await db.destroy()
    await onServer(server.url, `drop database ${name} with (force)`)
  }
}

const setClock = ({ db }: House, at: Temporal.Instant) =>
  sql`update installation set clock_shift = ${at.toString()}::timestamptz - clock_timestamp()`.execute(db)

/** After the first, which has something to write down. */
async function timeSweeps(house: House): Promise<number> {
  const at = { channel: 'telegram', account: '4242' } as const
  const times: number[] = []
  for (let n = 0; n <= SWEEPS; n++) {
    const began = performance.now()
    await sweep(house, at, () => {})
    if (n > 0) times.push(performance.now() - began)
  }
  return times.toSorted((a, b) => a - b)[times.length >> 1] as number
}

/** Looks at the memory until it is called: then it tells the most of the first fifth, and of all. */
function watchMemory(postgres: number, title: string): () => { early: number; all: number } {
  const seen: number[] = []
  const timer = setInterval(() => {
    const backends = childrenOf(postgres).filter(pid => read(`/proc/${pid}/cmdline`).startsWith(title))
    seen.push([process.pid, ...backends].reduce((sum, pid) => sum + ownMemory(pid), 0))
  }, SAMPLE_MS)
  return () => {
    clearInterval(timer)
    return { early: Math.max(...seen.slice(0, Math.ceil(seen.length / 5))), all: Math.max(...seen) }
  }
}

/** In MB. What PostgreSQL's processes share is of a fixed size. */
const ownMemory = (pid: number): number =>
  Number(/^RssAnon:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024

/** Empty where the process has just ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
