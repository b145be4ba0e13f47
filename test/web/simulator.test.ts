// The simulator's server: its people, what they send, what their phones show.
import { get } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonView } from '../../src/web/simulator/view.ts'
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
  await desk.say(person, 'telegram', 'daftar')
  const { telegram, whatsapp } = (await desk.view(person)).chats
  expect(telegram.bubbles[0]).toMatchObject({ mine: true, text: 'daftar', ticks: 2 })
  expect(telegram.bubbles.at(-1)).toMatchObject({
    mine: false,
    text: expect.stringContaining('Apakah Bapak/Ibu setuju?'),
  })
  expect(
    telegram.bubbles
      .at(-1)
      ?.buttons?.flat()
      .map(({ label }) => label),
  ).toEqual(['Setuju', 'Tidak setuju'])
  expect(whatsapp.bubbles).toEqual([])
})

test('WhatsApp’s look has no buttons: the choices stand in the text, by numbers', async () => {
  const person = await desk.person()
  await desk.say(person, 'whatsapp', 'daftar')
  const last = (await desk.view(person)).chats.whatsapp.bubbles.at(-1)
  expect(last?.buttons).toBeUndefined()
  expect(last?.text).toMatch(/1\. Setuju\n2\. Tidak setuju/)
})

test('a pressed button answers its question and leaves no message', async () => {
  const person = await desk.person()
  await desk.say(person, 'telegram', 'daftar')
  const consent = (await desk.view(person)).chats.telegram.bubbles.at(-1)
  const value = consent?.buttons?.[0]?.[0]?.value
  const said = { kind: 'button', asked: consent?.asked, value, message: consent?.id }
  await desk.post(`/simulator/people/${person.id}/telegram/messages`, { id: crypto.randomUUID(), said })
  const { bubbles, stored } = (await desk.view(person)).chats.telegram
  expect(bubbles.at(-1)?.text).toContain('Siapa nama lengkap')
  expect(bubbles.filter(bubble => bubble.mine)).toHaveLength(1)
  expect(stored?.question).toBe('Nama')
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
  for (const text of ['daftar', 'setuju', person.name, person.nik, 'ya', 'Pasuruan', person.phone])
    await desk.say(person, 'telegram', text)
  const { stored } = (await desk.view(person)).chats.telegram
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
  expect((await desk.post('/simulator/clock', { hours: -1 })).status).toBe(400)
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
