// What the tests of the commands share: a command as a process of its own, and registered people.
import { spawn } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { vi } from 'vitest'
import sample from '../../examples/pasuruan-2025.json' with { type: 'json' }
import { importEvent } from '../../src/db/event-import.ts'
import { readEventFile } from '../../src/domain/event-file.ts'
import { registrationNumber } from '../../src/domain/number.ts'
import type { RegistrationRecord } from '../../src/flows/facts.ts'
import type { State } from '../../src/flows/types.ts'
import type { House } from '../../src/house.ts'
import type { TestDatabase } from '../support/database.ts'
import { TEST_KEY } from '../support/key.ts'

// Each command is a process of its own, which on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** `sapa ARGS` on a test's database. */
export function sapa({ url, house }: TestDatabase, args: readonly string[]): Promise<Ended> {
  const key = TEST_KEY.toString('base64')
  return run(args, { DATABASE_URL: url, SAPA_KEY: key, SAPA_DATA_DIR: house.dataDir })
}

/** `sapa ARGS` in an environment, with something to read. */
export async function run(args: readonly string[], environment: Record<string, string>, input = ''): Promise<Ended> {
  const child = spawn(process.execPath, ['src/cli.ts', ...args], { env: { PATH: process.env.PATH, ...environment } })
  child.stdin.end(input)
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, stdout, stderr }
}

/** Sets the database's clock. */
export async function setClock({ db }: House, instant: string): Promise<void> {
  await sql`update installation set clock_shift = ${instant}::timestamptz - clock_timestamp()`.execute(db)
}

/** Brings the sample event in. */
export async function importSample(
  { db, seal }: House,
  change: (file: typeof sample) => void = () => {},
): Promise<void> {
  const file = structuredClone(sample)
  change(file)
  const read = readEventFile(file)
  if (!read.ok) throw new Error(read.mistakes.join('\n'))
  await importEvent(db, seal, read.value, 'test')
}

export const RECORD: RegistrationRecord = {
  name: 'Budi Santoso',
  nik: '3575011708859001',
  birth_date: '1985-08-17',
  sex: 'L',
  birth_place: 'Pasuruan',
  phone: '+6283600001234',
  phone_proven: true,
  address: 'Jl. Veteran 12, Pasuruan',
  trade: 'tukang-bata-plesteran-1',
  level: 1,
  association: 'gapensi',
  experience_years: 12,
  education: 'SMP',
  documents: { ktp: 'file-1', portrait: null, diploma: null },
  warnings: [],
}

export type Registered = { readonly id: string; readonly number: string; readonly conversation: string }

/** Registers the n-th person of the sample event, as a finished conversation on Telegram leaves it. */
export async function addRegistration(
  { db, seal }: House,
  n: number,
  changes: Partial<RegistrationRecord> = {},
): Promise<Registered> {
  const nik = `357501170885${9000 + n}`
  const record = { ...RECORD, nik, ...changes }
  const [id, conversation, chat] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const number = registrationNumber('PSR', n)
  const at = new Date().toISOString()
  const state: State = {
    flow: 'register',
    lang: 'id',
    turn: 15,
    answers: { name: { value: record.name, said: record.name, at }, ktp: { value: 'file-1', said: '', at } },
    question: null,
    asked: 15,
    misses: 0,
    page: 0,
    done: true,
    idle: false,
    stopped: false,
  }
  const sealed = seal.sealJson(`conversation.state:${conversation}`, state)
  await db
    .insertInto('conversation')
    .values({ id: conversation, state: sealed, event_id: 'pasuruan-2025-10' })
    .execute()
  await db
    .insertInto('chat')
    .values({
      id: chat,
      channel: 'telegram',
      account: '1',
      address_key: seal.lookup('address', chat),
      address: seal.seal(`chat.address:${chat}`, chat),
      conversation_id: conversation,
    })
    .execute()
  await db.insertInto('chat_conversation').values({ chat_id: chat, conversation_id: conversation }).execute()
  await db
    .insertInto('registration')
    .values({
      id,
      event_id: 'pasuruan-2025-10',
      conversation_id: conversation,
      number,
      status: 'MENUNGGU_VERIFIKASI',
      nik_key: seal.lookup('nik', record.nik),
      name: record.name,
      trade: record.trade,
      level: record.level,
      association: record.association,
      record: seal.sealJson(`registration.record:${id}`, record),
    })
    .execute()
  return { id, number, conversation }
}
