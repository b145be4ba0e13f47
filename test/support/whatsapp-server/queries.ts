// What the server answers when a linked device asks something.
import { type BinaryNode, S_WHATSAPP_NET } from '@whiskeysockets/baileys'
import { answer, attr, bytesOf, child, children, deviceIdOf, node, seconds } from './nodes.ts'
import type { Device, World } from './world.ts'

/** Answers an iq. What it doesn't know gets an empty result, as the real one does for most. */
export function answerQuery(world: World, device: Device, asked: BinaryNode): BinaryNode {
  const [what] = children(asked)
  switch (attr(asked, 'xmlns')) {
    case 'encrypt':
      return answerKeys(world, device, asked, what)
    case 'usync':
      return answer(asked, [answerUsers(world, what)])
    case 'w:m':
      return answer(asked, [
        node('media_conn', { auth: 'let-me-in', ttl: '3600', auth_ttl: '3600', max_buckets: '12' }, [
          node('host', { hostname: world.media.host, maxContentLengthBytes: '104857600' }),
        ]),
      ])
    case 'abt':
      return answer(asked, [node('props', { hash: 'none' }, [])])
    case 'privacy':
      return answer(asked, [node('privacy', {}, [node('category', { name: 'readreceipts', value: 'all' })])])
    default:
      return answer(asked)
  }
}

function answerKeys(world: World, device: Device, asked: BinaryNode, what: BinaryNode | undefined): BinaryNode {
  if (what?.tag === 'count') return answer(asked, [node('count', { value: String(device.preKeys.length) })])
  if (what?.tag === 'digest') return answer(asked, [node('digest')])
  if (what?.tag === 'key')
    return answer(asked, [
      node(
        'list',
        {},
        children(what).map(user => keysOf(world, attr(user, 'jid'))),
      ),
    ])
  if (what?.tag === 'rotate') device.signedPreKey = child(what, 'skey') ?? device.signedPreKey
  const list = child(asked, 'list')
  if (list) device.preKeys.push(...children(list))
  return answer(asked)
}

/** The bundle of a user's device; a 406 for nobody. */
function keysOf(world: World, jid: string): BinaryNode {
  const account = world.find(jid)
  if (!account) return node('user', { jid }, [node('error', { code: '406', text: 'not-acceptable' })])
  const id = deviceIdOf(jid)
  const device = account.devices.find(one => one.id === id)
  return device ? bundleOf(device, jid) : node('user', { jid }, account.signal.bundle())
}

/** With fewer left, the device is told to bring more. */
const FEW_PREKEYS = 5

/** A linked device's keys, one prekey of them used up. */
export function bundleOf(device: Device, jid: string): BinaryNode {
  const once = device.preKeys.shift()
  const left = device.preKeys.length
  if (left < FEW_PREKEYS)
    device.link?.send(
      node('notification', { from: S_WHATSAPP_NET, type: 'encrypt', id: `low-${left}`, t: seconds() }, [
        node('count', { value: String(left) }),
      ]),
    )
  return node('user', { jid }, [
    node('registration', {}, device.registration),
    node('type', {}, Buffer.of(5)),
    node('identity', {}, device.identity),
    device.signedPreKey,
    ...(once ? [once] : []),
  ])
}

/** Devices of each user, and the LID of those who were asked for by phone number. */
function answerUsers(world: World, usync: BinaryNode | undefined): BinaryNode {
  const users = children(child(usync, 'list')).map(user => {
    const contact = bytesOf(child(user, 'contact')).toString()
    const jid = attr(user, 'jid') || `${contact.replace(/\D/g, '')}@s.whatsapp.net`
    const account = world.find(jid)
    if (!account) return node('user', { jid }, contact ? [node('contact', { type: 'out' })] : [])
    const devices = [
      node('device', { id: '0' }),
      ...account.devices.map(({ id }) => node('device', { id: String(id), 'key-index': String(id) })),
    ]
    return node('user', { jid }, [
      ...(contact ? [node('contact', { type: 'in' })] : []),
      node('devices', {}, [node('device-list', {}, devices)]),
      ...(jid.endsWith('@lid') ? [] : [node('lid', { val: `${account.lid}@lid` })]),
    ])
  })
  return node('usync', { sid: attr(usync, 'sid') }, [node('list', {}, users)])
}

/** The first words to a device that logged in. */
export const welcome = ({ account, id }: Device): BinaryNode =>
  node('success', {
    lid: `${account.lid}:${id}@lid`,
    t: String(Math.floor(Date.now() / 1000)),
    companion_enc_static: '',
  })
