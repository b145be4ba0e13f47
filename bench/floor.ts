// The floor: a bare bot that takes one turn in one transaction. No sealing, no ledger, no lease; what any careful
// store-then-answer bot on pg costs at the least. Arguments: database URL, Bot API root, token, number of questions.
import { Bot } from 'grammy'
import pg from 'pg'
import { facts } from '../test/flows/facts.ts'
import { questions } from './questions.ts'

const [url, apiRoot, token, count] = process.argv.slice(2) as [string, string, string, string]
const asked = questions(Number(count))
const pool = new pg.Pool({ connectionString: url, max: 20 })
const bot = new Bot(token, { client: { apiRoot } })
const context = { facts, answers: {}, lang: 'id', event: facts.events[0], missed: undefined } as const

await pool.query(`
  create table floor_state (chat bigint primary key, place int not null, answers jsonb not null);
  create table floor_inbox (id bigint primary key, chat bigint not null, body text not null, at timestamptz not null default now());
  create table floor_outbox (id bigint generated always as identity primary key, chat bigint not null, body text not null)`)
console.log('ready')

let offset = 0
for (;;) {
  const updates = await bot.api.getUpdates({ offset, timeout: 30, allowed_updates: ['message'] })
  for (const update of updates) {
    offset = update.update_id + 1
    if (update.message?.text) void turn(update.update_id, update.message.chat.id, update.message.text)
  }
}

async function turn(id: number, chat: number, text: string): Promise<void> {
  const client = await pool.connect()
  let reply = ''
  try {
    await client.query('begin')
    await client.query({
      name: 'in',
      text: 'insert into floor_inbox (id, chat, body) values ($1, $2, $3) on conflict do nothing',
      values: [id, chat, text],
    })
    const state = await client.query({
      name: 'get',
      text: 'select place, answers from floor_state where chat = $1 for update',
      values: [chat],
    })
    const place: number = state.rows[0]?.place ?? -1
    const read = asked[place]?.kind.read({ kind: 'text', text }, context)
    const next = place < 0 || read?.ok ? place + 1 : place
    const answers = read?.ok
      ? { ...state.rows[0].answers, [`q${place + 1}`]: read.value }
      : (state.rows[0]?.answers ?? {})
    reply = asked[next]?.text ?? `Ini data Bapak/Ibu: ${JSON.stringify(answers)}`
    await client.query({
      name: 'put',
      text: `with s as (insert into floor_state (chat, place, answers) values ($1, $2, $3)
             on conflict (chat) do update set place = excluded.place, answers = excluded.answers)
             insert into floor_outbox (chat, body) values ($1, $4)`,
      values: [chat, next, JSON.stringify(answers), reply],
    })
    await client.query('commit')
  } finally {
    client.release()
  }
  await bot.api.sendMessage(chat, reply)
}
