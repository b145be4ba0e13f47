// The seats of an event, whatever happens at once: on real PostgreSQL, while a reader looks.
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { expireOffers, lockSeats } from '../../src/db/seats.ts'
import type { ListLine } from '../../src/domain/nominee-list.ts'
import type { ClaimAsk, ClaimOutcome, OfficeAsk, OfficeOutcome } from '../../src/flows/office-types.ts'
import { settleClaim } from '../../src/turn/claim.ts'
import { settleOffice } from '../../src/turn/office.ts'
import type { Person } from '../../src/turn/person.ts'
import { importSample, setClock } from '../cli/support.ts'
import { freshDatabase } from '../support/database.ts'

const EVENT = 'pasuruan-2025-10'
const ASSOCIATIONS = 'gapensi gapeksindo gapeknas aspekindo aksi askumindo askonas gabpeknas gatensi ataki'.split(' ')
const database = await freshDatabase()
const { db, seal } = database.house
const HANDS = 9
afterAll(() => database.close())

beforeEach(async () => {
  await sql`truncate event, conversation, chat, inbox, ledger cascade`.execute(db)
  await setClock(database.house, '2025-09-20T09:00:00+07:00')
  await importSample(database.house)
})

/** Somebody who chats; an officer where an association is named. */
async function personOf(association?: string): Promise<Person> {
  const [conversation, chat, id] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  await db.insertInto('conversation').values({ id: conversation }).execute()
  const address = seal.seal(`chat.address:${chat}`, chat)
  const address_key = seal.lookup('address', chat)
  await db
    .insertInto('chat')
    .values({ id: chat, channel: 'simulator', account: 'x', address, address_key, conversation_id: conversation })
    .execute()
  await db.insertInto('chat_conversation').values({ chat_id: chat, conversation_id: conversation }).execute()
  if (association)
    await db
      .insertInto('officer')
      .values({ id, event_id: EVENT, association, chat_id: chat, conversation_id: conversation })
      .execute()
  const office = association ? { id, event: EVENT, association } : null
  return { waiting: { conversation_id: conversation, chat_id: chat, office, now: new Date() } } as unknown as Person
}

const office = <A extends OfficeAsk>(officer: Person, ask: A) =>
  db.transaction().execute(trx => settleOffice(trx, seal, officer, ask)) as Promise<
    Extract<OfficeOutcome, { kind: A['kind'] }>
  >
const claim = (person: Person, ask: ClaimAsk): Promise<ClaimOutcome> =>
  db.transaction().execute(trx => settleClaim(trx, seal, person, ask))

let names = 0
const line = (): ListLine => ({ n: 1, said: '', warn: [], name: `Orang ${String(++names).padStart(4, 'A')}` })
const save = (officer: Person, ...lines: ListLine[]) =>
  office(officer, { kind: 'office_save', event: EVENT, lines: lines.map((one, i) => ({ ...one, n: i + 1 })) })
const view = async (officer: Person) => (await office(officer, { kind: 'office_view', event: EVENT })).view

/** Everything that must hold in whatever state a reader can see. */
async function broken(): Promise<readonly string[]> {
  const { rows } = await sql<{ what: string }>`
    select 'more holders than seats' as what from seat where event_id = ${EVENT} having count(holder) > 75
    union all
    select 'an ended nomination holds a seat' from seat join nomination on holder = nomination.id
      where state in ('BATAL', 'KEDALUWARSA', 'CADANGAN', 'DIPERIKSA')
    union all
    select 'a nomination without its seat' from nomination
      where state in ('DIUSULKAN', 'DIKLAIM', 'DITAWARI') and not exists (select from seat where holder = nomination.id)
    union all
    select 'a foreign holder' from seat where holder_from <> association and taken_at < across_from
    union all
    select 'a free seat while somebody waits' from seat where holder is null and exists (
      select from nomination where nomination.association = seat.association and queue is not null)
    union all
    select 'a later one was offered a seat before an earlier one' from nomination as later
      join nomination as earlier using (event_id, association)
      where later.state = 'DITAWARI' and earlier.state = 'CADANGAN' and earlier.created_at < later.created_at
        -- Who let an offer run out and opened his link again has asked to come back, behind the others.
        and earlier.offers = 0
    union all
    select 'an offer to who gave a seat up' from nomination where offers > 1 and conversation_id is null
    union all
    select 'more than the reserve holds' from nomination where queue is not null
      group by association having count(*) > 15`.execute(db)
  return rows.map(({ what }) => what)
}

