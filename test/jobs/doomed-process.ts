// A worker in a process of its own, to be killed. Arguments: database URL, the platform's port.
import { connect } from '../../src/db/connect.ts'
import { startWorker } from '../../src/jobs/worker.ts'
import { createLog } from '../../src/log.ts'
import { createSeal } from '../../src/seal.ts'
import { TEST_KEY } from '../support/key.ts'
import { botOn } from './platform.ts'

const [databaseUrl, port] = process.argv.slice(2) as [string, string]
const house = { db: connect(databaseUrl, () => {}), seal: createSeal(TEST_KEY), log: createLog('silent'), dataDir: '' }
startWorker(house, [botOn(Number(port))], { databaseUrl, redisUrl: undefined, pace: false })
