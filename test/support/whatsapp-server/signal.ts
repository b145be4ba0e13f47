// A phone's end of the encryption: its keys, and one session with each device that it talks to.
import { randomInt } from 'node:crypto'
import {
  type BinaryNode,
  Curve,
  encodeBigEndian,
  encodeWAMessage,
  generateSignalPubKey,
  KEY_BUNDLE_TYPE,
  proto,
  signedKeyPair,
  unpadRandomMax16,
  xmppPreKey,
  xmppSignedPreKey,
} from '@whiskeysockets/baileys'
import { ProtocolAddress, SessionBuilder, SessionCipher, SessionRecord } from 'libsignal'
import { bytesOf, child, node } from './nodes.ts'

export type Sealed = { readonly type: string; readonly body: Buffer }
export type Signal = ReturnType<typeof createSignal>

/** Keys and sessions of one phone. */
export function createSignal() {
  const identity = Curve.generateKeyPair()
  const signed = signedKeyPair(identity, 1)
  const registrationId = randomInt(1, 16_000)
  const preKeys = new Map<number, ReturnType<typeof Curve.generateKeyPair>>()
  const sessions = new Map<string, Uint8Array>()
  let lastPreKey = 0

  const asPair = (pair: { public: Uint8Array; private: Uint8Array }) => ({
    privKey: Buffer.from(pair.private),
    pubKey: Buffer.from(generateSignalPubKey(pair.public)),
  })
  const storage = {
    loadSession: async (id: string) => {
      const found = sessions.get(id)
      return found && SessionRecord.deserialize(found)
    },
    storeSession: async (id: string, record: SessionRecord) => void sessions.set(id, record.serialize()),
    isTrustedIdentity: () => true,
    loadPreKey: async (id: number | string) => {
      const pair = preKeys.get(Number(id))
      return pair && asPair(pair)
    },
    removePreKey: (id: number) => void preKeys.delete(id),
    loadSignedPreKey: () => asPair(signed.keyPair),
    getOurRegistrationId: () => registrationId,
    getOurIdentity: () => asPair(identity),
  }
  const cipher = (device: string) => new SessionCipher(storage, new ProtocolAddress(device, 0))

  return {
    identity,
    /** What the server hands to whoever wants to write to this phone. */
    bundle: (): BinaryNode[] => {
      const id = ++lastPreKey
      const pair = Curve.generateKeyPair()
      preKeys.set(id, pair)
      return [
        node('registration', {}, encodeBigEndian(registrationId)),
        node('type', {}, KEY_BUNDLE_TYPE),
        node('identity', {}, identity.public),
        xmppSignedPreKey(signed),
        xmppPreKey(pair, id),
      ]
    },
    /** Seals a message for a device; `bundle` gives the device's keys where there is no session yet. */
    seal: async (device: string, message: proto.IMessage, bundle: () => BinaryNode): Promise<Sealed> => {
      if (!sessions.has(`${device}.0`))
        await new SessionBuilder(storage, new ProtocolAddress(device, 0)).initOutgoing(readBundle(bundle()))
      const { type, body } = await cipher(device).encrypt(encodeWAMessage(message))
      return { type: type === 3 ? 'pkmsg' : 'msg', body: Buffer.from(body, 'binary') }
    },
    /** Throws where the session doesn't fit: a phone then asks again. */
    open: async (device: string, { type, body }: Sealed): Promise<proto.IMessage> => {
      const decrypted = await (type === 'pkmsg'
        ? cipher(device).decryptPreKeyWhisperMessage(body)
        : cipher(device).decryptWhisperMessage(body))
      return proto.Message.decode(unpadRandomMax16(decrypted))
    },
    forget: (device: string) => void sessions.delete(`${device}.0`),
    registrationId,
  }
}

function readBundle(bundle: BinaryNode) {
  const signed = child(bundle, 'skey')
  const once = child(bundle, 'key')
  const key = (of: BinaryNode | undefined) => ({
    keyId: bytesOf(child(of, 'id')).readUIntBE(0, 3),
    publicKey: Buffer.from(generateSignalPubKey(bytesOf(child(of, 'value')))),
  })
  // Without a prekey for once a session begins all the same; the type does not know of that.
  return {
    registrationId: bytesOf(child(bundle, 'registration')).readUIntBE(0, 4),
    identityKey: Buffer.from(generateSignalPubKey(bytesOf(child(bundle, 'identity')))),
    signedPreKey: { ...key(signed), signature: bytesOf(child(signed, 'signature')) },
    preKey: (once && key(once)) as ReturnType<typeof key>,
  }
}
