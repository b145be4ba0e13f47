// What leaves for Telegram and what each refusal means, over HTTP on loopback.
import { createServer } from 'node:net'
import { Api } from 'grammy'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bot, Refused } from '../../src/bots/port.ts'
import { createSend } from '../../src/bots/telegram/send.ts'
import { createTelegram } from '../../src/bots/telegram/telegram.ts'
import { createFetch } from '../../src/bots/telegram/transport.ts'
import type { Reply } from '../../src/flows/types.ts'
import { startTelegramServer, type TelegramServer } from '../support/telegram-server.ts'

const log = pino({ level: 'silent' })
const PNG = Buffer.from('\x89PNG a ticket')
const drawTicket = async () => PNG
const options = [
  { value: 'YA', label: 'Ya' },
  { value: 'TIDAK', label: 'Tidak' },
]

let server: TelegramServer
let bot: Bot
let person: ReturnType<TelegramServer['person']>

beforeEach(async () => {
  server = await startTelegramServer()
  bot = createTelegram({ token: server.token, apiRoot: server.root }, drawTicket, log)
  person = server.person(101)
  person.says('/start')
})
afterEach(() => server.close())

let ids = 0
const send = (reply: Reply, rest: { id?: string; press?: { callback: string; message: string } } = {}) =>
  bot.send({ id: `r${++ids}`, address: '101', reply, ...rest })
const refusal = (sent: Promise<unknown>) =>
  sent.then(
    () => 'accepted',
    error => (error instanceof Refused ? error.refusal : Promise.reject(error)),
  )

describe('a reply', () => {
  it('leaves as typed: no markup is read into names, no page is looked up for a link', async () => {
    await send({ text: '<b>Budi</b> *tukang* _batu_ https://example.com' })
    expect(person.last()).toMatchObject({ byBot: true, text: '<b>Budi</b> *tukang* _batu_ https://example.com' })
    const [call] = server.calls('sendMessage')
    expect(call).toMatchObject({ link_preview_options: { is_disabled: true } })
    expect(call).not.toHaveProperty('parse_mode')
  })

  it('shows its choices as buttons that carry the turn', async () => {
    const { messageId } = await send({ text: 'Benar?', options, asked: 7 })
    expect(person.last()).toMatchObject({ id: Number(messageId), buttons: [['Ya', 'Tidak']] })
    person.presses('Tidak')
    expect(server.world.updates.at(-1)).toMatchObject({ callback_query: { data: '7:TIDAK' } })
  })

  it('shows a numbered menu where a value is too long for a button', async () => {
    await send({
      text: 'Pilih',
      options: [{ value: 'x'.repeat(70), label: 'Satu' }],
      asked: 7,
      hint: 'Balas dengan angkanya.',
    })
    expect(person.last()).toMatchObject({ buttons: [], text: 'Pilih\n\n1. Satu\nBalas dengan angkanya.' })
  })

  it('sends a document behind its words', async () => {
    const { messageId } = await send({
      text: 'Data Bapak/Ibu:',
      document: { name: 'data-saya.txt', text: 'Nama: Budi' },
    })
    expect(person.last()).toMatchObject({ id: Number(messageId), document: Buffer.from('Nama: Budi') })
    expect(server.calls('sendMessage')).toHaveLength(1)
  })

  it('asks for the contact with a keyboard that the next message takes away', async () => {
    await send({ text: 'Nomor HP?', shareContact: { label: 'Bagikan nomor saya', hint: 'Tekan tombol.' } })
    expect(server.calls('sendMessage')[0]?.reply_markup).toEqual({
      keyboard: [[{ text: 'Bagikan nomor saya', request_contact: true }]],
      one_time_keyboard: true,
      resize_keyboard: true,
    })
    await send({ text: 'Alamat?' })
    expect(server.calls('sendMessage')[1]?.reply_markup).toEqual({ remove_keyboard: true })
  })

  it('that is long leaves in several messages, the last with the buttons', async () => {
    await send({ text: `${'kata '.repeat(1000)}akhir`, options, asked: 1 })
    const seen = person.sees().slice(1)
    expect(seen.map(message => message.buttons)).toEqual([[], [['Ya', 'Tidak']]])
    expect(seen.map(message => message.text).join(' ')).toBe(`${'kata '.repeat(1000)}akhir`)
  })
})

describe('a ticket', () => {
  const ticket = { number: 'PSR-00001A', name: 'Budi', event: 'Pelatihan' }

  it('is a picture with the text under it', async () => {
    await send({ text: 'Nomor pendaftaran: PSR-00001A', ticket })
    expect(person.last()).toMatchObject({ text: 'Nomor pendaftaran: PSR-00001A', photo: PNG })
  })

  it('is followed by the text where that is too long for a caption', async () => {
    await send({ text: 'a'.repeat(1025), ticket, options, asked: 1 })
    const [picture, words] = person.sees().slice(1)
    expect(picture).toMatchObject({ text: '', photo: PNG, buttons: [] })
    expect(words).toMatchObject({ text: 'a'.repeat(1025), buttons: [['Ya', 'Tidak']] })
  })
})

