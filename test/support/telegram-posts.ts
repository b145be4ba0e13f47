// Webhooks as Telegram does them: one update a post, with the secret, repeated until the bot says 200.
import type { World } from './telegram-world.ts'

/** Between two tries of the same update. */
const AGAIN_MS = 100

/** Posts whatever waits, one after the other, to the webhook that is set. */
export function createPosts(world: World) {
  const stop = new AbortController()
  let posting = false

  async function run(): Promise<void> {
    posting = true
    while (!stop.signal.aborted && world.webhook && world.updates.length > 0) {
      const [update] = world.updates
      const status = await post(world.webhook, update)
      world.posted.push(status)
      if (status !== 200) await new Promise(resolve => setTimeout(resolve, AGAIN_MS))
      else world.updates.splice(world.updates.indexOf(update as never), 1)
    }
    posting = false
  }

  async function post({ url, secret }: { url: string; secret: string }, update: unknown): Promise<number> {
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret }
    const request = { method: 'POST', headers, body: JSON.stringify(update), signal: stop.signal }
    return fetch(url, request).then(
      answer => answer.status,
      () => 0,
    )
  }

  world.events.on('changed', () => {
    if (!posting) void run()
  })
  return { end: () => stop.abort() }
}
