// An organiser's decisions about registrations: status, notice and audit in one transaction; all of them or none.
import type { Transaction } from 'kysely'
import { audit } from '../db/audit.ts'
import { lockState, writeState } from '../db/conversation-state.ts'
import {
  addNotices,
  type Candidate,
  findByNumber,
  findWaiting,
  type LockedEvent,
  lockEvent,
  lockRegistrations,
  writeDecisions,
} from '../db/registration-decide.ts'
import type { Database } from '../db/schema.ts'
import { releaseRegistrations, seatRegistrations } from '../db/seat-registration.ts'
import { sendableFrom } from '../domain/calendar.ts'
import { readRegistrationNumber } from '../domain/number.ts'
import { whyNoSeat } from '../domain/seat.ts'
import type { RegistrationStatus } from '../flows/facts.ts'
import { register } from '../flows/register.ts'
import { reopen } from '../flows/reopen.ts'
import type { State } from '../flows/types.ts'
import type { House } from '../house.ts'
import type { Seal } from '../seal.ts'
import { CommandRefused, groupReasons } from './refuse.ts'

type Trx = Transaction<Database>
export type Accepting = { readonly numbers: readonly string[] } | { readonly allOf: string }

const UNDECIDED: readonly RegistrationStatus[] = ['MENUNGGU_VERIFIKASI', 'CADANGAN', 'PERLU_PERBAIKAN']

/** Accepts these people, or everybody who waits; beyond capacity or a quota nobody is accepted. Gives their numbers. */
export function accept({ db, seal }: House, which: Accepting, by: string): Promise<readonly string[]> {
  return db.transaction().execute(async trx => {
    const wanted = 'allOf' in which ? await findWaiting(trx, which.allOf) : await findAll(trx, which.numbers)
    const accepted: string[] = []
    for (const eventId of eventsOf(wanted)) {
      const event = await lockEvent(trx, eventId)
      const people = await lockUndecided(trx, ofEvent(wanted, eventId), UNDECIDED, 'allOf' in which)
      const seated = await seatRegistrations(trx, event, people)
      const unseated = people.filter(({ id }) => !seated.has(id))
      refuseAny(unseated.map(({ number, association }) => [number, whyNoSeat(event.file, association)] as const))
      await decide(trx, seal, people, 'DITERIMA', { by, action: 'registration.accept' })
      // A file without the rule wants no such message.
      if (event.file.reminders.plan.some(rule => rule.id === 'diterima'))
        await notify(trx, event, people, { purpose: 'diterima', occurrence: 'accepted', priority: 10 })
      accepted.push(...people.map(({ number }) => number))
    }
    return accepted
  })
}

/** Returns a registration to its worker: the conversation asks again what the reason names. */
export function returnForRepair({ db, seal }: House, number: string, why: string, by: string): Promise<string> {
  return db.transaction().execute(async trx => {
    const found = await findOne(trx, number)
    await reopenConversation(trx, seal, found.conversation_id, why)
    const event = await lockEvent(trx, found.event_id)
    const people = await lockUndecided(trx, [found], UNDECIDED)
    const returned = people.map(person => ({ ...person, returns: person.returns + 1 }))
    await decide(trx, seal, returned, 'PERLU_PERBAIKAN', { by, action: 'registration.return', why })
    await notify(trx, event, returned, { purpose: 'perbaikan', occurrence: 'returned', priority: 10 })
    return found.number
  })
}

/** Rejects a registration; its NIK and, where it was accepted, its seat are free again. */
export function reject({ db, seal }: House, number: string, why: string, by: string): Promise<string> {
  return db.transaction().execute(async trx => {
    const found = await findOne(trx, number)
    const event = await lockEvent(trx, found.event_id)
    const people = await lockUndecided(trx, [found], [...UNDECIDED, 'DITERIMA'])
    await decide(trx, seal, people, 'DITOLAK', { by, action: 'registration.reject', why })
    await releaseRegistrations(
      trx,
      event,
      people.map(({ id }) => id),
    )
    await notify(trx, event, people, { purpose: 'ditolak', occurrence: 'rejected', priority: 10 })
    return found.number
  })
}

