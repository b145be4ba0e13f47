// A worker registers over WhatsApp from end to end: our house, real Baileys, a server that speaks its protocol, PostgreSQL.
import { randomUUID } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RegistrationRecord } from '../../src/flows/facts.ts'
import { loadSampleEvent } from '../../src/sample-event.ts'
import { card, pdf } from '../files/samples.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type Desk, linkNumber, openDesk } from '../support/whatsapp-desk.ts'
import type { Person } from '../support/whatsapp-server/people.ts'
import { startWhatsAppServer, type WhatsAppServer } from '../support/whatsapp-server/server.ts'

let data: TestDatabase
let server: WhatsAppServer
let desk: Desk
let people = 0
const newPerson = (name = 'Budi') => server.person(`62812000000${String(++people).padStart(2, '0')}`, name)

beforeAll(async () => {
  data = await freshDatabase()
  await loadSampleEvent(data.house)
  server = await startWhatsAppServer()
  desk = openDesk(data.house, data.url, server.url)
  await linkNumber(data.house, server)
})
afterAll(async () => {
  await desk?.stop()
  await server?.close()
  await data?.close()
})

type Step = readonly [say: (person: Person) => unknown, hear: RegExp]
const says = (text: string) => (person: Person) => person.says(text)
async function walk(person: Person, ...steps: readonly Step[]): Promise<void> {
  for (const [say, hear] of steps) {
    await say(person)
    await person.hears(hear)
  }
}

const photo = await card()
const steps = (nik: string): readonly Step[] => [
  [says('P'), /setuju/i],
  [says('setuju'), /nama lengkap/i],
  [says('*Budi* Santoso'), /berapa NIK/i],
  [says(nik), /lahir 17 Agustus 1985/i],
  [says('ya'), /bapak\/ibu lahir, sesuai KTP/i],
  [says('pasuruan'), /nomor/i],
  [says('1'), /alamat rumah/i],
  [says('Jl. Erlangga No. 156 RT 05 RW 01, Sekargadung, Purworejo, Kota Pasuruan'), /asosiasi/i],
  [says('gapensi'), /jabatan kerja/i],
  [says('saya tukang batu pak'), /berapa tahun/i],
  [says('kira2 10 tahun'), /ijazah terakhir/i],
  [says('SMP'), /foto KTP/i],
  [person => person.sendsImage(photo), /pas foto/i],
  [person => person.sendsImage(photo), /ijazah/i],
  [person => person.sendsDocument(pdf(), 'application/pdf'), /data bapak\/ibu/i],
]

describe.each(['lid', 'pn'] as const)('a worker on WhatsApp, addressed by %s', addressing => {
  it('registers with photos and gets the ticket as a picture', async () => {
    const person = newPerson()
    person.account.addressing = addressing
    await walk(person, ...steps(addressing === 'lid' ? '3575 0117 0885 9001' : '3575 0117 0885 9002'))
    await person.says('YA')
    const { text } = await person.hears(/Nomor pendaftaran: PSR-\d{5}[A-Z]/)
    await server.until(
      () => 'the ticket',
      () => person.sees().some(({ picture }) => picture !== undefined),
    )
    const ticket = person.sees().find(({ picture }) => picture !== undefined)
    expect((await sharp(ticket?.picture).metadata()).format).toBe('png')
    const number = /PSR-\d{5}[A-Z]/.exec(text)?.[0] ?? ''
    const row = await data.house.db
      .selectFrom('registration')
      .selectAll()
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    const record: RegistrationRecord = data.house.seal.openJson(`registration.record:${row.id}`, row.record)
    expect(record).toMatchObject({ phone: person.phone, phone_proven: true })
    expect(record.documents).toMatchObject({ ktp: expect.any(String), diploma: expect.any(String) })
  })
})

it('files of ours arrive as documents with their names: a PDF, a spreadsheet', async () => {
  const person = newPerson()
  await walk(person, [says('P'), /setuju/i])
  const address = `${person.account.lid}@lid`
  const link = 'https://wa.me/628?text=DAFTAR'
  const cards = { title: 'Kartu QR', people: [{ name: 'Budi', codes: [{ label: 'WhatsApp', link }], typed: link }] }
  const table = { name: 'peserta.xlsx', rows: [['Nama'], ['Budi']] }
  await desk.bot.send({ id: randomUUID(), address, reply: { text: 'Ini kartunya.', cards } })
  await desk.bot.send({ id: randomUUID(), address, reply: { text: 'Ini daftarnya.', table } })
  const files = () => person.sees().flatMap(({ file }) => file ?? [])
  await server.until(
    () => 'both files',
    () => files().length === 2,
  )
  expect(files().map(({ name }) => name)).toEqual(['kartu-qr.pdf', 'peserta.xlsx'])
  const types = await Promise.all(files().map(({ bytes }) => fileTypeFromBuffer(bytes)))
  expect(types.map(type => type?.ext)).toEqual(['pdf', 'xlsx'])
  expect(files()[0]?.bytes.subarray(-6).toString()).toContain('%%EOF')
})

