// Linking a device: six refs for QR codes, what the owner's phone does with a scanned one, or with a typed code.
import { randomBytes } from 'node:crypto'
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  type BinaryNode,
  Curve,
  derivePairingCodeKey,
  hkdf,
  hmacSign,
  proto,
  S_WHATSAPP_NET,
} from '@whiskeysockets/baileys'
import type { Client, Link } from './link.ts'
import { answer, attr, bytesOf, child, node, seconds } from './nodes.ts'
import type { Account, Device, World } from './world.ts'

const ACCOUNT_PREFIX = Buffer.from([6, 0])

export type Candidate = ReturnType<typeof createCandidate>

/** A client that is not registered yet: it shows QR codes until an owner links it. */
export function createCandidate(world: World, client: Client, link: Link) {
  const refs = Array.from({ length: 6 }, () => randomBytes(12).toString('base64url'))
  const pair = client.payload.devicePairingData
  let paired: { device: Device; link: Link } | undefined
  let hello: { code: BinaryNode; pn: string } | undefined
  let finish: ((bundle: Buffer) => void) | undefined
  let refreshed = true

  link.send(
    node('iq', { from: S_WHATSAPP_NET, type: 'set', id: 'pair-1' }, [
      node(
        'pair-device',
        {},
        refs.map(ref => node('ref', {}, Buffer.from(ref))),
      ),
    ]),
  )

  /** Signs the client's identity and tells it so; `secret` is what the QR or the code agreed upon. */
  function accept(owner: Account, secret: Buffer): void {
    const identity = Buffer.from(pair?.eIdent ?? [])
    const id = Math.max(0, ...owner.devices.map(device => device.id)) + 1
    const details = proto.ADVDeviceIdentity.encode({ rawId: id, timestamp: Date.now() / 1000, keyIndex: id }).finish()
    const signed = proto.ADVSignedDeviceIdentity.encode({
      details,
      accountSignatureKey: owner.signal.identity.public,
      accountSignature: Curve.sign(owner.signal.identity.private, Buffer.concat([ACCOUNT_PREFIX, details, identity])),
    }).finish()
    const sealed = proto.ADVSignedDeviceIdentityHMAC.encode({
      details: signed,
      hmac: hmacSign(signed, secret),
    }).finish()
    const device: Device = {
      id,
      account: owner,
      noiseStatic: client.static,
      identity,
      registration: Buffer.from(pair?.eRegid ?? []),
      signedPreKey: node('skey', {}, [
        node('id', {}, Buffer.from(pair?.eSkeyId ?? [])),
        node('value', {}, Buffer.from(pair?.eSkeyVal ?? [])),
        node('signature', {}, Buffer.from(pair?.eSkeySig ?? [])),
      ]),
      preKeys: [],
      pending: new Map(),
      link: undefined,
      active: false,
    }
    paired = { device, link }
    link.send(
      node('iq', { from: S_WHATSAPP_NET, type: 'set', id: 'pair-2' }, [
        node('pair-success', {}, [
          node('device-identity', {}, sealed),
          node('platform', { name: 'android' }),
          node('device', { jid: `${owner.pn}:${id}@s.whatsapp.net`, lid: `${owner.lid}:${id}@lid` }),
        ]),
      ]),
    )
  }

  /** The owner's phone agrees; where his account wants a passkey, the client is asked for it instead, and that was it. */
  function agree(owner: Account, secret: Buffer): void {
    if (world.options.refreshLate) notify('companion_reg_refresh')
    if (world.options.wantsPasskey) notify('passkey_prologue_request')
    else accept(owner, secret)
  }

  const notify = (type: string) =>
    link.send(node('notification', { from: S_WHATSAPP_NET, type, id: type, t: seconds() }, [node(type)]))

  return {
    refs,
    /** Tells the client that its registration secret is worn out: what it showed before links no more. */
    refresh: () => {
      refreshed = false
      notify('companion_reg_refresh')
    },
    /** An owner scans a QR. False where his phone says that the device can't be linked. */
    scan: (owner: Account, [, noise = '', ident = '', secret = '']: readonly string[]): boolean => {
      const ours = noise === client.static.toString('base64')
      if (!ours || !refreshed || ident !== Buffer.from(pair?.eIdent ?? []).toString('base64')) return false
      agree(owner, Buffer.from(secret, 'base64'))
      return true
    },
    /** An owner types the eight characters that the client shows. */
    type: async (owner: Account, code: string): Promise<void> => {
      await world.until(
        () => 'a device that asks this phone for a code',
        () => hello?.pn === owner.pn,
      )
      if (!hello) return
      const wrapped = bytesOf(child(hello.code, 'link_code_pairing_wrapped_companion_ephemeral_pub'))
      const key = await derivePairingCodeKey(code, wrapped.subarray(0, 32))
      const theirs = aesDecryptCTR(wrapped.subarray(48), key, wrapped.subarray(32, 48))
      const ours = Curve.generateKeyPair()
      const salt = randomBytes(32)
      const iv = randomBytes(16)
      const back = aesEncryptCTR(ours.public, await derivePairingCodeKey(code, salt), iv)
      finish = bundle => {
        const shared = Curve.sharedKey(ours.private, theirs)
        const info = 'link_code_pairing_key_bundle_encryption_key'
        const opened = hkdf(shared, 32, { salt: bundle.subarray(0, 32), info })
        const plain = aesDecryptGCM(bundle.subarray(44), Buffer.from(opened), bundle.subarray(32, 44), Buffer.alloc(0))
        const identities = Curve.sharedKey(owner.signal.identity.private, plain.subarray(0, 32))
        const secret = hkdf(Buffer.concat([shared, identities, plain.subarray(64)]), 32, { info: 'adv_secret' })
        agree(owner, Buffer.from(secret))
      }
      link.send(
        node('notification', { from: S_WHATSAPP_NET, type: 'link_code_companion_reg', id: 'code-1', t: '1' }, [
          node('link_code_companion_reg', { stage: 'primary_hello' }, [
            node('link_code_pairing_ref', {}, Buffer.from('code-ref')),
            node('primary_identity_pub', {}, owner.signal.identity.public),
            node('link_code_pairing_wrapped_primary_ephemeral_pub', {}, Buffer.concat([salt, iv, back])),
          ]),
        ]),
      )
    },
    node: (said: BinaryNode): void => {
      // It asks every half minute whether the line still holds.
      if (said.tag === 'iq' && attr(said, 'type') === 'get') link.send(answer(said))
      if (attr(said, 'id') === 'companion_reg_refresh' && said.tag === 'ack') refreshed = true
      const code = child(said, 'link_code_companion_reg')
      if (attr(code, 'stage') === 'companion_hello' && code) {
        hello = { code, pn: attr(code, 'jid').split('@')[0] as string }
        const ref = node('link_code_pairing_ref', {}, Buffer.from('code-ref'))
        link.send(answer(said, [node('link_code_companion_reg', { stage: 'companion_hello' }, [ref])]))
      } else if (code) {
        link.send(answer(said))
        finish?.(bytesOf(child(code, 'link_code_pairing_wrapped_key_bundle')))
      }
      if (attr(said, 'id') !== 'pair-2' || !paired) return
      // From now on it is a device; the server wants to see it on a new connection.
      paired.device.account.devices.push(paired.device)
      link.send(node('stream:error', { code: '515' }))
      link.close()
      world.changed()
    },
  }
}
