// Our side: the whole worker on a database in which reminders are due. Arguments: database URL, Redis URL or '',
// provider's root, token.
import { createTelegram } from '../src/bots/telegram/telegram.ts'
import { connect } from '../src/db/connect.ts'
import { startWorker } from '../src/jobs/worker.ts'
import { createLog } from '../src/log.ts'
import { createSeal } from '../src/seal.ts'
import { TEST_KEY } from '../test/support/key.ts'

const [databaseUrl, redisUrl, apiRoot, token] = process.argv.slice(2) as [string, string, string, string]
const log = createLog('silent')
const bot = createTelegram({ token, apiRoot }, async () => Buffer.of(), log)
const house = { db: connect(databaseUrl, () => {}), seal: createSeal(TEST_KEY), log, dataDir: '' }
console.log('ready')
const jobs = startWorker(house, [bot], { databaseUrl, redisUrl: redisUrl || undefined, pace: false })
process.once('SIGTERM', () => void jobs.stop().then(() => process.exit(0)))
