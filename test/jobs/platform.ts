// A small platform on loopback HTTP, and the bot that talks to it: what the jobs are tested with.
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { telegram } from '../../src/bots/capabilities.ts'
import { type Bot, type Channel, FileRefused, type Outgoing, type Refusal, Refused } from '../../src/bots/port.ts'

type Taken = { readonly address: string; readonly text: string; readonly id: string }
/** What the platform says to a message: takes it, refuses it, or takes it and breaks the connection. */
type Verdict = Refusal | 'take' | 'reset'

export type Platform = {
  /** What arrived, in the order in which it did. */
  readonly taken: Taken[]
  readonly texts: () => string[]
  /** Most messages of one chat that were ever in flight at once. */
  readonly crowd: () => number
  /** Decides about each message; by default everything is taken. */
  judge: (message: Taken, nth: number) => Verdict | Promise<Verdict>
  /** Files by ref; a problem is one that the platform has. */
  readonly files: Map<string, Uint8Array | FileRefused>
  readonly port: number
  readonly bot: (channel?: Channel, account?: string) => Bot
  readonly close: () => Promise<void>
}

export async function openPlatform(): Promise<Platform> {
  const taken: Taken[] = []
  const flying = new Map<string, number>()
  const files: Platform['files'] = new Map()
  let crowd = 0
  let seen = 0
  const server = createServer(async (asked, answer) => {
    const message: Taken = JSON.parse(await text(asked))
    const count = (flying.get(message.address) ?? 0) + 1
    flying.set(message.address, count)
    crowd = Math.max(crowd, count)
    const verdict = await platform.judge(message, seen++)
    flying.set(message.address, (flying.get(message.address) as number) - 1)
    if (verdict === 'take' || verdict === 'reset') taken.push(message)
    if (verdict === 'reset') return asked.socket.destroy()
    answer.end(JSON.stringify(verdict === 'take' ? { id: String(taken.length) } : { refusal: verdict }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const platform: Platform = {
    taken,
    texts: () => taken.map(({ text }) => text),
    crowd: () => crowd,
    judge: () => 'take',
    files,
    port,
    bot: (channel, account) => botOn(port, files, channel, account),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return platform
}

/** The bot of an account on the platform that listens on this port, in whichever process. */
export function botOn(
  port: number,
  files: Platform['files'] = new Map(),
  channel: Channel = 'telegram',
  account = '1',
): Bot {
  const agent = new Agent({ keepAlive: true })

  async function post({ address, id, reply }: Outgoing): Promise<{ id?: string; refusal?: Refusal }> {
    const asking = request({ port, host: '127.0.0.1', method: 'POST', agent })
    asking.end(JSON.stringify({ address, id, text: reply.text }))
    const [answer] = await once(asking, 'response')
    return JSON.parse(await text(answer))
  }

  return {
    channel,
    account,
    capabilities: telegram,
    send: async message => {
      const { id, refusal } = await post(message).catch((): { id?: string; refusal?: Refusal } => ({
        refusal: { kind: 'uncertain', why: 'reset' },
      }))
      if (refusal) throw new Refused(refusal)
      return { messageId: id as string }
    },
    fetch: async ({ ref }) => {
      const file = files.get(ref) ?? new FileRefused('unreachable')
      if (file instanceof FileRefused) throw file
      return file
    },
  }
}
