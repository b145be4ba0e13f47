// The Cloud API's number: what Meta posts, what it refuses, what people see; over HTTP on loopback.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accept, returnForRepair } from '../../src/cli/decide.ts'
import { shiftClock } from '../../src/db/installation.ts'
import { TEMPLATES } from '../../src/flows/templates.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { card } from '../files/samples.ts'
import { type Desk, openDesk } from '../support/cloud-desk.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { emptyHouse } from '../support/empty.ts'
import type { Person } from '../support/graph-people.ts'
import { type GraphServer, PHONE_ID, seconds, sign, startGraphServer, VERIFY_TOKEN } from '../support/graph-server.ts'
import { ORDINARY } from '../support/ordinary.ts'
import { openEvent } from '../support/world.ts'

const AT = { channel: 'cloud', account: PHONE_ID }
const EVENT = 'pasuruan-2025-10'

let data: TestDatabase
let graph: GraphServer
let desk: Desk
let people = 0
let niks = 0

beforeAll(async () => {
  data = await freshDatabase()
  graph = await startGraphServer()
  desk = await openDesk(data.house, data.url, graph)
})
beforeEach(async () => {
  const { db } = data.house
  graph.fate('sent')
  await emptyHouse(data.house)
  await sql`update installation set clock_shift = '2025-09-20T09:00:00+07:00'::timestamptz - clock_timestamp()`.execute(
    db,
  )
  await openEvent(data.house)
})
afterAll(async () => {
  await desk.stop()
  await graph.close()
  await data.close()
})

const stranger = () => graph.person(`ID.${String(++people).padStart(16, '0')}`)

async function register(person: Person): Promise<string> {
  await person.says('daftar')
  await person.hears(/setuju/i)
  const nik = `35750117088590${String(++niks % 100).padStart(2, '0')}`
  for (const text of Object.values({ ...ORDINARY, nik })) {
    const before = person.sees().length
    await person.says(text)
    await graph.until(
      () => `an answer to ${text}`,
      () => person.sees().length > before,
    )
  }
  const { text } = await person.hears(/Nomor pendaftaran: /)
  await person.hears(/^Nomor PSR/)
  return /Nomor pendaftaran: (\S+)/.exec(text)?.[1] as string
}

const notices = async () =>
  (
    await sql<{ state: string; why: string | null; purpose: string }>`
    select purpose, state, why from ledger where purpose <> 'reply' order by created_at`.execute(data.house.db)
  ).rows

async function sendDue(): Promise<void> {
  await sweep(data.house, AT, (what, at) => desk.jobs.ring(what, at))
}

describe('the webhook', () => {
  const url = () => `${desk.address}/webhooks/whatsapp`
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [] })
  const rows = async () => (await sql`select from inbox`.execute(data.house.db)).rows.length

  it("answers Meta's challenge only to who knows our words", async () => {
    const ask = (token: string) =>
      fetch(`${url()}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`)
    expect(await (await ask(VERIFY_TOKEN)).text()).toBe('1158201444')
    expect((await ask('guess')).status).toBe(403)
  })

  it('refuses a wrong, a foreign and a missing signature, and stores nothing', async () => {
    const message = { from: '6281234567890', id: 'wamid.x', timestamp: seconds(), type: 'text', text: { body: 'P' } }
    const value = { metadata: { phone_number_id: PHONE_ID }, messages: [message] }
    const forged = JSON.stringify({ entry: [{ changes: [{ field: 'messages', value }] }] })
    expect(await graph.postRaw(forged, undefined)).toBe(401)
    expect(await graph.postRaw(forged, sign(forged, 'another secret'))).toBe(401)
    expect(await graph.postRaw(forged, sign(body))).toBe(401)
    expect(await graph.postRaw(forged, 'sha256=')).toBe(401)
    expect(await rows()).toBe(0)
    expect(await graph.postRaw(forged, sign(forged))).toBe(200)
    expect(await rows()).toBe(1)
  })

  it('answers what is no JSON, and takes nothing that was posted for another number', async () => {
    expect(await graph.postRaw('{', sign('{'))).toBe(400)
    const message = { from: '6281234567890', id: 'wamid.y', timestamp: seconds(), type: 'text', text: { body: 'P' } }
    expect(await graph.post({ messages: [message] }, { phoneId: '999' })).toBe(200)
    expect(await rows()).toBe(0)
  })

  it('stores a message once that is posted twice', async () => {
    const person = stranger()
    await person.says('P', 'wamid.twice')
    await person.says('P', 'wamid.twice')
    await person.hears(/setuju/i)
    expect(await rows()).toBe(1)
  })

  it('takes several messages of one post in their order', async () => {
    const messages = ['daftar', 'setuju', 'Budi Santoso'].map((text, i) => ({
      from: '6281234500001',
      id: `wamid.m${i}`,
      timestamp: seconds(),
      type: 'text',
      text: { body: text },
    }))
    await graph.post({ messages })
    await graph.person('6281234500001').hears(/NIK/)
  })
})

