// A worker registers over Telegram from end to end: our whole house, a Bot API over HTTP on loopback, real PostgreSQL.
import { setTimeout as pause } from 'node:timers/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTelegram } from '../src/bots/telegram/telegram.ts'
import { ticketFor } from '../src/files/ticket.ts'
import type { RegistrationRecord } from '../src/flows/facts.ts'
import { type Jobs, startWorker } from '../src/jobs/worker.ts'
import { loadSampleEvent } from '../src/sample-event.ts'
import { noteChats } from '../src/turn.ts'
import { card } from './files/samples.ts'
import { freshDatabase, type TestDatabase } from './support/database.ts'
import type { Person } from './support/telegram-people.ts'
import { type Fault, startTelegramServer, type TelegramServer } from './support/telegram-server.ts'

let data: TestDatabase
let server: TelegramServer
let jobs: Jobs
let stop: AbortController
let polling: Promise<void>

beforeAll(async () => {
  data = await freshDatabase()
  await loadSampleEvent(data.house)
  server = await startTelegramServer()
  const { house } = data
  const config = { token: server.token, apiRoot: server.root }
  const bot = createTelegram(config, ticket => ticketFor(house.seal, ticket), house.log)
  jobs = startWorker(house, [bot], { databaseUrl: data.url, redisUrl: undefined, pace: false })
  stop = new AbortController()
  polling = bot.poll({ receive: jobs.receive, news: news => noteChats(house, news) }, stop.signal)
})

afterAll(async () => {
  stop.abort()
  await polling
  await jobs.stop()
  await server.close()
  await data.close()
})

/** The value of a query once there is one; the house works behind the chat. */
async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 500; tries++) {
    const found = await look()
    if (found !== undefined) return found
    await pause(20)
  }
  throw new Error('waited in vain for the database')
}
/** What the house stores about a person's chat. */
const chatOf = ({ id }: Person) => {
  const key = data.house.seal.lookup('address', `telegram ${server.token.split(':')[0]} ${id}`)
  return data.house.db.selectFrom('chat').selectAll().where('address_key', '=', key).executeTakeFirstOrThrow()
}
const registrationsOf = async (person: Person) => {
  const { conversation_id } = await chatOf(person)
  return data.house.db.selectFrom('registration').selectAll().where('conversation_id', '=', conversation_id).execute()
}
/** The person's reply that came to such an end, as soon as there is one. */
const replyThat = async (state: string, person: Person) => {
  const { id } = await chatOf(person)
  const rows = data.house.db.selectFrom('ledger').selectAll().where('chat_id', '=', id).where('state', '=', state)
  return eventually(() => rows.executeTakeFirst())
}
const sentTo = ({ id }: Person) => server.calls('sendMessage').filter(call => call.chat_id === String(id))

let people = 100
const newPerson = () => server.person(++people)

type Step = readonly [say: (person: Person) => unknown, hear: RegExp]
const says = (text: string) => (person: Person) => person.says(text)
const presses = (label: string) => (person: Person) => person.presses(label)
const nik = (number: string): Step => [says(number), /lahir 17 Agustus 1985/i]
const photo = await card()

const UP_TO_NAME: readonly Step[] = [
  [says('P'), /apakah bapak\/ibu setuju/i],
  [presses('Setuju'), /nama lengkap/i],
]
const UP_TO_PHONE: readonly Step[] = [
  ...UP_TO_NAME,
  [says('<b>Budi</b> *tok* Santoso'), /berapa NIK/i],
  nik('3575 0117 0885 9001'),
  [presses('Ya'), /bapak\/ibu lahir, sesuai KTP/i],
  [says('pasuruan'), /nomor HP/i],
]
const TO_SUMMARY: readonly Step[] = [
  [person => person.sharesContact(), /alamat rumah/i],
  [says('Jl. Erlangga No. 156 RT 05 RW 01, Sekargadung, Purworejo, Kota Pasuruan'), /asosiasi/i],
  [says('gapensi'), /jabatan kerja/i],
  [says('saya tukang batu pak'), /berapa tahun/i],
  [says('kira2 10 tahun'), /ijazah terakhir/i],
  [presses('SMP / MTs'), /foto KTP/i],
  [person => person.sendsPhoto(photo), /pas foto/i],
  [person => person.sendsDocument(photo, 'image/png'), /foto ijazah/i],
  [says('lewati'), /data bapak\/ibu/i],
]

/** Walks through steps; each answer is waited for. */
async function walk(person: Person, ...steps: readonly Step[]): Promise<void> {
  for (const [say, hear] of steps) {
    say(person)
    await person.hears(hear)
  }
}

