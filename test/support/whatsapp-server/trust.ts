// Whom a client under test trusts: a root for the handshake and a CA for media, instead of WhatsApp's. Loaded before the
// program (`node --import`, or an import in a test); nothing in src/ knows of it.
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import tls from 'node:tls'
import { WA_CERT_DETAILS } from '@whiskeysockets/baileys'

const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** The root key pair: the same in every process, since server and client may run apart. Worth nothing elsewhere. */
export const root = keyPairOf(createHash('sha256').update('the root of a test').digest())

function keyPairOf(secret: Buffer): { readonly private: Buffer; readonly public: Buffer } {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' })
  return { private: secret, public: createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32) }
}

export const pem = (name: string): string => readFileSync(new URL(`./keys/${name}`, import.meta.url), 'utf8')

Object.assign(WA_CERT_DETAILS, { PUBLIC_KEY: root.public })
tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem('ca.pem')])
