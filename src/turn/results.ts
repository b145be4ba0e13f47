// Results as a turn or a notice needs them: opened, with the event they belong to; appeals; records that are found again.
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import { addAppeal, countAppeals } from '../db/appeal.ts'
import { loadEvents } from '../db/event-read.ts'
import { tryNiks } from '../db/people.ts'
import { type ResultRow, readHolders, readResultsOf } from '../db/result-read.ts'
import type { Database } from '../db/schema.ts'
import { addTasks } from '../db/task.ts'
import { trades } from '../domain/catalogue.ts'
import type { ResultDetail } from '../domain/result.ts'
import { appealIsOver, appealUntil } from '../domain/result-times.ts'
import type { Ask, Destination, Outcome } from '../flows/asks.ts'
import { eventFact } from '../flows/event-fact.ts'
import type { RegistrationRecord } from '../flows/facts.ts'
import { titled } from '../flows/result-text.ts'
import type { ResultFact } from '../flows/result-types.ts'
import type { Seal } from '../seal.ts'
import type { Person } from './person.ts'
import { open } from './rights.ts'

type Db = Kysely<Database>
type Settle = (trx: Db, seal: Seal, person: Person) => Promise<Outcome>

/** What counts now of the person's results. */
export const collectResults: Settle = async (trx, seal, { waiting }) => {
  const results = await openResults(trx, seal, await readResultsOf(trx, waiting.conversation_id))
  return { kind: 'results', results: [...results.values()] }
}

const TRADES = new Map(trades.map(trade => [trade.id, titled(trade)]))

/** Results by registration, in the order of the rows. */
export async function openResults(
  db: Db,
  seal: Seal,
  rows: readonly ResultRow[],
): Promise<ReadonlyMap<string, ResultFact>> {
  const files = await loadEvents(
    db,
    rows.map(({ event }) => event),
  )
  return new Map(
    rows.flatMap(row => {
      const file = files.find(({ event }) => event.id === row.event[0])
      if (!file) return []
      const id = row.registration_id
      const record: RegistrationRecord = open(seal, id, row.record)
      const { units, ...detail } = seal.openJson<ResultDetail>(`result.detail:${row.import_id} ${id}`, row.detail)
      const told = row.told_at.toTemporalInstant()
      const fact: ResultFact = {
        ...detail,
        event: eventFact(file),
        number: row.number,
        name: record.name,
        trade: TRADES.get(row.trade) ?? row.trade,
        outcome: row.outcome,
        validDay: row.valid_until,
        lacking: units.flatMap(([unit, outcome]) => (outcome === 'BK' ? [unit] : [])),
        corrected: false,
        birthDate: record.birth_date,
        phone: record.phone,
        appealUntil: appealUntil(file, told).toString(),
        appealOver: appealIsOver(file, told, row.now.toTemporalInstant()),
        appeal: row.appeal === null ? null : { number: row.appeal, open: row.appeal_open },
        renewal: row.renewal,
        locked: row.locked,
      }
      return [[id, fact] as const]
    }),
  )
}

/** Keeps an appeal and opens its task; null where there is none to be had any more. The person's own conversation is
 * locked, so that there is never a second one. */
export async function keepAppeal(
  trx: Db,
  seal: Seal,
  { waiting }: Person,
  { number, answers }: Extract<Ask, { readonly kind: 'appeal' }>,
): Promise<Outcome> {
  const rows = await readResultsOf(trx, waiting.conversation_id)
  const row = rows.find(one => one.number === number)
  const result = row && (await openResults(trx, seal, [row])).get(row.registration_id)
  if (!row || result?.outcome !== 'BK' || result.appealOver || result.appeal?.open)
    return { kind: 'appeal', appeal: null }
  const [id, task] = [randomUUIDv7(), randomUUIDv7()]
  const appeal = `${number}/B${(await countAppeals(trx, row.registration_id)) + 1}`
  const [explained, discussed, helped, reason] = answers
  const detail = { name: result.name, appeal, explained, discussed, helped, reason }
  await addTasks(trx, [
    {
      id: task,
      kind: 'appeal',
      event_id: result.event.id,
      conversation_id: waiting.conversation_id,
      registration_id: row.registration_id,
      detail: seal.sealJson(`task.detail:${task}`, detail),
      matter: `appeal ${appeal}`,
    },
  ])
  await addAppeal(trx, {
    id,
    registration_id: row.registration_id,
    number: appeal,
    answers: seal.sealJson(`appeal.answers:${id}`, answers),
    task_id: task,
  })
  return { kind: 'appeal', appeal }
}

/**
 * The conversation of who holds a certificate and was born then. A chat has a few tries a day: who tries more hears
 * nothing about any of them.
 */
export async function findHolder(
  trx: Db,
  seal: Seal,
  { chat_id, conversation_id }: Person['waiting'],
  { certificate, birth }: Extract<Destination, { readonly kind: 'found' }>,
): Promise<string | 'same' | 'limited' | undefined> {
  const tried = { chat_id, nik_key: seal.lookup('certificate and birth', `${certificate} ${birth}`) }
  if ((await tryNiks(trx, [tried])).has(chat_id)) return 'limited'
  const holders = await readHolders(trx, seal.lookup('certificate', certificate))
  const holder = holders.find(one => open(seal, one.registration_id, one.record).birth_date === birth)
  return holder?.conversation_id === conversation_id ? 'same' : holder?.conversation_id
}
