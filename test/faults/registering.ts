// Many people register on a test's platform, whatever happens to the server meanwhile, and what must be true then.
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import type { RegistrationRecord } from '../../src/flows/facts.ts'
import { say } from '../../src/flows/speak.ts'
import { ORDINARY } from '../support/ordinary.ts'
import type { Bench, Registrant } from './bench.ts'

/** A live process sends a message once; the one that takes over from a dead one may send it once more. */
const COPIES = 2

const FIRST_NAMES = ['Budi', 'Slamet', 'Agus', 'Sutrisno', 'Joko', 'Hadi', 'Wahyu', 'Eko', 'Bambang', 'Suparman']
const LAST_NAMES = [
  'Santoso',
  'Riyadi',
  'Prasetyo',
  'Susilo',
  'Hartono',
  'Widodo',
  'Nugroho',
  'Saputra',
  'Utomo',
  'Basuki',
]

const SAME = {
  trade: 'tukang-bata-plesteran-1',
  association: 'gapensi',
  birth_date: '1985-08-17',
  sex: 'L',
  status: 'MENUNGGU_VERIFIKASI',
}

/** What a person with this number writes, line by line, and what must then be stored. */
export function planFor(n: number) {
  const name = `${FIRST_NAMES[n % 10]} ${LAST_NAMES[Math.floor(n / 10) % 10]}${' Putra'.repeat(Math.floor(n / 100) % 3)}`
  const nik = `357501170885${String(1000 + n)}`
  const answers = {
    ...ORDINARY,
    name,
    nik,
    phone: `0836${String(10_000_000 + n)}`,
    experience: `${1 + (n % 20)} tahun`,
  }
  const record = {
    ...SAME,
    name,
    nik,
    phone: `+62836${String(10_000_000 + n)}`,
    experience_years: 1 + (n % 20),
  }
  return { lines: ['daftar', ...Object.values(answers)], record }
}

const AGAIN = say('id', 'ask_again')

/** How much was heard: a second copy is nothing new, but to be told of a lost message is, each time. */
const heardBy = (person: Registrant): number =>
  person.shown().filter((text, i, shown) => text === AGAIN || shown.indexOf(text) === i).length

/**
 * Writes a person's lines, the next as soon as something new was heard. `heard` is told of each. What is heard may be
 * late and about the line before: the next waits all the same until this one is with the server, or it could overtake it.
 */
export async function register(person: Registrant, n: number, heard: () => void, patienceMs = 90_000): Promise<void> {
  for (const line of planFor(n).lines) {
    const before = heardBy(person)
    const end = performance.now() + patienceMs
    await person.says(line)
    while (heardBy(person) === before) {
      if (performance.now() > end) throw new Error(`person ${n} wrote "${line}" and heard nothing`)
      await pause(10)
    }
    heard()
  }
}

/** Waits for the last turn: whoever gets a second copy has heard something new before his last line had its turn. */
async function answered(db: Bench['data']['house']['db'], people: readonly number[], patienceMs = 60_000) {
  const lines = people.reduce((sum, n) => sum + planFor(n).lines.length, 0)
  const end = performance.now() + patienceMs
  for (;;) {
    const inbox = await db.selectFrom('inbox').select(['handled_at', 'set_aside']).execute()
    const waiting = lines - inbox.filter(({ handled_at }) => handled_at).length
    if (waiting <= 0 || performance.now() > end) return inbox
    await pause(50)
  }
}

/** Everybody is registered once and rightly, every message had one turn, and nobody heard anything too often. */
export async function expectAllRight({ data, registrant }: Bench, people: readonly number[]): Promise<void> {
  const { db, seal } = data.house
  const inbox = await answered(db, people)
  const rows = await db.selectFrom('registration').selectAll().execute()
  const records = rows.map(row => ({
    ...seal.openJson<RegistrationRecord>(`registration.record:${row.id}`, row.record),
    ...{ name: row.name, trade: row.trade, association: row.association, status: row.status },
  }))
  const wanted = people.map(n => planFor(n).record)
  const byNik = (a: { nik: string }, b: { nik: string }) => a.nik.localeCompare(b.nik)
  expect(records.sort(byNik)).toMatchObject(wanted.sort(byNik))
  expect(new Set(rows.map(({ number }) => number)).size).toBe(people.length)

  expect(inbox).toHaveLength(people.reduce((sum, n) => sum + planFor(n).lines.length, 0))
  expect(inbox.filter(message => !message.handled_at || message.set_aside)).toEqual([])

  for (const n of people) {
    const copies = [...Map.groupBy(registrant(n).shown(), text => text)].filter(([, heard]) => heard.length > COPIES)
    expect(copies).toEqual([])
  }
}
