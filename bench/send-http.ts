// The HTTP client alone: as many messages as wanted, as many in flight as ours. Arguments: provider's root, token, number of messages.
import { createTelegram } from '../src/bots/telegram/telegram.ts'
import { createLog } from '../src/log.ts'
import { REMINDER, WINDOW } from './send-text.ts'

const [apiRoot, token, count] = process.argv.slice(2) as [string, string, string]
const bot = createTelegram({ token, apiRoot }, async () => Buffer.of(), createLog('silent'))
let left = Number(count)

await Promise.all(
  Array.from({ length: WINDOW }, async () => {
    while (left > 0) {
      const id = String(left--)
      await bot.send({ id, address: id, reply: REMINDER })
    }
  }),
)
process.exit(0)
