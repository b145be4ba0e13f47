// The 75 made-up workers as people of a world: registered, accepted, checked in, with the outcomes of their assessment.
import { randomUUIDv7 } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import Papa from 'papaparse'
import { check, keep, readTable } from '../../src/cli/results-import.ts'
import { registrationNumber } from '../../src/domain/number.ts'
import type { State } from '../../src/flows/types.ts'
import { RECORD } from '../cli/support.ts'
import workersFile from '../domain/workers.json' with { type: 'json' }
import type { Person, World } from './world.ts'

export const EVENT = 'pasuruan-2025-10'

export type Worker = {
  readonly id: string
  readonly registration: string
  readonly number: string
  readonly nik: string
  readonly birthDate: string
  /** The platform vouches for the number of this chat. */
  readonly proven: boolean
  readonly outcome: 'K' | 'BK' | null
  readonly feedback: string
  readonly appeals: boolean
  readonly person: Person
}

const OUTCOMES: Readonly<Record<string, 'K' | 'BK'>> = { KOMPETEN: 'K', BELUM_KOMPETEN: 'BK' }

/** Lets all of them write, and stand where accepted people stand after the event. */
export async function bringWorkers(world: World): Promise<readonly Worker[]> {
  const results = new Map(workersFile.results.map(result => [result.id, result]))
  const workers: Worker[] = []
  for (const [i, worker] of workersFile.workers.entries()) {
    const result = results.get(worker.id)
    const proven = worker.channel === 'whatsapp'
    const person = world.person(worker.id, proven ? worker.phone : undefined)
    await person.says({ kind: 'text', text: 'halo' })
    const number = registrationNumber('PSR', i + 1)
    const registration = await register(world, worker, number)
    workers.push({
      id: worker.id,
      registration,
      number,
      nik: worker.nik,
      birthDate: worker.birth_date,
      proven,
      outcome: OUTCOMES[result?.assessment ?? ''] ?? null,
      feedback: result && 'units_not_yet' in result ? (result.units_not_yet ?? []).join('; ') : '',
      appeals: Boolean(result && 'appeal' in result && result.appeal),
      person,
    })
    if (result?.attendance.d1 === 'HADIR')
      await world.house.db
        .insertInto('check_in')
        .values({ registration_id: registration, session: 'd1-reg', by: 'test' })
        .execute()
  }
  return workers
}

async function register(
  { house: { db, seal } }: World,
  worker: (typeof workersFile.workers)[number],
  number: string,
): Promise<string> {
  const id = randomUUIDv7()
  const { id: conversation } = await db
    .selectFrom('conversation')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  const record = {
    ...RECORD,
    name: worker.display_name,
    nik: worker.nik,
    birth_date: worker.birth_date,
    sex: worker.sex as 'L' | 'P',
    birth_place: worker.birth_place,
    phone: worker.phone,
    phone_proven: true,
    address: worker.address,
    trade: worker.jabatan_id,
    level: worker.jenjang,
    association: worker.association_id,
    experience_years: worker.experience_years,
    education: worker.education,
  }
  await db
    .insertInto('registration')
    .values({
      id,
      event_id: EVENT,
      conversation_id: conversation,
      number,
      status: 'DITERIMA',
      nik_key: seal.lookup('nik', record.nik),
      name: record.name,
      trade: record.trade,
      level: record.level,
      association: record.association,
      record: seal.sealJson(`registration.record:${id}`, record),
    })
    .execute()
  const state: State = {
    flow: 'register',
    lang: 'id',
    turn: 1,
    answers: { name: { value: { name: record.name }, said: record.name, at: '2025-09-20T02:00:00Z' } },
    question: 'confirm',
    asked: 1,
    misses: 0,
    page: 0,
    done: true,
    idle: false,
    stopped: false,
  }
  await db
    .updateTable('conversation')
    .set({ state: seal.sealJson(`conversation.state:${conversation}`, state), draft: false, event_id: EVENT })
    .where('id', '=', conversation)
    .execute()
  return id
}

const TITLES = [
  'nomor_pendaftaran',
  'nik',
  'hasil',
  'nomor_sertifikat',
  'tanggal_terbit',
  'berlaku_sampai',
  'umpan_balik',
]

/** The body's file about these workers; with certificates where it has issued them. */
export const resultTable = (workers: readonly Worker[], certified = false): readonly (readonly string[])[] => [
  TITLES,
  ...workers.flatMap(({ id, number, nik, outcome, feedback }) => {
    if (outcome === null) return []
    const certificate = certified && outcome === 'K' ? [`SKK-UJI-${id}`, '2025-10-20', '2030-10-20'] : ['', '', '']
    return [[number, nik, outcome, ...certificate, feedback]]
  }),
]

/** Imports a table as the file that the body sends; throws where a row is wrong. */
export async function importTable({ house }: World, rows: readonly (readonly string[])[]) {
  const path = join(tmpdir(), `sapa-hasil-${randomUUIDv7()}.csv`)
  await writeFile(path, Papa.unparse(rows as string[][]))
  const checked = await check(house, EVENT, await readTable(path)).finally(() => rm(path))
  if (checked.mistakes.length > 0) throw new Error(JSON.stringify(checked.mistakes))
  await keep(house, EVENT, checked, 'Bu Rina')
  return checked
}

/** Sets the clock of a world that goes on as it is. */
export async function setTime({ house: { db } }: World, at: string): Promise<void> {
  await sql`update installation set clock_shift = ${at}::timestamptz - clock_timestamp()`.execute(db)
}