describe('a worker on Telegram', () => {
  it('registers with the contact button, photos and a ticket picture, the name as typed', async () => {
    const person = newPerson()
    await walk(person, ...UP_TO_PHONE)
    expect(person.last()?.buttons).toEqual([['Kirim nomor HP saya']])
    await walk(person, ...TO_SUMMARY)
    person.presses('YA, sudah benar')
    const { text } = await person.hears(/Nomor pendaftaran: PSR-\d{5}[A-Z]/)
    await server.until(
      () => 'the ticket',
      () => person.last()?.photo !== undefined,
    )
    expect((await sharp(person.last()?.photo).metadata()).format).toBe('png')

    const [row] = await registrationsOf(person)
    for (const message of [text, person.last()?.text]) expect(message).toContain(row?.number)
    for (const message of [text, person.last()?.text]) expect(message).toContain('<b>Budi</b> *tok* Santoso')
    expect(row).toMatchObject({ name: '<b>Budi</b> *tok* Santoso', status: 'MENUNGGU_VERIFIKASI' })
    const record: RegistrationRecord = data.house.seal.openJson(`registration.record:${row?.id}`, row?.record as Buffer)
    expect(record).toMatchObject({ phone: person.phone, phone_proven: true, birth_date: '1985-08-17' })
    expect(record.documents).toMatchObject({ ktp: expect.any(String), portrait: expect.any(String), diploma: null })
  })

  it('gets one number for a YA pressed twice in a second', async () => {
    const person = newPerson()
    await walk(person, ...UP_TO_PHONE.with(3, nik('3575 0117 0885 9002')), ...TO_SUMMARY)
    person.presses('YA, sudah benar')
    person.presses('YA, sudah benar')
    await person.hears(/Nomor pendaftaran/)
    await server.until(
      () => 'the second press answered',
      () => person.popups().length === 1,
    )
    expect(await registrationsOf(person)).toHaveLength(1)
  })

  it('is not taken for the owner of somebody else’s contact', async () => {
    const person = newPerson()
    const steps = UP_TO_PHONE.with(3, nik('3575 0117 0885 9003'))
    await walk(person, ...steps, [p => p.sharesContact(false), /nomor HP/i])
    expect((await chatOf(person)).phone).toBeNull()
  })

  it('finds that an old or forged button changes nothing', async () => {
    const person = newPerson()
    await walk(person, ...UP_TO_NAME, [says('BUDI SANTOSO'), /berapa NIK/i])
    const seen = person.sees().length
    person.presses('Tidak setuju')
    for (const data of ['0:CONSENT', '999:YES', 'drop table', undefined]) person.forges(data)
    await server.until(
      () => 'five pop-ups',
      () => person.popups().length === 5,
    )
    for (const popup of person.popups()) expect(popup).toContain('tidak berlaku')
    expect(person.sees()).toHaveLength(seen)
    await walk(person, nik('3575 0117 0885 9004'))
  })
})

describe('when Telegram', () => {
  let person: Person
  const name = says('BUDI SANTOSO')
  const asked = () => person.sees().filter(message => /berapa NIK/i.test(message.text)).length
  const fails = (fault: Fault) => server.fails('sendMessage', fault, { chat: person.id })

  beforeEach(async () => {
    person = newPerson()
    await walk(person, ...UP_TO_NAME)
  })

  it('asks to wait, the answers leave after that, in order', async () => {
    fails({ status: 429, description: 'Too Many Requests', retryAfter: 1 })
    name(person)
    await server.until(
      () => 'the refusal',
      () => sentTo(person).length === 3,
    )
    person.says('jadwal')
    await person.hears(/berapa NIK/i)
    await person.hears(/jadwal/i)
  })

  it('says that the person blocked the bot, nothing more is sent until he writes again', async () => {
    fails({ status: 403, description: 'Forbidden: bot was blocked by the user' })
    name(person)
    expect(await replyThat('failed', person)).toMatchObject({ why: 'blocked' })
    expect((await chatOf(person)).blocked_at).not.toBeNull()
    await walk(person, [says('/start'), /berapa NIK/i])
    expect((await chatOf(person)).blocked_at).toBeNull()
  })

  it('refuses one message for good, the conversation goes on', async () => {
    fails({ status: 400, description: 'Bad Request: some reason' })
    name(person)
    expect(await replyThat('failed', person)).toMatchObject({ why: 'Bad Request: some reason' })
    await walk(person, [says('lanjut'), /berapa NIK/i])
  })

  it.each([{ status: 500 }, { status: 502, description: 'Bad Gateway' }])(
    'answers $status, the reply is uncertain and not sent again',
    async fault => {
      fails(fault)
      name(person)
      await replyThat('uncertain', person)
      expect(sentTo(person)).toHaveLength(3)
      await walk(person, [says('lanjut'), /berapa NIK/i])
      expect(sentTo(person)).toHaveLength(4)
    },
  )

  it.each(['reset', 'malformed'] as const)('takes a reply and breaks off (%s), it is not sent again', async fault => {
    fails(fault)
    name(person)
    await replyThat('uncertain', person)
    await walk(person, nik('3575 0117 0885 9005'))
    expect(asked()).toBe(1)
  })
})
