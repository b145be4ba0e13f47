// The linked WhatsApp number in this process: its bot, and the lease under which one process holds the socket.
import type { Bot, Inbox } from './bots/port.ts'
import { ACCOUNT } from './bots/whatsapp/account.ts'
import { createWhatsApp } from './bots/whatsapp/whatsapp.ts'
import type { Config } from './config.ts'
import { readNoticesPause } from './db/pause.ts'
import { StartRefused } from './db/refused.ts'
import { readAllKeys } from './db/whatsapp-key.ts'
import { isHeld } from './db/whatsapp-link.ts'
import { readNumber } from './db/whatsapp-number.ts'
import { ticketFor } from './files/ticket.ts'
import type { House } from './house.ts'
import { withLease } from './jobs/lease.ts'
import { createWhatsAppStore, placeOfKey, SOCKET_LEASE } from './jobs/whatsapp-store.ts'
import { SealError } from './seal.ts'

/** Another process takes the socket over this long after the holder died, and a few seconds for the log-in. */
const LEASE_SECONDS = 8

export type Number = {
  readonly bot: Bot
  /** Holds the socket whenever this process has the lease, until `signal` fires. */
  readonly hold: (inbox: Inbox, signal: AbortSignal) => Promise<void>
}

/** `awake` hears when the number can send again. */
export function openNumber(
  house: House,
  { pace }: Pick<Config, 'pace'>,
  { url }: NonNullable<Config['whatsapp']>,
  awake: (bot: Bot) => void,
): Number {
  const bot = createWhatsApp(
    { url, pace },
    house.seal,
    ticket => ticketFor(house.seal, ticket),
    house.log,
    () => awake(bot),
  )
  return {
    bot,
    hold: (inbox, signal) =>
      withLease(
        house,
        SOCKET_LEASE,
        LEASE_SECONDS,
        (mine, fence) => bot.run(inbox, createWhatsAppStore(house, fence), mine),
        signal,
      ),
  }
}

/** Refuses a start with keys that are damaged: a socket with them would lose what people write. */
export async function checkNumber({ db, seal }: House): Promise<void> {
  const damaged = (await readAllKeys(db, ACCOUNT)).filter(({ key, value }) => {
    try {
      seal.openJson(placeOfKey(key), value)
      return false
    } catch (error) {
      if (!(error instanceof SealError || error instanceof SyntaxError)) throw error
      return true
    }
  })
  if (damaged.length === 0) return
  const names = damaged.slice(0, 3).map(({ type, key }) => `${type} ${key.toString('hex').slice(0, 12)}`)
  const more = damaged.length > names.length ? ` and ${damaged.length - names.length} more` : ''
  throw new StartRefused(
    `WhatsApp's stored keys are damaged (whatsapp_key: ${names.join(', ')}${more}): restore the table from a backup, or empty it and link the number again`,
  )
}

/** How the number stands, whichever process holds it: `ok`, or in a few words what is wrong. */
export async function sayWhatsApp({ db }: House): Promise<string> {
  const at = { channel: 'whatsapp', account: ACCOUNT }
  try {
    const [number, pause, held] = await Promise.all([
      readNumber(db, ACCOUNT),
      readNoticesPause(db, at),
      isHeld(db, SOCKET_LEASE),
    ])
    const stands = number && ['ok', 'connecting'].includes(number.standing)
    if (stands && pause?.why.startsWith('restricted')) return pause.why
    if (number?.standing === 'ok' && !held) return 'connecting'
    return number?.standing ?? 'not linked'
  } catch {
    return 'unknown'
  }
}