/** The registrations of these numbers, as typed by a person, in their order. Refused where one is none. */
async function findAll(trx: Trx, typed: readonly string[]): Promise<Candidate[]> {
  const read = typed.map(text => ({ text, number: readRegistrationNumber(text) }))
  refuseAny(read.flatMap(({ text, number }) => (number.ok ? [] : [[text, 'no registration number'] as const])))
  const numbers = [...new Set(read.flatMap(({ number }) => (number.ok ? [number.value] : [])))]
  const found = new Map((await findByNumber(trx, numbers)).map(candidate => [candidate.number, candidate]))
  refuseAny(numbers.filter(number => !found.has(number)).map(number => [number, 'not registered'] as const))
  return numbers.flatMap(number => found.get(number) ?? [])
}

async function findOne(trx: Trx, typed: string): Promise<Candidate> {
  const [found] = await findAll(trx, [typed])
  if (!found) throw new Error('findAll refuses what it does not find')
  return found
}

/**
 * Locks people whose status allows the decision, in the order given. Refused where one's doesn't; with `skip` those are
 * left out: somebody else decided about them meanwhile.
 */
async function lockUndecided(
  trx: Trx,
  people: readonly Candidate[],
  allowed: readonly RegistrationStatus[],
  skip = false,
): Promise<Candidate[]> {
  const ids = people.map(({ id }) => id)
  const locked = new Map((await lockRegistrations(trx, ids)).map(candidate => [candidate.id, candidate]))
  const now = ids.flatMap(id => locked.get(id) ?? [])
  const decided = now.filter(({ status }) => !allowed.some(one => one === status))
  if (!skip) refuseAny(decided.map(({ number, status }) => [number, `already ${status}`] as const))
  return now.filter(person => !decided.includes(person))
}

type Made = { readonly by: string; readonly action: string; readonly why?: string }

async function decide(
  trx: Trx,
  seal: Seal,
  people: readonly Candidate[],
  status: RegistrationStatus,
  { by, action, why }: Made,
): Promise<void> {
  const decisions = people.map(({ id, returns }) => {
    return { id, returns, status, why: why === undefined ? null : seal.seal(`registration.why:${id}`, why) }
  })
  await writeDecisions(trx, decisions)
  const detail = (former: string) => ({ former, status, ...(why !== undefined && { why }) })
  await audit(
    trx,
    seal,
    people.map(person => ({ by, action, subject: person.number, detail: detail(person.status) })),
  )
}

/** Queues the notice for the next moment at which the event allows messages; after the event it is of no use. */
async function notify(
  trx: Trx,
  { file, now, ends_at }: LockedEvent,
  people: readonly Candidate[],
  notice: { readonly purpose: string; readonly occurrence: string; readonly priority: number },
): Promise<void> {
  const due = sendableFrom(now.toTemporalInstant(), file.reminders, file.event.timezone)
  const times = { due_at: new Date(due.epochMilliseconds), expires_at: ends_at }
  const revision = (person: Candidate) => (notice.purpose === 'perbaikan' ? person.returns : 0)
  await addNotices(
    trx,
    { ...notice, ...times, event_id: file.event.id },
    people.map(person => ({ ...person, revision: revision(person) })),
  )
}

async function reopenConversation(trx: Trx, seal: Seal, id: string, why: string): Promise<void> {
  const place = `conversation.state:${id}`
  const sealed = await lockState(trx, id)
  if (!sealed) return
  const state = reopen(register, seal.openJson<State>(place, sealed), why)
  await writeState(trx, id, { state: seal.sealJson(place, state), question: state.question })
}

function refuseAny(reasons: readonly (readonly [number: string, why: string])[]): void {
  if (reasons.length > 0) throw new CommandRefused(`nothing was changed: ${groupReasons(reasons)}`)
}

const eventsOf = (people: readonly Candidate[]) => [...new Set(people.map(({ event_id }) => event_id))].sort()
const ofEvent = (people: readonly Candidate[], id: string) => people.filter(({ event_id }) => event_id === id)
