// The peer: what a careful reader of grammY's documentation builds. Its conversations plugin, with PostgreSQL as storage, on
// its runner, one chat's updates in order. Arguments: database URL, Bot API root, token, number of questions.
import { type Conversation, type ConversationFlavor, conversations, createConversation } from '@grammyjs/conversations'
import { run, sequentialize } from '@grammyjs/runner'
import { PsqlAdapter } from '@grammyjs/storage-psql'
import { Bot, type Context } from 'grammy'
import pg from 'pg'
import { facts } from '../test/flows/facts.ts'
import { questions } from './questions.ts'

type Outer = ConversationFlavor<Context>

const [url, apiRoot, token, count] = process.argv.slice(2) as [string, string, string, string]
const asked = questions(Number(count))
const context = { facts, answers: {}, lang: 'id', event: facts.events[0], missed: undefined } as const
// The adapter asks for one client; a pool answers in the same way, and many people at once.
const client = new pg.Pool({ connectionString: url, max: 20 }) as unknown as pg.Client
const adapter = await PsqlAdapter.create({ tableName: 'peer', client })
const storage = { type: 'key', adapter: adapter as never, getStorageKey: (ctx: Context) => String(ctx.chatId) } as const

async function register(conversation: Conversation<Outer>, ctx: Context): Promise<void> {
  const answers: Record<string, unknown> = {}
  for (const question of asked) {
    await ctx.reply(question.text)
    for (;;) {
      const { message } = await conversation.waitFor('message:text')
      const read = question.kind.read({ kind: 'text', text: message.text }, context)
      if (read.ok) {
        answers[question.id] = read.value
        break
      }
      await ctx.reply(question.text)
    }
  }
  await ctx.reply(`Ini data Bapak/Ibu: ${JSON.stringify(answers)}`)
}

const bot = new Bot<Outer>(token, { client: { apiRoot } })
bot.use(sequentialize(ctx => String(ctx.chatId)))
bot.use(conversations({ storage }))
bot.use(createConversation(register))
bot.on('message:text', ctx => ctx.conversation.enter('register'))
await bot.init()
run(bot)
console.log('ready')
