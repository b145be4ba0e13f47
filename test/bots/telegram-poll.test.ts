// Long polling: nothing is confirmed to Telegram before it is ours, and trouble is told and waited out.
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChatNews, Incoming } from '../../src/bots/port.ts'
import { troubleOf } from '../../src/bots/telegram/poll.ts'
import { createTelegram, type Telegram } from '../../src/bots/telegram/telegram.ts'
import { startTelegramServer, type TelegramServer } from '../support/telegram-server.ts'

const log = pino({ level: 'silent' })
const text = (message: Incoming) => (message.said.kind === 'text' ? message.said.text : message.said.kind)

let server: TelegramServer
let bot: Telegram
let stop: AbortController
let polling: Promise<void>

beforeEach(async () => {
  server = await startTelegramServer()
  bot = createTelegram({ token: server.token, apiRoot: server.root }, async () => Buffer.of(), log)
  stop = new AbortController()
})
afterEach(async () => {
  stop.abort()
  await polling
  await server.close()
})

/** Starts polling into a list; `receive` may stand in the way. */
function poll(receive: (messages: readonly Incoming[]) => Promise<void> = async () => {}) {
  const received: Incoming[] = []
  const news: ChatNews[] = []
  const inbox = {
    receive: async (messages: readonly Incoming[]) => {
      await receive(messages)
      received.push(...messages)
    },
    news: async (found: readonly ChatNews[]) => {
      news.push(...found)
    },
  }
  polling = bot.poll(inbox, stop.signal)
  return { received, news }
}
const until = (what: string, holds: () => boolean) => server.until(() => what, holds)
const health = (words: RegExp) => until(`health ${words}`, () => words.test(bot.health()))
const confirmed = () => server.world.updates.length === 0

describe('a batch of updates', () => {
  it('is handed on whole and in order, then confirmed', async () => {
    for (const word of ['satu', 'dua', 'tiga']) server.person(101).says(word)
    const { received } = poll()
    await until('confirmation', confirmed)
    expect(received.map(text)).toEqual(['satu', 'dua', 'tiga'])
    await health(/^ok$/)
  })

  it('is not confirmed while our inbox has not committed it', async () => {
    const arrived = Promise.withResolvers<void>()
    const commit = Promise.withResolvers<void>()
    const { received } = poll(() => {
      arrived.resolve()
      return commit.promise
    })
    server.person(101).says('P')
    await arrived.promise
    expect(confirmed()).toBe(false)
    commit.resolve()
    await until('confirmation', confirmed)
    expect(received.map(text)).toEqual(['P'])
  })

  it('comes again when our inbox did not take it', async () => {
    const seen: string[][] = []
    const { received } = poll(async messages => {
      seen.push(messages.map(text))
      if (seen.length === 1) throw new Error('the database is away')
    })
    server.person(101).says('P')
    await until('confirmation', confirmed)
    expect(seen).toEqual([['P'], ['P']])
    expect(received.map(text)).toEqual(['P'])
  })

  it('that was waiting before the start is kept, never dropped', async () => {
    for (let i = 0; i < 250; i++) server.person(101 + i).says(`pesan ${i}`)
    const { received } = poll()
    await until('confirmation', confirmed)
    expect(received).toHaveLength(250)
    expect(server.calls('getUpdates').some(call => 'drop_pending_updates' in call)).toBe(false)
  })

  it('tells who blocked the bot and who came back', async () => {
    const { news } = poll()
    await health(/^ok$/)
    const person = server.person(101)
    person.says('halo')
    person.blocks()
    person.unblocks()
    await until('both news', () => news.length === 2)
    expect(news.map(item => item.reachable)).toEqual([false, true])
  })
})

describe('a group', () => {
  it('is turned away once, nothing of it is handed on', async () => {
    const { received } = poll()
    await health(/^ok$/)
    const group = server.group(-1002200)
    group.addsBot()
    group.says('halo bot')
    group.says('ada orang?')
    server.person(101).says('daftar')
    await until('the private message', () => received.length === 1)
    await until('an answer', () => group.chat.messages.some(message => message.byBot))
    await until('confirmation', confirmed)
    const answers = group.chat.messages.filter(message => message.byBot)
    expect(answers.map(message => message.text)).toEqual([expect.stringContaining('chat pribadi')])
    expect(received.map(text)).toEqual(['daftar'])
  })
})

describe('trouble', () => {
  it('with the server is told, waited out and forgotten', async () => {
    server.fails('getUpdates', { status: 502, description: 'Bad Gateway' })
    const { received } = poll()
    await health(/^unreachable$/)
    server.person(101).says('P')
    await until('the message', () => received.length === 1)
    expect(bot.health()).toBe('ok')
  })

  it('with an answer that is no JSON is waited out', async () => {
    server.fails('getUpdates', 'malformed')
    const { received } = poll()
    server.person(101).says('P')
    await until('the message', () => received.length === 1)
  })

  it('with another poller ends the polling for a while and is told', async () => {
    poll()
    await until('an open poll', () => server.calls('getUpdates').some(call => call.timeout !== 0))
    await fetch(`${server.root}/bot${server.token}/getUpdates`)
    await health(/^conflict/)
    expect(troubleOf(undefined, 1).seconds).toBe(0.5)
  })

  it('with a webhook that another program left is ended, and nothing that waited is dropped', async () => {
    const description = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
    server.fails('getUpdates', { status: 409, description })
    server.person(101).says('P')
    const { received } = poll()
    await until('the message', () => received.length === 1)
    expect(server.calls('deleteWebhook')).toEqual([{}])
  })

  it('with the token is told', async () => {
    server.fails('getUpdates', { status: 401, description: 'Unauthorized' })
    poll()
    await health(/^unauthorized/)
  })

  it('in a row is waited out ever longer, up to half a minute', () => {
    const waits = [1, 2, 3, 4, 20].map(failures => troubleOf(new Error('away'), failures).seconds)
    expect(waits).toEqual([0.5, 1, 2, 4, 30])
  })

  it('ends at once when polling is to stop', async () => {
    poll()
    await until('an open poll', () => server.calls('getUpdates').some(call => call.timeout !== 0))
    stop.abort()
    await polling
    expect(bot.health()).toBe('not polling')
  })
})

describe('the command menu', () => {
  it('is set at the start, and a failure hinders nothing', async () => {
    server.fails('setMyCommands', { status: 500 })
    const { received } = poll()
    server.person(101).says('P')
    await until('the message', () => received.length === 1)
    await until('the menu', () => server.calls('setMyCommands').length === 1)
    const [menu] = server.calls('setMyCommands') as { commands: { command: string }[] }[]
    expect(menu?.commands.map(entry => entry.command)).toContain('bantuan')
  })
})
