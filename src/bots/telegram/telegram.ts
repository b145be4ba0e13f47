// The Telegram channel: one bot account that polls or is posted to, sends and fetches. Nothing outside this folder knows grammY.
import { Api } from 'grammy'
import type { Update } from 'grammy/types'
import type { Logger } from 'pino'
import { telegram } from '../capabilities.ts'
import type { Bot, Inbox } from '../port.ts'
import { createDownload } from './download.ts'
import { createTurnAway } from './groups.ts'
import { POLL_SECONDS, poll, type Signal } from './poll.ts'
import { describe } from './refusal.ts'
import { createSend, type DrawTicket } from './send.ts'
import { createTakeIn } from './take-in.ts'
import { createFetch } from './transport.ts'
import { keepWebhook, type Webhook } from './webhook.ts'

const SEND_SECONDS = 20

/** `apiRoot` without a slash at its end. */
export type TelegramConfig = { readonly token: string; readonly apiRoot: string }

export type Telegram = Bot & {
  /** Takes messages in until `signal` fires. Only one process may poll: whoever calls it holds the lease. */
  readonly poll: (inbox: Inbox, signal: AbortSignal) => Promise<void>
  /** Has Telegram post updates to an address of ours until `signal` fires. */
  readonly keepWebhook: (webhook: Webhook, signal: AbortSignal) => Promise<void>
  /** Takes in what Telegram posted; resolves after the commit. */
  readonly takePosted: (inbox: Inbox, update: { readonly update_id: number }) => Promise<void>
  /** The user name under which people find the bot. Throws where Telegram does not say it. */
  readonly name: (signal: AbortSignal) => Promise<string>
  /** `ok`, or in a few words what is wrong, for /healthz. */
  readonly health: () => string
}

/** The bot a token stands for; its account is the id before the colon. */
export function createTelegram({ token, apiRoot }: TelegramConfig, drawTicket: DrawTicket, log: Logger): Telegram {
  const account = token.slice(0, token.indexOf(':'))
  const api = new Api(token, { apiRoot, fetch: createFetch(SEND_SECONDS) })
  const pollApi = new Api(token, { apiRoot, fetch: createFetch(POLL_SECONDS + 10) })
  const takeIn = createTakeIn(account, createTurnAway(api, log))
  let health = 'not polling'
  const say = (words: string) => {
    health = words
  }

  return {
    channel: 'telegram',
    account,
    capabilities: telegram,
    send: createSend(api, drawTicket, log),
    fetch: createDownload(api, apiRoot, token),
    poll: async (inbox, signal) => {
      void listCommands(api, log)
      await poll({ api: pollApi, inbox, log, say, takeIn }, signal)
      health = 'not polling'
    },
    keepWebhook: async (webhook, signal) => {
      void listCommands(api, log)
      await keepWebhook({ api, log, say }, webhook, signal)
    },
    takePosted: (inbox, update) => takeIn(inbox, [update as Update]),
    name: async signal => (await api.getMe(signal as Signal)).username,
    health: () => health,
  }
}

const COMMANDS = {
  mulai: 'Mulai mendaftar',
  lanjut: 'Lanjutkan pendaftaran',
  status: 'Lihat status pendaftaran',
  jadwal: 'Lihat jadwal dan tempat',
  ubah: 'Perbaiki data',
  bantuan: 'Minta bantuan',
  bahasa: 'Ganti bahasa / language',
}

/** The menu beside the text field. A bot works without it. */
async function listCommands(api: Api, log: Logger): Promise<void> {
  try {
    await api.setMyCommands(Object.entries(COMMANDS).map(([command, description]) => ({ command, description })))
  } catch (error) {
    log.warn(describe(error), 'telegram: the command menu was not set')
  }
}
