// The simulator's server: its people, what they send, what their phones show.
import { get } from 'node:http'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator } from '../../src/bots/simulator.ts'
import { personView } from '../../src/web/simulator/person-view.ts'
import { samplePicture } from '../../src/web/simulator/pictures.ts'
import type { Bubble, Person, PersonView } from '../../src/web/simulator/view.ts'
import { type Desk, openDesk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

test('a made-up person has a name, a phone that is nobody’s and two empty phones', async () => {
  const person = await desk.person()
  expect(person.name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
  expect(person.phone).toMatch(/^\+628360000\d{4}$/)
  expect(person.nik).toMatch(/^3575\d{8}9\d{3}$/)
  const view = await desk.view(person)
  expect(view.chats.telegram.bubbles).toEqual([])
  expect(view.chats.whatsapp.stored).toBeNull()
  const answer = await fetch(`${desk.address}/simulator/people`)
  expect(await answer.json()).toMatchObject({ people: [person] })
})

test('only people who were made here are shown', async () => {
  for (const id of ['eko-riyadi-9999', 'EKO', '..%2f..', "x'--"]) {
    expect((await fetch(`${desk.address}/simulator/people/${id}`)).status).toBe(404)
    expect((await fetch(`${desk.address}/simulator/people/${id}/live`)).status).toBe(404)
    const said = { id: crypto.randomUUID(), said: { kind: 'text', text: 'halo' } }
    expect((await desk.post(`/simulator/people/${id}/telegram/messages`, said)).status).toBe(404)
  }
})

test('what is said and what is answered stand on the phone it was said on, and only there', async () => {
  const person = await desk.person()
  const { bubbles } = await desk.say(person, 'telegram', 'daftar')
  expect(bubbles[0]).toMatchObject({ mine: true, text: 'daftar', ticks: 2 })
  expect(bubbles.at(-1)).toMatchObject({ mine: false, text: expect.stringContaining('Apakah Bapak/Ibu setuju?') })
  expect(labels(bubbles.at(-1))).toEqual(['Setuju', 'Tidak setuju'])
  expect((await desk.view(person)).chats.whatsapp.bubbles).toEqual([])
})

test('WhatsApp’s look has no buttons: the choices stand in the text, by numbers', async () => {
  const person = await desk.person()
  const last = (await desk.say(person, 'whatsapp', 'daftar')).bubbles.at(-1)
  expect(last?.buttons).toBeUndefined()
  expect(last?.text).toMatch(/1\. Setuju\n2\. Tidak setuju/)
})

test('a pressed button answers its question and leaves no message', async () => {
  const person = await desk.person()
  await desk.say(person, 'telegram', 'daftar')
  const { bubbles, stored } = await desk.press(person, 'telegram', 'Setuju')
  expect(bubbles.at(-1)?.text).toContain('Siapa nama lengkap')
  expect(bubbles.filter(bubble => bubble.mine)).toHaveLength(1)
  expect(stored?.question).toBe('Nama')
})

test('a list turns its pages in place, and an old button brings a pop-up but no message', async () => {
  const person = await desk.person()
  const popups: string[] = []
  const stop = desk.simulator.listen((_look, { reply }, popup) => void (popup && popups.push(reply.text)))
  await desk.say(person, 'telegram', ...upTo(person, 'address'))
  const before = await desk.say(person, 'telegram', 'gapensi', 'tukang batu', '2 tahun')
  const after = await desk.press(person, 'telegram', 'Lainnya…')
  expect(after.bubbles.map(({ id }) => id)).toEqual(before.bubbles.map(({ id }) => id))
  expect(labels(after.bubbles.at(-1))).not.toEqual(labels(before.bubbles.at(-1)))
  const old = await desk.press(person, 'telegram', 'Tidak setuju')
  stop()
  expect(popups).toHaveLength(1)
  expect(old.bubbles).toEqual(after.bubbles)
})

test('a picture is shown as it was stored; a file of no use is said to be none', async () => {
  const person = await desk.person()
  await desk.say(person, 'whatsapp', ...upTo(person, 'education'))
  const refused = await desk.upload(person, 'whatsapp', Buffer.from('<svg onload="alert(1)"></svg>'))
  expect(refused.stored?.question).toBe('Foto KTP')
  expect(refused.bubbles.findLast(({ mine }) => mine)?.picture).toBeUndefined()
  const { bubbles, stored } = await desk.upload(person, 'whatsapp', await samplePicture('ktp', person))
  expect(stored?.question).toBe('Pas foto')
  const picture = bubbles.findLast(({ mine }) => mine)?.picture
  expect(picture?.type).toBe('image')
  const shown = await fetch(`${desk.address}${picture?.url}`)
  expect(shown.headers.get('content-type')).toBe('image/jpeg')
  expect((await sharp(await shown.bytes()).metadata()).width).toBe(1200)
  const stranger = await desk.person()
  const theirs = picture?.url.replace(person.id, stranger.id)
  expect((await fetch(`${desk.address}${theirs}`)).status).toBe(404)
})

test('a finished registration shows its number, its ticket and no open question; another server shows the same', async () => {
  const person = await desk.person()
  const { bubbles, stored } = await desk.say(person, 'telegram', ...upTo(person, 'education'), ...SKIP_AND_FINISH)
  expect(stored).toMatchObject({ number: expect.stringMatching(/^PSR-\d{5}[A-Z]$/), status: 'MENUNGGU_VERIFIKASI' })
  expect(stored).not.toHaveProperty('question')
  expect(bubbles.map(({ text }) => text).join()).toContain(`Nomor pendaftaran: ${stored?.number}`)
  const ticket = await fetch(`${desk.address}${bubbles.find(({ picture }) => picture)?.picture?.url}`)
  expect(ticket.headers.get('content-type')).toBe('image/png')
  const restarted = await personView(desk.house, createSimulator(), person)
  expect(restarted.chats.telegram.bubbles).toEqual(bubbles)
}, 40_000)

test('a message whose text was erased still has its place', async () => {
  const person = await desk.person()
  const { bubbles } = await desk.say(person, 'whatsapp', 'daftar')
  await desk.house.db
    .updateTable('inbox')
    .set({ payload: null })
    .where('message_id', '=', bubbles[0]?.id ?? '')
    .execute()
  expect((await desk.view(person)).chats.whatsapp.bubbles[0]?.text).toContain('sudah dihapus')
})

test('a repeated message is stored once', async () => {
  const person = await desk.person()
  const message = { id: crypto.randomUUID(), said: { kind: 'text', text: 'P' } }
  const path = `/simulator/people/${person.id}/whatsapp/messages`
  await Promise.all([desk.post(path, message), desk.post(path, message)])
  const { bubbles } = (await desk.view(person)).chats.whatsapp
  expect(bubbles.filter(bubble => bubble.mine)).toHaveLength(1)
})

test('what the house holds is shown with NIK and phone masked', async () => {
  const person = await desk.person()
  const { stored } = await desk.say(person, 'telegram', ...upTo(person, 'phone'))
  const fields = Object.fromEntries(stored?.fields.map(({ label, value }) => [label, value]) ?? [])
  expect(fields.Nama).toBe(person.name)
  expect(fields.NIK).toContain('•')
  const shown = JSON.stringify(stored)
  expect(shown).not.toContain(person.nik)
  expect(shown.replaceAll(/\D/g, '')).not.toContain(person.phone.slice(-8))
})

test('bad bodies are refused and change nothing', async () => {
  const person = await desk.person()
  const path = `/simulator/people/${person.id}/telegram/messages`
  const id = crypto.randomUUID()
  const text = { kind: 'text', text: 'halo' }
  for (const body of [{}, { id, said: text, more: 1 }, { id: 'x', said: text }, { id, said: { kind: 'file' } }])
    expect((await desk.post(path, body)).status).toBe(400)
  expect((await desk.post(`/simulator/people/${person.id}/signal/messages`, { id, said: text })).status).toBe(400)
  const wrong = await desk.post('/simulator/clock', { hours: -1 })
  expect(wrong.status).toBe(400)
  expect(await wrong.json()).toEqual({ error: 'hours: Too small: expected number to be >=1' })
  expect((await desk.view(person)).chats.telegram.bubbles).toEqual([])
})

test('the phone keeps strange text as it was sent', async () => {
  const person = await desk.person()
  const strange = `<b>Budi</b> *tebal* \u202Eabc\u200B 👷🏽 ${'x'.repeat(10_000)}`
  await desk.say(person, 'telegram', strange)
  expect((await desk.view(person)).chats.telegram.bubbles[0]?.text).toBe(strange)
})

test('the clock moves on for everybody', async () => {
  const person = await desk.person()
  const before = (await desk.view(person)).ahead
  expect((await desk.post('/simulator/clock', { hours: 24 })).status).toBe(204)
  expect((await desk.view(person)).ahead - before).toBe(24 * 3_600_000)
})

test('a page of another site, or a name that was pointed here, is refused', async () => {
  const { port } = new URL(desk.address)
  const status = (headers: Record<string, string>, path = '/simulator/people'): Promise<number | undefined> =>
    new Promise((done, fail) => {
      get({ host: '127.0.0.1', port, path, headers }, answer => done(answer.resume().statusCode)).on('error', fail)
    })
  expect(await status({ host: `localhost:${port}` })).toBe(200)
  expect(await status({ host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}` })).toBe(200)
  expect(await status({ host: 'evil.example' })).toBe(403)
  expect(await status({ host: `127.0.0.1.evil.example:${port}` })).toBe(403)
  expect(await status({ host: 'evil.example' }, '/')).toBe(403)
  expect(await status({ host: `127.0.0.1:${port}`, origin: 'https://evil.example' })).toBe(403)
  expect(await status({ host: `127.0.0.1:${port}`, origin: 'null' })).toBe(403)
})

test('an open page hears of every change at once', async () => {
  const person = await desk.person()
  const stream = await fetch(`${desk.address}/simulator/people/${person.id}/live`)
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  const views = readViews(stream)
  expect((await views.next()).value?.chats.telegram.bubbles).toEqual([])
  await desk.say(person, 'telegram', 'daftar')
  for (;;) {
    const { value } = await views.next()
    if (value?.chats.telegram.bubbles.at(-1)?.text.includes('Apakah Bapak/Ibu setuju?')) break
  }
  await views.return(undefined)
})

const labels = (bubble: Bubble | undefined) => bubble?.buttons?.flat().map(({ label }) => label)

/** What somebody says to get through the registration, up to and with the answer to `last`. */
function upTo(person: Person, last: 'phone' | 'address' | 'education'): string[] {
  const first = ['daftar', 'setuju', person.name, person.nik, 'ya', 'Pasuruan', person.phone]
  if (last === 'phone') return first
  const second = [...first, 'Jl. Merdeka No. 5 RT 02 RW 03, Bugul Kidul, Kota Pasuruan']
  return last === 'address' ? second : [...second, 'gapensi', 'tukang batu', '2 tahun', 'SMP']
}
const SKIP_AND_FINISH = ['lewati', 'lewati', 'lewati', 'YA']

async function* readViews({ body }: Response): AsyncGenerator<PersonView> {
  let text = ''
  for await (const bytes of body as ReadableStream<Uint8Array>) {
    text += new TextDecoder().decode(bytes)
    const events = text.split('\n\n')
    text = events.pop() as string
    for (const event of events) {
      const [name, data] = event.split('\n')
      if (name === 'event: view') yield JSON.parse((data as string).slice('data: '.length))
    }
  }
}
