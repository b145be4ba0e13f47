// A house that serves a Cloud API number: our program's own parts and its webhook, against the Graph server on loopback.
import { createCloud } from '../../src/bots/cloud/cloud.ts'
import type { House } from '../../src/house.ts'
import { createCloudHouse } from '../../src/jobs/cloud-house.ts'
import { startWorker } from '../../src/jobs/worker.ts'
import { noteChats } from '../../src/turn.ts'
import { CLOUD_WEBHOOK } from '../../src/web/cloud-webhook.ts'
import { createWeb } from '../../src/web/server.ts'
import { APP_SECRET, type GraphServer, PHONE_ID, TOKEN, VERIFY_TOKEN } from './graph-server.ts'

export type Desk = Awaited<ReturnType<typeof openDesk>>

export async function openDesk(house: House, databaseUrl: string, graph: GraphServer) {
  const settings = { token: TOKEN, phoneId: PHONE_ID, apiRoot: graph.root }
  const bot = createCloud(settings, createCloudHouse(house, PHONE_ID), async () => Buffer.of(1, 2, 3), house.log)
  const jobs = startWorker(house, [bot], {
    databaseUrl,
    redisUrl: undefined,
    pace: false,
    perDay: { cloud: bot.perDay },
  })
  const inbox = { receive: jobs.receive, news: (news: Parameters<typeof noteChats>[1]) => noteChats(house, news) }
  const web = createWeb({
    host: '127.0.0.1',
    port: 0,
    log: house.log,
    health: async () => ({ database: 'ok', queue: 'ok', channels: {} }),
    cloud: { appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN, take: body => bot.takePosted(inbox, body) },
  })
  const address = await web.listen()
  graph.subscribe(`${address}${CLOUD_WEBHOOK}`)
  let stopping = new AbortController()
  let watching = bot.watch(stopping.signal)
  return {
    bot,
    jobs,
    address,
    /** Asks Meta for the number's standing and limit once more, until it is as the test wants. */
    lookAgain: async (holds: () => boolean) => {
      stopping.abort()
      await watching
      stopping = new AbortController()
      watching = bot.watch(stopping.signal)
      await graph.until(() => 'another standing', holds)
    },
    stop: async () => {
      stopping.abort()
      await Promise.all([watching, web.close()])
      await jobs.stop()
    },
  }
}
