// The client's keys as it wants them: read from the store, the latest remembered, a transaction's changes saved as one.
import {
  type AuthenticationCreds,
  type AuthenticationState,
  BufferJSON,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
} from '@whiskeysockets/baileys'
import { type Commits, createCommits } from './commits.ts'
import { JOURNAL } from './journal.ts'
import type { Changes, Journaled, KeyChange, Store } from './store.ts'

/** Keys remembered; a busy chat's session is among them. */
const REMEMBERED = 5_000

type Type = keyof SignalDataTypeMap
type Value = SignalDataTypeMap[Type]

/** Buffers as JSON can hold them, and back. */
const pack = (value: unknown): unknown =>
  value instanceof Uint8Array ? packBytes(value) : JSON.parse(JSON.stringify(value, BufferJSON.replacer))
/** A session is nothing but bytes: to let JSON write them as numbers first would cost the most of it. */
const packBytes = (bytes: Uint8Array) => ({ type: 'Buffer', data: Buffer.from(bytes).toString('base64') })
const unpack = <T>(value: unknown): T => JSON.parse(JSON.stringify(value), BufferJSON.reviver)

export const packCreds = (creds: AuthenticationCreds): unknown => pack(creds)
export const freshCreds = (): AuthenticationCreds => initAuthCreds()
export const unpackCreds = (kept: unknown): AuthenticationCreds => unpack(kept)

export type Auth = AuthenticationState & {
  readonly saveCreds: () => void
  /** The commit of what was changed so far; undefined where all of it is committed. */
  readonly pending: Commits['pending']
}

/** The authentication state of a linked number. `failed` hears where the store failed: the socket must end then. */
export function createAuth(store: Store, creds: AuthenticationCreds, failed: (error: unknown) => void): Auth {
  const known = new Map<string, Value | null>()
  const commits = createCommits(store)

  /** What is not committed yet, too: where a commit fails, the socket ends and this is forgotten. */
  function remember(type: string, id: string, value: Value | null): void {
    known.delete(`${type} ${id}`)
    known.set(`${type} ${id}`, value)
    if (known.size > REMEMBERED) known.delete(known.keys().next().value as string)
  }

  const tell = (error: unknown): never => {
    failed(error)
    throw error
  }
  const save = (changes: Changes): void => void commits.save(changes).catch(failed)

  return {
    creds,
    saveCreds: () => save({ creds: packCreds(creds) }),
    keys: {
      get: async <T extends Type>(type: T, ids: string[]) => {
        const missing = ids.filter(id => !known.has(`${type} ${id}`))
        if (missing.length > 0) {
          const read = await store.readKeys(type, missing).catch(tell)
          for (const id of missing) remember(type, id, read.has(id) ? revive(type, read.get(id)) : null)
        }
        const found = ids.map(id => [id, known.get(`${type} ${id}`)] as const)
        return Object.fromEntries(found.filter(([, value]) => value)) as Record<string, SignalDataTypeMap[T]>
      },
      set: async data => {
        const changes = list(data)
        const keys = changes.filter(({ type }) => type !== JOURNAL)
        const journal = changes.filter(({ type }) => type === JOURNAL).map(({ value }) => value as Journaled)
        for (const { type, id, value } of keys) remember(type, id, value as Value | null)
        save({ keys: keys.map(change => ({ ...change, value: change.value && pack(change.value) })), journal })
      },
    },
    pending: commits.pending,
  }
}

const list = (data: SignalDataSet): KeyChange[] =>
  Object.entries(data).flatMap(([type, values]) =>
    Object.entries(values ?? {}).map(([id, value]) => ({ type, id, value: value ?? null })),
  )

function revive(type: Type, kept: unknown): Value {
  const value = unpack<Value>(kept)
  return type === 'app-state-sync-key'
    ? proto.Message.AppStateSyncKeyData.fromObject(value as proto.Message.IAppStateSyncKeyData)
    : value
}
