// Carries out what people can contest, for a whole batch: by kind, in a fixed order.
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely } from 'kysely'
import { findNominees, linkRegistration, type Nominee } from '../db/claim.ts'
import { comeBack } from '../db/come-back.ts'
import { tryNiks } from '../db/people.ts'
import { correct, type Entry, freeNiks, register, takeNumbers, withdraw } from '../db/registration.ts'
import { eraseFiles } from '../db/retention.ts'
import type { Database } from '../db/schema.ts'
import { releaseRegistrations } from '../db/seat-registration.ts'
import { returnToLine } from '../db/seat-return.ts'
import { lockSeats } from '../db/seats.ts'
import type { Waiting } from '../db/waiting.ts'
import { registrationNumber } from '../domain/number.ts'
import type { Ask, Outcome } from '../flows/asks.ts'
import type { RegistrationRecord, RegistrationStatus } from '../flows/facts.ts'
import type { Seal } from '../seal.ts'
import { settleClaim } from './claim.ts'
import { filesInRecords } from './files.ts'
import { move } from './move.ts'
import { settleOffice } from './office.ts'
import type { Person } from './person.ts'
import { collectResults, keepAppeal } from './results.ts'
import { collect, erase, findSent, makeCode } from './rights.ts'

type Db = Kysely<Database>
type Asked = { readonly person: Person; readonly waiting: Waiting; readonly ask: Ask }
type AskOf<Kind extends Ask['kind']> = Extract<Ask, { readonly kind: Kind }>
type AskedFor<Kind extends Ask['kind']> = Asked & { readonly ask: AskOf<Kind> }
type RegisterOutcome = Extract<Outcome, { readonly kind: 'register' }>

/** Settles the asks of a batch, in the order in which their people wait; gives each ask its outcome. A chat that
 * changed over to another conversation has none: its message is taken again there. */
export async function settle(trx: Db, seal: Seal, asked: readonly Asked[]): Promise<Map<Ask, Outcome>> {
  const settled = await settleNikFree(trx, seal, ofKind(asked, 'nik_free'))
  const changing = [...ofKind(asked, 'register'), ...ofKind(asked, 'withdraw'), ...ofKind(asked, 'come_back')]
  for (const event of [...new Set(changing.map(({ ask }) => ask.event))].sort()) {
    const here = changing.filter(({ ask }) => ask.event === event)
    settled.push(...(await settleEvent(trx, seal, event, here)))
  }
  for (const one of asked) {
    const outcome = await settleOwn(trx, seal, one)
    if (outcome) settled.push([one.ask, outcome])
  }
  return new Map(settled)
}

/** What concerns one person alone. Rare: one by one. */
function settleOwn(trx: Db, seal: Seal, { person, ask }: Asked): Promise<Outcome | undefined> | undefined {
  switch (ask.kind) {
    case 'link_code':
      return makeCode(trx, seal, person)
    case 'my_data':
      return collect(trx, seal, person)
    case 'why_sent':
      return findSent(trx, seal, person)
    case 'erase':
      return erase(trx, seal, person)
    case 'results':
      return collectResults(trx, seal, person)
    case 'appeal':
      return keepAppeal(trx, seal, person, ask)
    case 'move':
      return move(trx, seal, person, ask)
    case 'office_view':
    case 'office_results':
    case 'office_judge':
    case 'office_save':
    case 'office_cancel':
    case 'office_replace':
    case 'office_resend':
      return settleOffice(trx, seal, person, ask)
    case 'claim':
    case 'claim_open':
    case 'offer':
      return settleClaim(trx, seal, person, ask)
    default:
      return undefined
  }
}

const ofKind = <Kind extends Ask['kind']>(asked: readonly Asked[], kind: Kind) =>
  asked.filter((one): one is AskedFor<Kind> => one.ask.kind === kind)

async function settleNikFree(trx: Db, seal: Seal, asked: readonly AskedFor<'nik_free'>[]): Promise<[Ask, Outcome][]> {
  if (asked.length === 0) return []
  const rows = asked.map(({ waiting, ask }) => ({ ...owner(waiting, ask), nik_key: seal.lookup('nik', ask.nik) }))
  const limited = await tryNiks(
    trx,
    asked.map(({ waiting }, n) => ({ chat_id: waiting.chat_id, nik_key: rows[n]?.nik_key as Buffer })),
  )
  // Looked for in any case, so that an answer's time tells nothing.
  const free = await freeNiks(trx, rows)
  return asked.map(({ waiting, ask }, n) => {
    if (limited.has(waiting.chat_id)) return [ask, { kind: 'nik_free', free: false, limited: true }]
    return [ask, { kind: 'nik_free', free: free.has(n) }]
  })
}

/** What changes an event's registrations, under the event's lock, which everybody takes before those of its rows. */
async function settleEvent(trx: Db, seal: Seal, event: string, asked: readonly Asked[]): Promise<[Ask, Outcome][]> {
  const registering = ofKind(asked, 'register')
  const known = registering.filter(({ waiting, ask }) => ownRegistration(waiting, ask))
  const fresh = registering.filter(({ waiting, ask }) => !ownRegistration(waiting, ask))
  const { first, prefix } = await takeNumbers(trx, event, fresh.length)
  return [
    ...(await withdrawAll(trx, event, ofKind(asked, 'withdraw'))),
    ...(await comeBackAll(trx, ofKind(asked, 'come_back'))),
    ...(await correctAll(trx, seal, known)),
    ...(await registerAll(trx, seal, fresh, n => registrationNumber(prefix, first + n))),
  ]
}

