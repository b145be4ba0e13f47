// What the bot makes of Telegram's updates. The payloads are as Telegram sends them, names and numbers changed.
import type { Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import { fromData, toData } from '../../src/bots/button.ts'
import { understand } from '../../src/bots/telegram/update.ts'

const from = { id: 5550001, is_bot: false, first_name: 'Slamet', last_name: 'Riyadi', language_code: 'id' }
const chat = { id: 5550001, first_name: 'Slamet', last_name: 'Riyadi', type: 'private' }
const message = (content: object) => ({ message_id: 71, from, chat, date: 1761998400, ...content })
const group = { id: -1002200, title: 'Tukang Pasuruan', type: 'supergroup' }

const read = (...updates: object[]) =>
  understand('4242', updates.map((update, i) => ({ update_id: 900 + i, ...update })) as Update[])
const said = (content: object) => read({ message: message(content) }).messages[0]?.said

describe('a message', () => {
  it('becomes text under an id and an order of its own', () => {
    expect(read({ message: message({ text: 'Assalamualaikum, mau daftar' }) }).messages).toEqual([
      {
        channel: 'telegram',
        account: '4242',
        address: '5550001',
        messageId: 'm5550001.71',
        order: 900,
        said: { kind: 'text', text: 'Assalamualaikum, mau daftar' },
      },
    ])
  })

  it('keeps a start link as the text it is', () => {
    const entities = [{ offset: 0, length: 6, type: 'bot_command' }]
    expect(said({ text: '/start Ab3_x-9', entities })).toEqual({ kind: 'text', text: '/start Ab3_x-9' })
  })

  it('is only a remark when it was edited, and has another id each time', () => {
    const edit = (edit_date: number) => ({ edited_message: message({ text: 'Slamet', edit_date }) })
    const { messages } = read(edit(1761998460), edit(1761998470))
    expect(messages.map(m => m.said)).toEqual(Array(2).fill({ kind: 'other', what: 'edit' }))
    expect(messages.map(m => m.messageId)).toEqual(['e5550001.71.1761998460', 'e5550001.71.1761998470'])
  })

  it('that is a live location does not answer each of its moves', () => {
    const location = { latitude: -7.64, longitude: 112.9, live_period: 900 }
    expect(read({ edited_message: message({ location, edit_date: 1761998470 }) }).messages).toEqual([])
  })

  it.each([
    ['voice', { voice: { file_id: 'v', file_unique_id: 'v', duration: 3, mime_type: 'audio/ogg' } }],
    ['voice', { audio: { file_id: 'a', file_unique_id: 'a', duration: 3 } }],
    ['video', { video: { file_id: 'v', file_unique_id: 'v', width: 1, height: 1, duration: 3 } }],
    ['video', { animation: { file_id: 'g' }, document: { file_id: 'g', file_unique_id: 'g' } }],
    ['sticker', { sticker: { file_id: 's', file_unique_id: 's', type: 'regular' } }],
    ['location', { location: { latitude: -7.64, longitude: 112.9 } }],
    ['poll', { poll: { id: '1', question: '?', options: [] } }],
    ['unknown', { dice: { emoji: '🎲', value: 4 } }],
  ])('that can not be read is told as %s', (what, content) => {
    expect(said(content)).toEqual({ kind: 'other', what })
  })
})

describe('a contact', () => {
  const contact = { phone_number: '6281234567890', first_name: 'Slamet' }

  it('is the sender’s own where Telegram says so, and then its number is vouched for', () => {
    const [own] = read({ message: message({ contact: { ...contact, user_id: from.id } }) }).messages
    expect(own?.said).toEqual({ kind: 'contact', phone: '+6281234567890', own: true })
    expect(own?.phone).toBe('+6281234567890')
  })

  it('of somebody else, or of nobody known, is not', () => {
    for (const user of [{ user_id: 5550002 }, {}]) {
      const [other] = read({ message: message({ contact: { ...contact, ...user } }) }).messages
      expect(other?.said).toEqual({ kind: 'contact', phone: '6281234567890', own: false, name: 'Slamet' })
      expect(other?.phone).toBeUndefined()
    }
  })
})

describe('a file', () => {
  const size = (file_id: string, file_size: number) => ({
    file_id,
    file_unique_id: file_id,
    width: 1,
    height: 1,
    file_size,
  })

  it('is the largest photo of at most 10 MB, with its caption', () => {
    const photo = [size('small', 1_200), size('large', 180_000), size('huge', 11_000_000)]
    expect(said({ photo, caption: 'KTP saya' })).toEqual({
      kind: 'remote_file',
      file: { ref: 'large', bytes: 180_000, caption: 'KTP saya' },
    })
  })

  it('may be a document whose size Telegram does not tell', () => {
    const document = { file_id: 'doc', file_unique_id: 'doc', file_name: 'ijazah.pdf', mime_type: 'application/pdf' }
    expect(said({ document })).toEqual({ kind: 'remote_file', file: { ref: 'doc' } })
  })
})

describe('a press', () => {
  const press = (content: object) => ({ callback_query: { id: '77001', from, chat_instance: '8', ...content } })
  const on = { message_id: 70, chat, date: 1761998390, from: { id: 4242, is_bot: true, first_name: 'Sapa' }, text: '?' }

  it('carries the turn of its question, and the same id however often it is delivered', () => {
    const { messages } = read(press({ message: on, data: '12:YA' }), press({ message: on, data: '12:YA' }))
    expect(messages[0]).toMatchObject({
      address: '5550001',
      said: { kind: 'button', asked: 12, value: 'YA' },
      press: { callback: '77001', message: '70' },
    })
    expect(messages.map(m => m.messageId)).toEqual(['c77001', 'c77001'])
  })

  it.each(['', 'YA', ':YA', '12:', '-3:YA', '1e3:YA', '99999999999:YA', '{"a":1}', undefined])(
    'with foreign data (%s) belongs to no turn',
    data => {
      expect(read(press({ message: on, data })).messages[0]?.said).toEqual({ kind: 'button', asked: -1, value: '' })
    },
  )

  it('on a message that Telegram no longer shows is still a press', () => {
    const gone = { message_id: 3, chat, date: 0 }
    expect(read(press({ message: gone, data: '1:a' })).messages[0]?.press?.message).toBe('3')
    expect(read(press({ data: '1:a' })).messages[0]?.address).toBe('5550001')
  })

  it('reads back what a button was given, unless Telegram would not take it', () => {
    expect(fromData(toData(3, 'tukang:batu\n2'))).toEqual({ asked: 3, value: 'tukang:batu\n2' })
    expect(toData(3, 'é'.repeat(31))).toBe(`3:${'é'.repeat(31)}`)
    expect(toData(3, 'é'.repeat(32))).toBeUndefined()
  })
})

describe('a chat', () => {
  const member = (status: string, where: object = chat) => ({
    my_chat_member: { chat: where, from, date: 1, old_chat_member: {}, new_chat_member: { status } },
  })

  it('tells when the person blocks the bot and when he lets it in again', () => {
    const { news, messages } = read(member('kicked'), member('member'))
    expect(news.map(({ address, reachable }) => [address, reachable])).toEqual([
      ['5550001', false],
      ['5550001', true],
    ])
    expect(messages).toEqual([])
  })

  it('that is a group gives no message and no news, only the wish to turn it away', () => {
    const inGroup = { ...message({ text: 'halo' }), chat: group }
    const pressed = { id: '5', from, chat_instance: '1', message: { message_id: 1, chat: group, date: 0 }, data: '1:a' }
    expect(
      read(
        { message: inGroup },
        { edited_message: inGroup },
        { callback_query: pressed },
        member('member', group),
        member('left', group),
      ),
    ).toEqual({ messages: [], news: [], groups: [group.id, group.id], strayPresses: ['5'] })
  })
})
