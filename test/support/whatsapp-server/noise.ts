// The server's side of WhatsApp's handshake (Noise_XX_25519_AESGCM_SHA256), and the encrypted frames that follow it.
import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  type KeyPair,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
} from '@whiskeysockets/baileys'
import { root } from './trust.ts'

/** What goes over the wire from now on; each direction has its own key and counter. */
export type Transport = {
  readonly seal: (plain: Uint8Array) => Buffer
  readonly open: (sealed: Uint8Array) => Buffer
}
export type Hello = { readonly answer: Uint8Array; readonly finish: (message: Uint8Array) => Finished }
export type Finished = {
  readonly transport: Transport
  readonly static: Buffer
  readonly payload: proto.IClientPayload
}

const server = Curve.generateKeyPair()
const certificate = certify(server)
const NONE = Buffer.alloc(0)

/** Answers a client's hello; `finish` takes the client's second message. Throws where a tag doesn't fit. */
export function shakeHands(message: Uint8Array): Hello {
  const { clientHello } = proto.HandshakeMessage.decode(message)
  const theirs = clientHello?.ephemeral
  if (!theirs) throw new Error('no client hello')
  const ours = Curve.generateKeyPair()
  const noise = createState()
  noise.mix(NOISE_WA_HEADER)
  noise.mix(theirs)
  noise.mix(ours.public)
  noise.mixKey(Curve.sharedKey(ours.private, theirs))
  const sealedStatic = noise.encrypt(server.public)
  noise.mixKey(Curve.sharedKey(server.private, theirs))
  const payload = noise.encrypt(certificate)
  return {
    answer: proto.HandshakeMessage.encode({
      serverHello: { ephemeral: ours.public, static: sealedStatic, payload },
    }).finish(),
    finish: second => {
      const { clientFinish } = proto.HandshakeMessage.decode(second)
      if (!clientFinish?.static || !clientFinish.payload) throw new Error('no client finish')
      const theirStatic = noise.decrypt(clientFinish.static)
      noise.mixKey(Curve.sharedKey(ours.private, theirStatic))
      const plain = noise.decrypt(clientFinish.payload)
      return { transport: noise.split(), static: theirStatic, payload: proto.ClientPayload.decode(plain) }
    },
  }
}

/** The running hash and key of a handshake. */
function createState() {
  let hash: Buffer = Buffer.from(NOISE_MODE)
  let salt = hash
  let key = hash
  let counter = 0
  const mix = (data: Uint8Array): void => {
    hash = sha256(Buffer.concat([hash, data]))
  }
  const derive = (data: Uint8Array): [Buffer, Buffer] => {
    const derived = Buffer.from(hkdf(data, 64, { salt, info: '' }))
    return [derived.subarray(0, 32), derived.subarray(32)]
  }
  return {
    mix,
    mixKey: (data: Uint8Array): void => {
      ;[salt, key] = derive(data)
      counter = 0
    },
    encrypt: (plain: Uint8Array): Buffer => {
      const sealed = aesEncryptGCM(plain, key, nonce(counter++), hash)
      mix(sealed)
      return sealed
    },
    decrypt: (sealed: Uint8Array): Buffer => {
      const plain = aesDecryptGCM(sealed, key, nonce(counter++), hash)
      mix(sealed)
      return plain
    },
    split: (): Transport => {
      const [reading, writing] = derive(NONE)
      let read = 0
      let written = 0
      return {
        seal: plain => aesEncryptGCM(plain, writing, nonce(written++), NONE),
        open: sealed => aesDecryptGCM(sealed, reading, nonce(read++), NONE),
      }
    },
  }
}

function nonce(counter: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(counter, 8)
  return bytes
}

/** The chain that shows the server's key to be the root's. */
function certify({ public: key }: KeyPair): Uint8Array {
  const between = Curve.generateKeyPair()
  const { Details } = proto.CertChain.NoiseCertificate
  const intermediate = Details.encode({ serial: 1, issuerSerial: 0, key: between.public }).finish()
  const leaf = Details.encode({ serial: 2, issuerSerial: 1, key }).finish()
  return proto.CertChain.encode({
    intermediate: { details: intermediate, signature: Curve.sign(root.private, intermediate) },
    leaf: { details: leaf, signature: Curve.sign(between.private, leaf) },
  }).finish()
}