/** A repeatable order of chances. */
function chances(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test.each([1, 2, 3])('200 operations at once keep every rule in every state a reader sees (seed %i)', async seed => {
  const chance = chances(seed)
  const officers = await Promise.all(ASSOCIATIONS.map(personOf))
  const pick = () => officers[chance(officers.length)] as Person
  // Full houses with a reserve, so that what follows is contested.
  await Promise.all(officers.map(officer => save(officer, ...Array.from({ length: 8 }, line))))
  const nominate = () => save(pick(), line())
  const cancel = async () => {
    const officer = pick()
    const active = (await view(officer)).nominees.filter(({ state }) => state !== 'BATAL' && state !== 'KEDALUWARSA')
    const one = active[chance(active.length)]
    if (one) await office(officer, { kind: 'office_cancel', event: EVENT, id: one.id })
  }
  const answerOffer = async () => {
    const nominees = (await view(pick())).nominees.filter(({ state }) => state === 'DITAWARI')
    const one = nominees[chance(nominees.length)]
    if (!one) return
    if (chance(2)) {
      const person = await personOf()
      opened.push({ id: one.id, token: one.token, person })
      return claim(person, { kind: 'claim_open', event: EVENT, code: one.token })
    }
    // Its time is over.
    await sql`update seat set offered_until = app_now() where holder = ${one.id} and offered_until is not null`.execute(
      db,
    )
    await db.transaction().execute(async trx => expireOffers(trx, await lockSeats(trx, EVENT)))
  }
  // Who has opened the link of an offer gives the seat up later, or asks to come back.
  const opened: { readonly id: string; readonly token: string; readonly person: Person }[] = []
  const changeMind = async () => {
    const { id, token, person } = opened[chance(opened.length)] ?? {}
    if (!id || !person || !token) return
    if (chance(2)) return claim(person, { kind: 'claim_open', event: EVENT, code: token })
    await sql`update seat set offered_until = app_now() + interval '1 hour' where holder = ${id}`.execute(db)
    return claim(person, { kind: 'offer', event: EVENT, id, take: chance(2) === 1 })
  }
  const operations = Array.from({ length: 200 }, () => [nominate, cancel, cancel, answerOffer, changeMind][chance(5)])
  let over = false
  const seen = new Set<string>()
  let looks = 0
  const reader = (async () => {
    while (!over) {
      for (const what of await broken()) seen.add(what)
      looks++
    }
  })()
  // As many at once as there are connections: who waits for one would give up on a busy machine.
  const left = operations.values()
  await Promise.all(
    Array.from({ length: HANDS }, async () => {
      for (const operation of left) await operation?.()
    }),
  )
  over = true
  await reader
  expect([...seen]).toEqual([])
  expect(looks).toBeGreaterThan(3)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from nomination where offers > 0`.execute(db)
  expect(rows[0]?.n).toBeGreaterThan(0)
})

test('the reserve is served in its order, and an offer nobody takes goes to the next', async () => {
  const officer = await personOf('aksi')
  await save(officer, ...Array.from({ length: 11 }, line))
  const [first] = (await view(officer)).nominees
  await office(officer, { kind: 'office_cancel', event: EVENT, id: first?.id ?? '' })
  const states = async () => (await view(officer)).nominees.map(({ state, reserve }) => reserve ?? state)
  expect((await states()).slice(8)).toEqual(['DITAWARI', 1, 2])
  await setClock(database.house, '2025-09-21T09:00:01+07:00')
  await db.transaction().execute(async trx => expireOffers(trx, await lockSeats(trx, EVENT)))
  expect((await states()).slice(8)).toEqual(['KEDALUWARSA', 'DITAWARI', 1])
  const told = await db.selectFrom('ledger').select(['purpose', 'recipient', 'state']).execute()
  expect(told).toHaveLength(2)
  expect(told[0]).toMatchObject({ purpose: 'tawaran-pengurus', state: 'queued' })
})

test('who let his offer run out comes back at the end of the reserve when he asks', async () => {
  const officer = await personOf('aksi')
  await save(officer, ...Array.from({ length: 10 }, line))
  const [first, , , , , , , , ninth] = (await view(officer)).nominees
  await office(officer, { kind: 'office_cancel', event: EVENT, id: first?.id ?? '' })
  await setClock(database.house, '2025-09-21T09:00:01+07:00')
  await db.transaction().execute(async trx => expireOffers(trx, await lockSeats(trx, EVENT)))
  await save(officer, line())
  const outcome = await claim(await personOf(), { kind: 'claim_open', event: EVENT, code: ninth?.token ?? '' })
  expect(outcome).toMatchObject({ how: 'open', reserve: 2 })
})

test('from its time on a seat crosses over to another association, and its origin is kept', async () => {
  const [aksi, ataki] = [await personOf('aksi'), await personOf('ataki')]
  await save(aksi, ...Array.from({ length: 9 }, line))
  await setClock(database.house, '2025-10-05T16:00:00+07:00')
  await db.transaction().execute(async trx => expireOffers(trx, await lockSeats(trx, EVENT)))
  expect((await view(aksi)).nominees.at(-1)).toMatchObject({ state: 'DITAWARI' })
  const crossed = await db
    .selectFrom('seat')
    .selectAll()
    .where('holder_from', '=', 'aksi')
    .where('association', '!=', 'aksi')
    .execute()
  expect(crossed).toHaveLength(1)
  expect((await view(ataki)).nominees).toEqual([])
})

test('nothing is offered once the event has begun, and a full reserve is refused with its number', async () => {
  const officer = await personOf('aksi')
  await save(officer, ...Array.from({ length: 23 }, line))
  expect(await save(officer, line())).toMatchObject({ saved: [], full: 1 })
  await setClock(database.house, '2025-10-08T07:30:00+07:00')
  const [first] = (await view(officer)).nominees
  await office(officer, { kind: 'office_cancel', event: EVENT, id: first?.id ?? '' })
  expect((await view(officer)).nominees.filter(({ state }) => state === 'DITAWARI')).toEqual([])
})

test('the schema itself refuses two seats for one, and a foreign holder before the time', async () => {
  const officer = await personOf('aksi')
  await save(officer, line())
  const { id } = await db.selectFrom('nomination').select('id').executeTakeFirstOrThrow()
  const put = (association: string) =>
    sql`
    update seat set holder = ${id}, holder_from = 'aksi', taken_at = app_now()
    where event_id = ${EVENT} and place = (
      select place from seat where association = ${association} and holder is null order by place limit 1)`.execute(db)
  await expect(put('aksi')).rejects.toThrow('seat_holder_key')
  await sql`update seat set holder = null, holder_from = null, taken_at = null`.execute(db)
  await expect(put('ataki')).rejects.toThrow('seat_check')
})
