// One socket of the client: from its opening to its close, and why it closed.
import { Browsers, makeWASocket, proto, type SocketConfig, type WASocket } from '@whiskeysockets/baileys'
import type { Logger } from 'pino'
import { codeOf } from './ended.ts'

export type Socket = {
  readonly socket: WASocket
  /** Resolves when it is logged in; never, where it closes before. */
  readonly opened: Promise<void>
  /** Resolves with the status under which it closed. */
  readonly closed: Promise<number | undefined>
}

/** Groups, status broadcasts, channels: the bot talks to people only. */
const isCrowd = (jid: string): boolean => /@(g\.us|broadcast|newsletter)$/.test(jid)

export type Needs = Pick<SocketConfig, 'auth'> & Partial<Pick<SocketConfig, 'makeSignalRepository' | 'getMessage'>>

/** `url` is the server's where it is not WhatsApp's own. */
export function openSocket(url: string | undefined, needs: Needs, log: Logger): Socket {
  const socket = makeWASocket({
    ...(url ? { waWebSocketUrl: url } : {}),
    // Its log quotes stanzas, and with them what people wrote: only what went wrong is worth that, and not even that.
    logger: log.child({ class: 'baileys' }, { level: 'silent' }),
    browser: Browsers.ubuntu('Chrome'),
    syncFullHistory: false,
    // The first part of the history tells which numbers and LIDs belong together; without the others nothing waits for them.
    shouldSyncHistoryMessage: ({ syncType }) => syncType === proto.HistorySync.HistorySyncType.INITIAL_BOOTSTRAP,
    shouldIgnoreJid: isCrowd,
    markOnlineOnConnect: false,
    emitOwnEvents: false,
    generateHighQualityLinkPreview: false,
    // A storm of messages that can't be decrypted must not hold up those that can.
    retryRequestDelayMs: 0,
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
    ...needs,
  })
  const opened = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<number | undefined>()
  socket.ev.on('connection.update', ({ connection, lastDisconnect }) => {
    if (connection === 'open') opened.resolve()
    if (connection === 'close') closed.resolve(codeOf(lastDisconnect?.error))
  })
  return { socket, opened: opened.promise, closed: closed.promise }
}
