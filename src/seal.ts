// Seals personal data (AES-256-GCM), makes look-up keys and ticket tags. Knows nothing else of the project.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const VERSION = 1
const IV = 12
const TAG = 16
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export type Seal = {
  /** Seals bytes or text; `place` ("table.column:id") is bound in, so a value can't be moved to another row. */
  readonly seal: (place: string, plain: Uint8Array | string) => Buffer
  /** Opens what `seal` made. Throws SealError on another key, another place or a changed byte. */
  readonly open: (place: string, sealed: Uint8Array) => Buffer
  readonly sealJson: (place: string, value: unknown) => Buffer
  readonly openJson: <T>(place: string, sealed: Uint8Array) => T
  /** Keyed digest (32 bytes) by which a sealed value is found again. */
  readonly lookup: (kind: string, value: string) => Buffer
  /** Short keyed tag (Crockford characters of 5 bits, 8 by default) that shows what is printed to be ours. */
  readonly tag: (text: string, length?: number) => string
}

export class SealError extends Error {}

/** A seal on a 32-byte master key. Each use has a key of its own, derived by HKDF. */
export function createSeal(masterKey: Uint8Array): Seal {
  if (masterKey.length !== 32) throw new SealError('the master key has 32 bytes')
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', masterKey, '', `sapa ${use}`, 32))
  const sealKey = derive('seal 1')
  const lookupKey = derive('lookup 1')
  const tagKey = derive('tag 1')

  // Random bytes are fetched a thousand IVs at a time: one by one they are a third of a seal's cost.
  let pool = Buffer.alloc(0)
  function nextIv(): Buffer {
    if (pool.length < IV) pool = randomBytes(IV * 1024)
    const iv = pool.subarray(0, IV)
    pool = pool.subarray(IV)
    return iv
  }

  function seal(place: string, plain: Uint8Array | string): Buffer {
    const iv = nextIv()
    const cipher = createCipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(place))
    const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
    return Buffer.concat([Buffer.of(VERSION), iv, body, cipher.final(), cipher.getAuthTag()])
  }

  function open(place: string, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
    if (bytes[0] !== VERSION || bytes.length < 1 + IV + TAG) throw new SealError(`not a sealed value: ${place}`)
    const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(1, 1 + IV)).setAAD(Buffer.from(place))
    decipher.setAuthTag(bytes.subarray(-TAG))
    try {
      return Buffer.concat([decipher.update(bytes.subarray(1 + IV, -TAG)), decipher.final()])
    } catch {
      throw new SealError(`another key or a changed value: ${place}`)
    }
  }

  return {
    seal,
    open,
    sealJson: (place, value) => seal(place, JSON.stringify(value)),
    openJson: (place, sealed) => JSON.parse(open(place, sealed).toString('utf8')),
    lookup: (kind, value) => createHmac('sha256', lookupKey).update(`${kind}\0${value}`).digest(),
    tag: (text, length = 8) => {
      const digest = createHmac('sha256', tagKey).update(text).digest()
      return Array.from({ length }, (_, i) => CROCKFORD[(digest[i] as number) & 31]).join('')
    },
  }
}