describe('whatever else people send', () => {
  const answers: readonly (readonly [what: string, send: (person: Person) => Promise<unknown>, hear: RegExp])[] = [
    ['a voice note', p => p.sends({ audioMessage: { ptt: true } }), /suara/i],
    ['a video', p => p.sends({ videoMessage: {} }), /video|tulis|ketik/i],
    ['a sticker', p => p.sends({ stickerMessage: {} }), /stiker|tulis|ketik/i],
    [
      'a place',
      p => p.sends({ locationMessage: { degreesLatitude: -7.6, degreesLongitude: 112.9 } }),
      /lokasi|tulis|ketik/i,
    ],
    ['a poll', p => p.sends({ pollCreationMessageV3: { name: 'x', options: [] } }), /poll|tulis|ketik/i],
    [
      'a correction',
      p => p.sends({ protocolMessage: { type: 14, editedMessage: { conversation: 'x' } } }),
      /ubah|sunting|tulis|kirim/i,
    ],
    ['what no client knows yet', p => p.sends({ orderMessage: { orderId: '1' } }), /tulis|ketik|baca/i],
  ]
  it.each(answers)('%s is answered in words', async (_, send, hear) => {
    const person = newPerson()
    await walk(person, [says('P'), /setuju/i], [says('setuju'), /nama lengkap/i])
    await send(person)
    await person.hears(hear)
    await walk(person, [says('Budi Santoso'), /berapa NIK/i])
  })

  it('reactions, deletions and votes are nobody’s turn; groups and status are left alone', async () => {
    const person = newPerson()
    await walk(person, [says('P'), /setuju/i])
    const seen = person.sees().length
    const key = { remoteJid: 'x', id: person.last()?.id ?? '', fromMe: true }
    await person.sends({ reactionMessage: { key, text: '👍' } })
    await person.sends({ protocolMessage: { type: 0, key } })
    await person.sends({ pollUpdateMessage: { pollCreationMessageKey: key } })
    await person.sends({ conversation: 'halo semua' }, '', {
      from: '123@g.us',
      participant: `${person.account.lid}@lid`,
    })
    await person.sends({ conversation: 'cerita' }, '', {
      from: 'status@broadcast',
      participant: `${person.account.lid}@lid`,
    })
    await walk(person, [says('setuju'), /nama lengkap/i])
    expect(person.sees()).toHaveLength(seen + 1)
  })

  it('a call is declined and answered', async () => {
    const person = newPerson()
    await walk(person, [says('P'), /setuju/i])
    const from = `${person.account.lid}@lid`
    server.tell({
      tag: 'call',
      attrs: { from, id: 'c1', t: String(Math.floor(Date.now() / 1000)) },
      content: [
        { tag: 'offer', attrs: { 'call-id': 'CALL1', 'call-creator': from, caller_pn: `${person.pn}@s.whatsapp.net` } },
      ],
    })
    await person.hears(/suara/i)
  })
})

it('what a phone says of a message is in the ledger: delivered, then read', async () => {
  const person = newPerson()
  person.account.reads = true
  await walk(person, [says('P'), /setuju/i])
  const message = person.last()?.id as string
  const state = () =>
    data.house.db.selectFrom('ledger').select(['state', 'message_id']).where('message_id', '=', message).execute()
  await expect.poll(state).toEqual([{ state: 'read', message_id: message }])
})

it('a phone learnt later joins the same person', async () => {
  const person = newPerson()
  person.account.addressing = 'lid without phone'
  await walk(person, [says('P'), /setuju/i], [says('setuju'), /nama lengkap/i])
  person.account.addressing = 'pn'
  await walk(person, [says('Budi Santoso'), /berapa NIK/i])
  person.account.addressing = 'lid'
  await walk(person, [says('3575 0117 0885 9009'), /lahir 17 Agustus/i])
})

it('a phone that lost its keys is asked again, and nothing is lost', async () => {
  const person = newPerson()
  await walk(person, [says('P'), /setuju/i])
  person.forgets()
  await walk(person, [says('setuju'), /nama lengkap/i], [says('Budi Santoso'), /berapa NIK/i])
})

it('a message that we can’t open is asked for again, and answered once', async () => {
  const person = newPerson()
  await walk(person, [says('P'), /setuju/i])
  const seen = person.sees().length
  person.garbles()
  await walk(person, [says('setuju'), /nama lengkap/i])
  expect(person.sees()).toHaveLength(seen + 1)
})