describe('a press', () => {
  async function pressed() {
    const { messageId } = await send({ text: 'Halaman 1', options, asked: 1 })
    return { callback: person.presses('Ya'), message: String(messageId) }
  }
  const acknowledged = (press: { callback: string }) =>
    server.until(
      () => 'an acknowledged press',
      () => server.world.presses.get(press.callback)?.answered === true,
    )

  it('is acknowledged beside the answer', async () => {
    const press = await pressed()
    await send({ text: 'Terima kasih' }, { press })
    await acknowledged(press)
    expect(person.last()?.text).toBe('Terima kasih')
    expect(person.popups()).toEqual([])
  })

  it('may be answered by a pop-up alone, which has no id', async () => {
    const press = await pressed()
    expect(await send({ text: 'Tombol lama', popup: true }, { press })).toEqual({ messageId: null })
    expect(person.popups()).toEqual(['Tombol lama'])
    expect(person.sees()).toHaveLength(2)
  })

  it('that is too old for a pop-up is answered by a message', async () => {
    const { message } = await pressed()
    await send({ text: 'Tombol lama', popup: true }, { press: { callback: 'forgotten', message } })
    expect(person.last()?.text).toBe('Tombol lama')
  })

  it('that asks for nothing more is only acknowledged', async () => {
    const press = await pressed()
    expect(await send({ text: '', popup: true }, { press })).toEqual({ messageId: null })
    await acknowledged(press)
    expect(person.popups()).toEqual([])
    expect(person.sees()).toHaveLength(2)
  })

  it('turns a page in place', async () => {
    const press = await pressed()
    const next: Reply = { text: 'Halaman 2', options, asked: 2, replaces: true }
    expect(await send(next, { press })).toEqual({ messageId: press.message })
    expect(person.sees().slice(1)).toMatchObject([{ text: 'Halaman 2', buttons: [['Ya', 'Tidak']] }])
  })

  it('that changes nothing counts as accepted', async () => {
    const press = await pressed()
    const same: Reply = { text: 'Halaman 1', options, asked: 1, replaces: true }
    expect(await send(same, { press })).toEqual({ messageId: press.message })
    expect(person.sees()).toHaveLength(2)
  })

  it('on a message that can not be edited any more gets a new one', async () => {
    const press = { ...(await pressed()), message: '99999' }
    await send({ text: 'Halaman 2', replaces: true }, { press })
    expect(person.last()?.text).toBe('Halaman 2')
  })
})

describe('a refusal', () => {
  it('to hurry is a wait for that chat', async () => {
    server.fails('sendMessage', { status: 429, description: 'Too Many Requests: retry after 7', retryAfter: 7 })
    expect(await refusal(send({ text: 'a' }))).toEqual({ kind: 'wait', seconds: 7, scope: 'chat' })
    expect(await refusal(send({ text: 'a' }))).toBe('accepted')
  })

  it('of a person who blocked the bot, or of a chat that is not there, is blocked', async () => {
    person.blocks()
    expect(await refusal(send({ text: 'a' }))).toMatchObject({ kind: 'blocked' })
    expect(await refusal(bot.send({ id: 'x', address: '999', reply: { text: 'a' } }))).toMatchObject({
      kind: 'blocked',
    })
  })

  it('of the message itself is rejected', async () => {
    server.fails('sendMessage', { status: 400, description: 'Bad Request: BUTTON_INVALID' })
    expect(await refusal(send({ text: 'a' }))).toEqual({ kind: 'rejected', why: 'Bad Request: BUTTON_INVALID' })
  })

  it('of the token reached nobody', async () => {
    server.fails('sendMessage', { status: 401, description: 'Unauthorized' })
    expect(await refusal(send({ text: 'a' }))).toMatchObject({ kind: 'unreachable' })
  })

  it.each([
    ['500', { status: 500 }],
    ['502', { status: 502, description: 'Bad Gateway' }],
    ['a reset after it was taken', 'reset'],
    ['an answer that is no JSON', 'malformed'],
  ] as const)('by %s leaves it uncertain', async (_name, fault) => {
    server.fails('sendMessage', fault)
    expect(await refusal(send({ text: 'a' }))).toMatchObject({ kind: 'uncertain' })
  })

  it('by silence leaves it uncertain', async () => {
    const api = new Api(server.token, { apiRoot: server.root, fetch: createFetch(0.1) })
    server.fails('sendMessage', 'silence')
    const sent = createSend(api, drawTicket, log)({ id: 's', address: '101', reply: { text: 'a' } })
    expect(await refusal(sent)).toMatchObject({ kind: 'uncertain', why: 'Headers Timeout Error' })
  })

  it('by a server that is not there is surely not sent, and names no token', async () => {
    const gone = createServer().listen(0, '127.0.0.1')
    const { port } = await new Promise<{ port: number }>(resolve =>
      gone.on('listening', () => resolve(gone.address() as { port: number })),
    )
    await new Promise(resolve => gone.close(resolve))
    const away = createTelegram({ token: server.token, apiRoot: `http://127.0.0.1:${port}` }, drawTicket, log)
    const found = await refusal(away.send({ id: 'g', address: '101', reply: { text: 'a' } }))
    expect(found).toMatchObject({ kind: 'unreachable' })
    expect(JSON.stringify(found)).not.toContain('test-token')
  })

  it('of a later part does not send the earlier ones again', async () => {
    const reply: Reply = { text: 'kata '.repeat(1000), options, asked: 1 }
    const second = bot.send({ id: 'long', address: '101', reply })
    server.fails('sendMessage', { status: 429, retryAfter: 1 }, { after: 1 })
    expect(await refusal(second)).toMatchObject({ kind: 'wait' })
    expect(await refusal(bot.send({ id: 'long', address: '101', reply }))).toBe('accepted')
    expect(person.sees().slice(1)).toHaveLength(2)
  })
})
