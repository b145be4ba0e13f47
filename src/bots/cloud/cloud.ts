// WhatsApp through Meta's Cloud API: one number that is posted to, sends and fetches. Only this folder knows the client.
import { setTimeout as pause } from 'node:timers/promises'
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import type { Logger } from 'pino'
import { cloud } from '../capabilities.ts'
import type { Bot, Inbox } from '../port.ts'
import { createFetch, createUploads, type DrawTicket } from './media.ts'
import { refusalOf } from './refusal.ts'
import { createSend } from './send.ts'
import { LEAST_PER_DAY, readTier } from './tier.ts'
import { readPost, type Status } from './understand.ts'

const VERSION = 'v24.0'
const SEND_MS = 20_000
const LOOK_SECONDS = 600
const LOOK_AGAIN_SECONDS = 30

/** `apiRoot` without a slash at its end. */
export type CloudConfig = { readonly token: string; readonly phoneId: string; readonly apiRoot: string }

export type Cloud = Bot & {
  /** Takes in what Meta posted; resolves after the commit. */
  readonly takePosted: (inbox: Inbox, body: unknown) => Promise<void>
  /** Looks after the number until `signal` fires: whether it may send, and to how many people a day. */
  readonly watch: (signal: AbortSignal) => Promise<void>
  /** How many people may be written to unasked in 24 hours. */
  readonly perDay: () => number
  /** `ok`, or in a few words what is wrong, for /healthz. */
  readonly health: () => string
}

/** What the bot needs of the house. */
export type CloudHouse = {
  /** The one address of whoever is known by these names, whichever came first. */
  readonly addressOf: (names: readonly string[]) => Promise<string>
  /** What stands for Meta's id of a message, which has the person's number in it. */
  readonly idOf: (metaId: string) => string
  /** Resolves after the commit. */
  readonly noteStatuses: (statuses: readonly Status[]) => Promise<void>
  /** How the number stands, to how many people it may write unasked in 24 hours, and which it is, once Meta has said so. */
  readonly say: (standing: string, peoplePerDay: number, number: string | undefined) => Promise<void>
}

export type { Status } from './understand.ts'

/** The number with this id; its account is the id. */
export function createCloud(
  { token, phoneId, apiRoot }: CloudConfig,
  house: CloudHouse,
  drawTicket: DrawTicket,
  log: Logger,
): Cloud {
  const client = new WhatsAppClient({
    accessToken: token,
    baseUrl: apiRoot,
    graphVersion: VERSION,
    // Whoever follows a redirect hands what he posts to a host that nobody chose.
    fetch: (url, init) => fetch(url, { signal: AbortSignal.timeout(SEND_MS), redirect: 'manual', ...init }),
  })
  const send = createSend(client, phoneId, createUploads(client, phoneId, drawTicket))
  let health = 'connecting'
  let perDay = LEAST_PER_DAY
  let number: string | undefined

  async function look(): Promise<boolean> {
    try {
      const limit = 'whatsapp_business_manager_messaging_limit'
      const found = await client.request<Record<string, string>>('GET', phoneId, {
        query: { fields: `${limit},display_phone_number` },
        responseType: 'json',
      })
      perDay = readTier(found.whatsappBusinessManagerMessagingLimit ?? found[limit])
      number = found.displayPhoneNumber ?? found.display_phone_number ?? number
      health = 'ok'
      return true
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal) throw error
      health =
        refusal.kind === 'unreachable' && refusal.why.startsWith('error') ? `refused: ${refusal.why}` : 'unreachable'
      log.warn({ why: health }, 'the Cloud API did not answer for the number')
      return false
    }
  }

  return {
    channel: 'cloud',
    account: phoneId,
    capabilities: cloud,
    // Ten minutes less than Meta's 24 hours: what we think open must be open there too.
    windowHours: 23 + 50 / 60,
    send: async message => {
      const metaId = await send(message)
      return { messageId: metaId && house.idOf(metaId) }
    },
    fetch: createFetch(client, apiRoot),
    takePosted: async (inbox, body) => {
      const { messages, statuses, errors } = readPost(body, phoneId)
      if (errors.length > 0) log.warn({ errors }, 'the Cloud API tells of errors of the number')
      const incoming = await Promise.all(
        messages.map(async ({ names, messageId, quotes, ...message }) => ({
          channel: 'cloud' as const,
          account: phoneId,
          address: await house.addressOf(names),
          messageId: house.idOf(messageId),
          ...(quotes ? { quotes: house.idOf(quotes) } : {}),
          ...message,
        })),
      )
      const told = statuses.map(status => ({ ...status, messageId: house.idOf(status.messageId) }))
      await Promise.all([inbox.receive(incoming), house.noteStatuses(told)])
    },
    watch: async signal => {
      while (!signal.aborted) {
        const seconds = (await look()) ? LOOK_SECONDS : LOOK_AGAIN_SECONDS
        await house.say(health, perDay, number).catch(() => {})
        await pause(seconds * 1000, undefined, { signal }).catch(() => undefined)
      }
    },
    perDay: () => perDay,
    health: () => health,
  }
}