describe('what people see', () => {
  it('is a whole registration by buttons, lists and words, with the ticket as a picture', async () => {
    const person = stranger()
    const number = await register(person)
    expect(number).toMatch(/^PSR-\d{5}[A-Z]$/)
    const types = new Set(person.sees().map(({ type }) => type))
    expect(types).toEqual(new Set(['buttons', 'text', 'list', 'image']))
    expect(person.sees().at(-1)?.picture).toEqual(Buffer.of(1, 2, 3))
  })

  it('takes a pressed button, and changes nothing by an old or a forged one', async () => {
    const person = stranger()
    await person.says('daftar')
    await person.hears(/setuju/i)
    await person.presses('Setuju')
    await person.hears(/nama lengkap/)
    await person.pressesId('1:YES')
    await person.hears(/tidak berlaku/)
    await person.pressesId('drop table')
    await person.hears(/tidak berlaku/)
  })

  it('fetches a photo from the API, and refuses one that is too big or lies elsewhere', async () => {
    const person = stranger()
    const picture = await card()
    await person.says('daftar')
    for (const text of Object.values(ORDINARY).slice(0, -4)) await person.says(text)
    await person.hears(/KTP/)
    await person.sendsImage(picture, { size: 20 * 1024 * 1024 })
    await person.hears(/besar/)
    await person.sendsImage(picture, { url: 'http://169.254.169.254/latest/meta-data' })
    await shiftClock(data.house.db, '61 seconds')
    await sendDue()
    await person.hears(/kirim lagi|coba lagi|sekali lagi/i)
    await person.sendsImage(picture)
    await person.hears(/pas foto/i)
    const { rows } = await sql<{ type: string }>`select type from file`.execute(data.house.db)
    expect(rows).toEqual([{ type: 'image/jpeg' }])
  })

  it('goes on in one chat where a person is known by a number first, by both then, and by an id alone at last', async () => {
    const person = graph.person('6281234599999')
    await person.says('daftar')
    await person.hears(/setuju/i)
    person.isKnownBy({ number: '6281234599999', userId: 'ID.777' })
    await person.says('setuju')
    await person.hears(/nama lengkap/)
    person.isKnownBy({ userId: 'ID.777' })
    await person.says('Budi Santoso')
    await person.hears(/NIK/)
    expect((await sql`select from chat`.execute(data.house.db)).rows).toHaveLength(1)
  })
})

describe('what became of a message', () => {
  const states = async () =>
    (await sql<{ state: string }>`select state from ledger order by created_at`.execute(data.house.db)).rows.map(
      r => r.state,
    )

  it('is delivered and read, in whatever order it is told and however often', async () => {
    const person = stranger()
    await person.says('P')
    const shown = await person.hears(/setuju/i)
    await graph.postStatus(shown, 'read')
    expect(await states()).toEqual(['read'])
    await graph.postStatus(shown, 'delivered')
    await graph.postStatus(shown, 'read')
    expect(await states()).toEqual(['read'])
  })

  it('is uncertain after a reset, and never sent again by the process that saw it', async () => {
    const person = stranger()
    graph.fail('reset')
    await person.says('P')
    await expect.poll(states).toEqual(['uncertain'])
    await sendDue()
    expect(person.sees()).toHaveLength(1)
  })

  it('waits as long as Meta says, and burns no try: throughput, and too many to one person', async () => {
    for (const code of [130429, 131056]) {
      const person = stranger()
      graph.fail({ code })
      await person.says('P')
      await expect.poll(async () => (await states()).at(-1)).toBe('queued')
      await shiftClock(data.house.db, '1 minute')
      await sendDue()
      await expect.poll(() => person.sees().length, { timeout: 20_000 }).toBe(1)
    }
  }, 60_000)

  it('closes a chat that cannot be reached, whether told at once or afterwards', async () => {
    const [now, later] = [stranger(), stranger()]
    graph.fail({ code: 131026 })
    await now.says('P')
    await expect.poll(states).toEqual(['failed'])
    graph.fate({ failed: 131026 })
    await later.says('P')
    await expect.poll(states).toEqual(['failed', 'failed'])
    const { rows } = await sql`select from chat where blocked_at is not null`.execute(data.house.db)
    expect(rows).toHaveLength(2)
  })

  it('says in /healthz when the token is refused', async () => {
    expect(desk.bot.health()).toBe('ok')
    expect(desk.bot.perDay()).toBe(2_000)
  })
})