/** The seats they had go to the next in the reserve. */
async function withdrawAll(trx: Db, event: string, asked: readonly AskedFor<'withdraw'>[]): Promise<[Ask, Outcome][]> {
  if (asked.length === 0) return []
  const done = await withdraw(
    trx,
    asked.map(({ waiting, ask }) => owner(waiting, ask)),
  )
  if (done.size > 0) await releaseRegistrations(trx, await lockSeats(trx, event), [...done.values()])
  return asked.map(({ ask }, n) => [ask, { kind: 'withdraw', done: done.has(n) }])
}

/** One after the other, since each may take the last seat. */
async function comeBackAll(trx: Db, asked: readonly AskedFor<'come_back'>[]): Promise<[Ask, Outcome][]> {
  const settled: [Ask, Outcome][] = []
  for (const { waiting, ask } of asked) {
    settled.push([ask, { kind: 'come_back', ...(await comeBack(trx, { ...owner(waiting, ask), number: ask.number })) }])
  }
  return settled
}

/** Who has a registration already corrects it. */
async function correctAll(trx: Db, seal: Seal, asked: readonly AskedFor<'register'>[]): Promise<[Ask, Outcome][]> {
  if (asked.length === 0) return []
  const entries = asked.map(({ waiting, ask }) =>
    entry(seal, waiting, ask, ownRegistration(waiting, ask)?.id ?? randomUUIDv7()),
  )
  const named = () => Promise.all(asked.map(({ waiting }) => filesInRecords(trx, seal, waiting.conversation_id)))
  const before = await named()
  const corrected = await correct(trx, entries)
  // A picture that was sent anew leaves its former one to nobody.
  const now = await named()
  const replaced = before.flatMap((files, n) => [...files].filter(id => !now[n]?.has(id)))
  if (replaced.length > 0) await eraseFiles(trx, replaced)
  return asked.map(({ ask }, n) => {
    const one = corrected.get(entries[n]?.id ?? '')
    return [ask, !one || one.taken ? TAKEN : registered(one.number, one.status)]
  })
}

async function registerAll(
  trx: Db,
  seal: Seal,
  asked: readonly AskedFor<'register'>[],
  number: (n: number) => string,
): Promise<[Ask, Outcome][]> {
  if (asked.length === 0) return []
  const entries: Entry[] = asked.map(({ waiting, ask }, n) => ({
    ...entry(seal, waiting, ask, randomUUIDv7()),
    number: number(n),
  }))
  const nominees = await findNominees(trx, entries[0]?.event_id ?? '', entries)
  const won = await register(
    trx,
    entries.map(one => nominated(seal, one, nominees.get(one.conversation_id))),
  )
  const settled: [Ask, Outcome][] = []
  for (const [n, { ask }] of asked.entries()) {
    const { id, number, conversation_id } = entries[n] as Entry
    const nominee = nominees.get(conversation_id)
    if (!won.has(id)) settled.push([ask, TAKEN])
    else
      settled.push([
        ask,
        { ...registered(number, 'MENUNGGU_VERIFIKASI'), ...(nominee && (await claimed(trx, nominee, id, ask))) },
      ])
  }
  return settled
}

/** Who lets an offer run out and finishes his registration after all, asks by that to come back. */
async function claimed(trx: Db, nominee: Nominee, id: string, { event }: AskOf<'register'>) {
  const status = await linkRegistration(trx, nominee, id)
  if (!nominee.lapsed) return { status }
  const place = await returnToLine(trx, await lockSeats(trx, event), nominee)
  if (place.kind === 'full') return { status, full: place.n }
  return { status: place.kind === 'seat' ? status : ('CADANGAN' as const) }
}

/** Whoever was nominated belongs to who nominated him, whatever he says. */
function nominated(seal: Seal, entry: Entry, nominee: Nominee | undefined): Entry {
  if (!nominee || nominee.association === entry.association) return entry
  const place = `registration.record:${entry.id}`
  const record = { ...seal.openJson<RegistrationRecord>(place, entry.record), association: nominee.association }
  return { ...entry, association: nominee.association, record: seal.sealJson(place, record) }
}

const TAKEN: RegisterOutcome = { kind: 'register', taken: true }
const registered = (number: string, status: string): RegisterOutcome => ({
  kind: 'register',
  number,
  status: status as RegistrationStatus,
})

const owner = (waiting: Waiting, ask: { readonly event: string }) => ({
  conversation_id: waiting.conversation_id,
  event_id: ask.event,
})

/** The person's registration for the event that is still active. */
const ownRegistration = (waiting: Waiting, ask: { readonly event: string }) =>
  waiting.registrations.find(
    ({ event, status }) => event === ask.event && status !== 'DITOLAK' && status !== 'MENGUNDURKAN_DIRI',
  )

function entry(seal: Seal, waiting: Waiting, ask: AskedFor<'register'>['ask'], id: string): Omit<Entry, 'number'> {
  const { record } = ask
  return {
    id,
    ...owner(waiting, ask),
    nik_key: seal.lookup('nik', record.nik),
    name: record.name,
    trade: record.trade,
    level: record.level,
    association: record.association,
    record: seal.sealJson(`registration.record:${id}`, record),
    ktp_file: record.documents.ktp,
  }
}
