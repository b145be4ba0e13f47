// A client that is nothing but Baileys, its keys in memory: what the emulator is proven with, and what the bench compares us to.
import {
  type AuthenticationCreds,
  initAuthCreds,
  makeWASocket,
  type SignalDataTypeMap,
  type WASocket,
} from '@whiskeysockets/baileys'
import { silenceLibsignal } from '../../../src/bots/whatsapp/silence.ts'
import { createLog } from '../../../src/log.ts'

type Kept = SignalDataTypeMap[keyof SignalDataTypeMap]

export type Plain = { readonly creds: AuthenticationCreds; readonly open: (url: string) => WASocket }

/** A client with fresh keys. `open` gives a socket; after pairing, or when it closed, another. */
export function createPlainClient(): Plain {
  silenceLibsignal()
  const creds = initAuthCreds()
  const kept = new Map<string, Kept>()
  return {
    creds,
    open: url => {
      const socket = makeWASocket({
        waWebSocketUrl: url,
        logger: createLog('silent'),
        shouldSyncHistoryMessage: () => false,
        auth: {
          creds,
          keys: {
            get: <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
              const found = ids.map(id => [id, kept.get(`${type} ${id}`)] as const)
              return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as Record<
                string,
                SignalDataTypeMap[T]
              >
            },
            set: data => {
              for (const [type, values] of Object.entries(data))
                for (const [id, value] of Object.entries(values ?? {})) {
                  if (value === null) kept.delete(`${type} ${id}`)
                  else kept.set(`${type} ${id}`, value as Kept)
                }
            },
          },
        },
      })
      socket.ev.on('creds.update', update => Object.assign(creds, update))
      return socket
    },
  }
}
