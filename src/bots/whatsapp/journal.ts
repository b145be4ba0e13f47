// Nothing received is lost: what is decrypted is journaled in the commit that moves the ratchet, before the sender hears
// "delivered". The server would not send it again, and it could not be decrypted again.
import {
  type BinaryNode,
  DEFAULT_CONNECTION_CONFIG,
  type SignalDataSet,
  type SignalKeyStoreWithTransaction,
  type SocketConfig,
  type WASocket,
} from '@whiskeysockets/baileys'
import type { Auth } from './auth.ts'
import type { Journaled, Store } from './store.ts'

/** Stands among the key types of a transaction, so that one commit takes both. */
export const JOURNAL = 'sapa-journal'

type MakeRepository = SocketConfig['makeSignalRepository']

export type Journal = {
  readonly makeSignalRepository: MakeRepository
  /** Remembers which stanza each ciphertext came in. Call before anything else listens. */
  readonly watch: (socket: WASocket) => void
}

export type Hears = {
  /** A message was decrypted; the client will hand it over, too. */
  readonly decrypted: (journaled: Journaled) => void
  /** It is committed. */
  readonly arrived: (journaled: Journaled) => void
}

export function createJournal(store: Store, pending: Auth['pending'], { decrypted, arrived }: Hears): Journal {
  const envelopes = new WeakMap<Uint8Array, BinaryNode>()
  let count = 0

  const makeSignalRepository: MakeRepository = (auth, log, lookUp) => {
    const keys = auth.keys as SignalKeyStoreWithTransaction
    oneAtATime(keys)
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, log, lookUp)
    const { decryptMessage } = repository

    /** A repeat of what was decrypted before can't be decrypted again: it is in the journal. */
    async function findAgain({ attrs }: BinaryNode, error: unknown): Promise<Uint8Array> {
      await pending()
      const plain = await store.findJournaled(attrs.from ?? '', attrs.id ?? '')
      if (plain === undefined) throw error
      return Buffer.from(plain, 'base64')
    }

    function tell(journaled: Journaled): void {
      decrypted(journaled)
      // Where the commit fails, the message comes again.
      Promise.resolve(pending()).then(
        () => arrived(journaled),
        () => {},
      )
    }

    return {
      ...repository,
      decryptMessage: async options => {
        const envelope = envelopes.get(options.ciphertext)
        if (!envelope || !isForUs(envelope)) return decryptMessage(options)
        let journaled: Journaled | undefined
        try {
          const plain = await keys.transaction(async () => {
            const plain = await decryptMessage(options)
            const { attrs } = envelope
            const order = Number(attrs.t) * 1_000_000 + (count++ % 1_000_000)
            journaled = { attrs, plain: Buffer.from(plain).toString('base64'), order }
            await keys.set({ [JOURNAL]: { [`${attrs.from} ${attrs.id}`]: journaled } } as SignalDataSet)
            return plain
          }, 'all')
          if (journaled) tell(journaled)
          return plain
        } catch (error) {
          return findAgain(envelope, error)
        }
      },
    }
  }

  return {
    makeSignalRepository,
    watch: socket => {
      socket.ws.prependListener('CB:message', (stanza: BinaryNode) => {
        const parts = Array.isArray(stanza.content) ? stanza.content : []
        for (const { content } of parts) if (content instanceof Uint8Array) envelopes.set(content, stanza)
      })
    },
  }
}

/** What a person wrote to us, not what our own phone did or tells its devices. */
const isForUs = ({ attrs }: BinaryNode): boolean =>
  attrs.category !== 'peer' && attrs.recipient === undefined && /@(lid|s\.whatsapp\.net)$/.test(attrs.from ?? '')

/**
 * The client runs a send and a decryption in transactions of their own, side by side: each reads a session and writes
 * it back, and the later one undoes what the other did to the ratchet. One after the other nothing is undone.
 */
function oneAtATime(keys: SignalKeyStoreWithTransaction): void {
  const { transaction } = keys
  keys.transaction = work => transaction(work, 'all')
}
