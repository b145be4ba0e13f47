// One connection of a linked number: replays what the last one left, takes in and sends until it ends.
import type { AuthenticationCreds, WAMessageKey } from '@whiskeysockets/baileys'
import type { Logger } from 'pino'
import { partOf } from '../message-id.ts'
import type { Inbox } from '../port.ts'
import { listenForAcks } from './acks.ts'
import { createAuth } from './auth.ts'
import { contentsOf, type DrawTicket } from './content.ts'
import { createJournal } from './journal.ts'
import { createReceiver } from './receive.ts'
import type { Connection } from './send.ts'
import { openSocket } from './socket.ts'
import type { Journaled, Store } from './store.ts'
import { leaveAfter } from './wire.ts'

export type Setting = {
  readonly account: string
  readonly url: string | undefined
  readonly inbox: Inbox
  readonly log: Logger
  readonly idOf: (address: string, messageId: string) => string
  readonly drawTicket: DrawTicket
  /** Whether people see that their messages were read. */
  readonly marks: boolean
}

/** Serves the number until the socket closes; gives the status under which it did. `open` hears when it can send. */
export async function serveConnection(
  setting: Setting,
  store: Store,
  creds: AuthenticationCreds,
  open: (connection: Connection | undefined) => void,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { log } = setting
  let failed = false
  const fail = (error: unknown) => {
    if (!failed) log.warn({ err: error }, 'whatsapp: what is kept could not be read or written; connecting anew')
    failed = true
    end()
  }
  const auth = createAuth(store, creds, fail)
  let taking: Promise<void> = Promise.resolve()
  let waiting: Journaled[] = []

  /** What arrives while some is being stored goes together. */
  function arrived(journaled: Journaled): void {
    waiting.push(journaled)
    if (waiting.length > 1) return
    taking = taking
      .then(() => {
        const all = waiting
        waiting = []
        return receiver.take(all)
      })
      .catch(fail)
  }

  const journal = createJournal(store, auth.pending, {
    decrypted: journaled => receiver.expect(journaled),
    arrived,
  })
  const { socket, opened, closed } = openSocket(
    setting.url,
    {
      auth,
      makeSignalRepository: journal.makeSignalRepository,
      getMessage: key => findSent(store, setting.drawTicket, key),
    },
    log,
  )
  const end = () => void socket.end(undefined)
  leaveAfter(socket, auth.pending)
  journal.watch(socket)
  const acks = listenForAcks(socket)
  const { lidMapping } = socket.signalRepository
  const receiver = createReceiver({
    ...setting,
    store,
    otherJid: jid => (jid.endsWith('@lid') ? lidMapping.getPNForLID(jid) : lidMapping.getLIDForPN(jid)),
    me: () => ({ id: creds.me?.id ?? '', lid: creds.me?.lid ?? '' }),
    read: keys => {
      if (setting.marks && keys.length > 0) void socket.readMessages([...keys]).catch(() => {})
    },
  })
  socket.ev.on('creds.update', update => {
    Object.assign(creds, update)
    auth.saveCreds()
  })
  socket.ev.on('messages.upsert', ({ messages }) => void receiver.upsert(messages).catch(fail))
  socket.ev.on('messages.update', updates => void receiver.update(updates).catch(fail))
  socket.ev.on('call', ([call]) => {
    if (call?.status !== 'offer') return
    void socket.rejectCall(call.id, call.from).catch(() => {})
    void receiver.called(call).catch(fail)
  })

  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  try {
    // Before anything new: what was decrypted and never reached the inbox.
    await receiver.take(await store.readJournal())
    void opened.then(() => open({ socket, acks }))
    return await closed
  } finally {
    open(undefined)
    acks.end()
    signal.removeEventListener('abort', end)
    end()
    // The next connection begins on what this one left.
    await auth.pending()?.catch(() => {})
    await taking
  }
}

/** What left under this id, for a phone that could not open it. */
async function findSent(store: Store, drawTicket: DrawTicket, { id }: WAMessageKey) {
  const { reserved, part } = partOf(id ?? '')
  const reply = await store.findSent(reserved)
  if (!reply) return undefined
  const contents = await contentsOf(reply, drawTicket)
  const content = contents[contents.length - 1 - part]
  // A picture would have to be uploaded anew; its words are what matters.
  if (!content) return undefined
  return { conversation: 'text' in content ? content.text : 'caption' in content ? (content.caption ?? '') : '' }
}
