// A bare BullMQ worker on the same ledger: one job a message, which claims its row, sends and marks. No rendering, no
// sealing, no lease, no pause. Arguments: database URL, Redis URL or '', provider's root, token.
import { createPostgresBackend, Queue, runMigrations, setDefaultBackendFactory, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import { createTelegram } from '../src/bots/telegram/telegram.ts'
import { createLog } from '../src/log.ts'
import { REMINDER, WINDOW } from './send-text.ts'

const [url, redisUrl, apiRoot, token] = process.argv.slice(2) as [string, string, string, string]
const bot = createTelegram({ token, apiRoot }, async () => Buffer.of(), createLog('silent'))
const pool = new pg.Pool({ connectionString: url, max: 20 })
const { rows } = await pool.query<{ id: string }>(`select id from ledger where state = 'queued' order by id`)

let connection: object
if (redisUrl) connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
else {
  setDefaultBackendFactory(createPostgresBackend)
  const client = await pool.connect()
  await runMigrations(client, 'public')
  client.release()
  connection = pool
}
const options = { connection: connection as never }
const queue = new Queue('message', options)
for (let i = 0; i < rows.length; i += 1_000)
  await queue.addBulk(rows.slice(i, i + 1_000).map(({ id }) => ({ name: 'send', data: { id } })))
console.log('ready')

new Worker(
  'message',
  async job => {
    const { id } = job.data as { id: string }
    const claimed = await pool.query({
      name: 'claim',
      text: `update ledger set state = 'attempted', attempts = 1 where id = $1 and state = 'queued' returning id`,
      values: [id],
    })
    if (claimed.rowCount === 0) return
    const { messageId } = await bot.send({ id, address: id, reply: REMINDER })
    await pool.query({
      name: 'mark',
      text: `update ledger set state = 'accepted', message_id = $2, sent_at = now() where id = $1`,
      values: [id, messageId],
    })
  },
  { ...options, concurrency: WINDOW, removeOnComplete: { count: 0 } },
)
process.once('SIGTERM', () => process.exit(0))