describe('outside the 24-hour window', () => {
  it('a notice leaves as its template, with buttons that count', async () => {
    const person = stranger()
    const number = await register(person)
    await shiftClock(data.house.db, '30 hours')
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    const { template, choices } = await person.hears(/sapa_diterima_hadir/)
    expect(template).toMatchObject({ language: 'id' })
    expect(template?.values).toContain(number)
    await person.pressesId(choices[0]?.id as string)
    await person.hears(/Terima kasih/)
    expect((await notices()).map(({ state }) => state)).toEqual(['accepted'])
  })

  it('inside it the same notice leaves in free words', async () => {
    const person = stranger()
    await register(person)
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    expect((await person.hears(/Selamat/)).type).toBe('buttons')
  })

  it('a notice without a template waits and says so, and leaves once the person writes', async () => {
    const person = stranger()
    const number = await register(person)
    await shiftClock(data.house.db, '30 hours')
    const { perbaikan, ...others } = TEMPLATES
    Object.assign(TEMPLATES, { perbaikan: undefined })
    await returnForRepair(data.house, number, 'Foto KTP buram', 'Bu Rina')
    await sendDue()
    const why = 'outside the 24-hour window: no template for perbaikan'
    await expect.poll(notices).toMatchObject([{ state: 'queued', why }])
    Object.assign(TEMPLATES, { perbaikan, ...others })
    await person.says('status')
    await shiftClock(data.house.db, '6 minutes')
    await sendDue()
    expect((await person.hears(/Foto KTP buram/)).template).toBeUndefined()
  })

  it('a template that is not approved waits, and so does what Meta thinks is outside', async () => {
    const person = stranger()
    await register(person)
    await shiftClock(data.house.db, '30 hours')
    graph.fail({ code: 132001 })
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    await expect.poll(notices).toMatchObject([{ state: 'queued', why: 'error 132001: the template is not approved' }])
    graph.fate({ failed: 131047 })
    await shiftClock(data.house.db, '61 minutes')
    await sendDue()
    await expect.poll(notices).toMatchObject([{ state: 'queued', why: 'error 131047: outside the 24-hour window' }])
    graph.fate('delivered')
    await shiftClock(data.house.db, '16 minutes')
    await sendDue()
    await expect.poll(notices).toMatchObject([{ state: 'delivered' }])
  })
})

describe('the limits of a number', () => {
  it('a day holds so many people as its tier says; the others wait and say why', async () => {
    const crowd = [stranger(), stranger(), stranger()]
    for (const person of crowd) await register(person)
    await shiftClock(data.house.db, '30 hours')
    graph.limit('TIER_2')
    await desk.lookAgain()
    await accept(data.house, { allOf: EVENT }, 'Bu Rina')
    await sendDue()
    await expect.poll(async () => (await notices()).filter(({ state }) => state === 'accepted').length).toBe(2)
    await sendDue()
    await expect.poll(async () => (await notices()).at(-1)?.why).toBe('daily cap: 2')
    await shiftClock(data.house.db, '24 hours')
    await crowd[2]?.says('status')
    await sendDue()
    await expect.poll(async () => (await notices()).filter(({ state }) => state === 'accepted').length).toBe(3)
    graph.limit('TIER_2K')
    await desk.lookAgain()
  })
})
